import type { NativeEndpoints } from '@parley/core'
import type { LeadConnectorKnowledgeEndpoints } from './leadconnector-native-types-knowledge.ts'

const ids = ['knowledgeBaseId', 'locationId']

/** The vendor names no scope for these: any token of the location will do. */
export const knowledgeEndpoints: NativeEndpoints<LeadConnectorKnowledgeEndpoints> = {
  'GET /knowledge-bases/': { summary: 'Lists knowledge bases', required: { query: ['locationId'] } },
  'GET /knowledge-bases/{id}': { summary: 'Reads one knowledge base, and how much it holds' },
  'POST /knowledge-bases/': {
    summary: 'Creates a knowledge base',
    required: { body: ['name', 'locationId'] },
    notes: ['At most 15 per location.'],
  },
  'PUT /knowledge-bases/{id}': {
    summary: 'Renames or describes a knowledge base',
    notes: ['Documents differ on whether `name` and `locationId` are required.'],
  },
  'DELETE /knowledge-bases/{id}': { summary: 'Deletes a knowledge base' },
  'GET /knowledge-bases/faqs': { summary: 'Lists questions and answers', required: { query: ids } },
  'POST /knowledge-bases/faqs': {
    summary: 'Adds a question and its answer',
    required: { body: [...ids, 'question', 'answer'] },
  },
  'PUT /knowledge-bases/faqs/{id}': {
    summary: 'Replaces a question and its answer',
    required: { body: ['question', 'answer'] },
  },
  'DELETE /knowledge-bases/faqs/{id}': { summary: 'Deletes a question and its answer' },
  'GET /knowledge-bases/crawler': { summary: 'Lists pages that were found', required: { query: ids } },
  'POST /knowledge-bases/crawler': {
    summary: 'Begins to look for pages',
    required: { body: [...ids, 'url', 'option'] },
  },
  'GET /knowledge-bases/crawler/status': {
    summary: 'Says how far the search for pages is',
    required: { query: ['operationId', ...ids] },
  },
  'POST /knowledge-bases/crawler/train': {
    summary: 'Takes found pages into the knowledge base',
    required: { body: [...ids, 'operationId', 'urlIds'] },
  },
  'DELETE /knowledge-bases/crawler': {
    summary: 'Takes pages out of the knowledge base',
    required: { body: [...ids, 'urlIds'] },
  },
}
