import type { FieldLimit, NativeEndpoints } from '@parley/core'
import type { LiveChatAIEndpoints } from './types.ts'

/**
 * Required inputs are the ones that the reference marks as required, and two texts without which a request would be
 * empty.
 */
const agentId = ['agentId'] as const
const period = ['agentId', 'startDate', 'endDate'] as const

const size: FieldLimit = { min: 1, max: 100 }
const perPage = { page: { min: 1 }, perPage: size } as const
const limit = { page: { min: 1 }, limit: size } as const
const pageSize = { page: { min: 1 }, pageSize: size } as const

/** The deadline of a request that waits for the model's answer, in milliseconds. */
const whileThinking = 120_000

/** All thirty endpoints, in the order of the vendor's index. */
export const endpoints: NativeEndpoints<LiveChatAIEndpoints> = {
  'GET /agents': { summary: 'List AI agents', limits: limit },
  'POST /agents': { summary: 'Create an AI agent', required: { body: ['name', 'isLiveChatEnabled'] } },
  'GET /agents/{agentId}': { summary: 'Get an AI agent by id or slug' },
  'DELETE /agents/{agentId}': { summary: 'Delete an AI agent permanently', answer: 'none' },

  'GET /conversations': { summary: 'List an agent’s conversations', required: { query: agentId }, limits: perPage },
  'POST /conversations': {
    summary: 'Ask the AI on behalf of a customer',
    required: { body: ['question', 'agentId'] },
    streams: 'streaming',
    timeout: whileThinking,
    notes: ['Counts toward the plan’s message quota.', 'The format of a stream is undocumented.'],
  },
  'POST /conversations/create': { summary: 'Create an empty conversation', required: { body: agentId } },
  'GET /conversations/{conversationId}': { summary: 'Get a conversation with its messages' },
  'POST /conversations/{conversationId}/reply': {
    summary: 'Reply as a teammate',
    required: { body: ['message', 'userId'] },
    notes: ['Counts toward the plan’s message quota.'],
  },
  'POST /conversations/{conversationId}/end': { summary: 'Resolve a conversation' },
  'GET /conversations/views': { summary: 'List saved views', required: { query: agentId }, limits: perPage },

  'POST /contacts': {
    summary: 'Create or change a contact',
    required: { body: ['agentId', 'distinctId'] },
    idempotent: true,
  },
  'GET /contacts': { summary: 'List an agent’s contacts', required: { query: agentId }, limits: limit },
  'GET /contacts/{contactId}': { summary: 'Get a contact' },
  'GET /contacts/{contactId}/conversations': {
    summary: 'List a contact’s conversations',
    limits: perPage,
    notes: ['The path is a guess.'],
  },

  'GET /data-sources': { summary: 'List an agent’s data sources', required: { query: agentId }, limits: limit },
  'POST /data-sources/url': { summary: 'Add a web page', required: { body: ['agentId', 'url'] } },
  'POST /data-sources/text': { summary: 'Add a text', required: { body: ['agentId', 'title', 'content'] } },
  'POST /data-sources/qa': {
    summary: 'Add a question with its answer',
    required: { body: ['agentId', 'question', 'answer'] },
  },
  'POST /data-sources/file': {
    summary: 'Add the text of a file',
    required: { body: ['agentId', 'title', 'content', 'fileType'] },
  },
  'DELETE /data-sources': {
    summary: 'Delete data sources of one type',
    required: { body: ['agentId', 'source', 'id | ids'] },
    // A retry reports that it does not exist, which would hide that the first request succeeded.
    idempotent: false,
    notes: ['Ids that do not exist are listed in `data.notFound`, with a 200.'],
  },

  'GET /ai-suggestions': { summary: 'List suggestions', required: { query: agentId }, limits: limit },
  'GET /ai-suggestions/{suggestionId}': { summary: 'Get a suggestion' },
  'DELETE /ai-suggestions/{suggestionId}': {
    summary: 'Ignore a suggestion',
    answer: 'none',
    notes: ['The path is a guess.'],
  },

  'GET /analytics': { summary: 'Figures of conversations and the AI', required: { query: period } },
  'GET /analytics/agent': { summary: 'Figures of the teammates', required: { query: period } },
  'GET /analytics/ai-functions': { summary: 'Calls of AI functions', required: { query: period } },
  'GET /analytics/csat': { summary: 'Scores that customers gave', required: { query: period }, limits: pageSize },
  'GET /analytics/topics': { summary: 'Topics by day', required: { query: period } },
  'GET /analytics/sentiments': { summary: 'Sentiments by day', required: { query: period } },
}
