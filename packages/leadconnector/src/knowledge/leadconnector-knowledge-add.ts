import {
  type Call,
  checkInput,
  checkText,
  checkUrl,
  checkWord,
  invalid,
  type KnowledgeInput,
  type OperationOptions,
  optionalText,
  vendorOptions,
} from '@parley/core'
import type { LeadConnectorClient } from '../leadconnector-client.ts'
import { unwrap } from '../leadconnector-unwrap.ts'
import { type LeadConnectorKnowledge, readCrawl, readFaq } from '../read/read-leadconnector-knowledge.ts'
import { defaultKnowledgeBase } from './leadconnector-knowledge-bases.ts'

/** How much of a site is crawled, in the vendor's words. */
const scopes = { page: 'Exact', path: 'Path', site: 'Domain' } as const

export async function addKnowledge(
  client: LeadConnectorClient,
  input: KnowledgeInput,
  options: OperationOptions | undefined,
): Promise<LeadConnectorKnowledge> {
  const call = client.begin('knowledge.add', options)
  vendorOptions(call, checkInput(call, input).vendor, {})
  const content = contentOf(call, input)
  const knowledgeBaseId =
    optionalText(call, input.knowledgeBaseId, 'knowledgeBaseId') ?? (await defaultKnowledgeBase(client, call))
  const isFaq = input.kind === 'faq'
  const spec = client.spec('knowledgeBases', {
    method: 'POST',
    path: isFaq ? '/knowledge-bases/faqs' : '/knowledge-bases/crawler',
    body: { locationId: client.locationId, knowledgeBaseId, ...content },
  })
  const item = await call.read(spec, (body, reading) => {
    const raw = unwrap(body, 'faq', 'data')
    return isFaq ? readFaq(raw, reading, knowledgeBaseId) : readCrawl(raw, reading, knowledgeBaseId)
  })
  if (!isFaq) {
    call.reading.warn(
      'degraded',
      'The crawl was begun; the agent answers from the pages it finds once they are trained.',
    )
  }
  return item
}

function contentOf(call: Call, input: KnowledgeInput): Record<string, string> {
  switch (input.kind) {
    case 'faq':
      return { question: checkText(call, input.question, 'question'), answer: checkText(call, input.answer, 'answer') }
    case 'website': {
      const url = checkUrl(call, input.url, 'url')
      const scope = checkWord(call, input.scope, 'scope', ['page', 'path', 'site']) ?? 'page'
      return { url, option: scopes[scope] }
    }
    default:
      throw invalid(call, 'kind', 'must be faq or website: the API takes neither texts nor files into a knowledge base')
  }
}
