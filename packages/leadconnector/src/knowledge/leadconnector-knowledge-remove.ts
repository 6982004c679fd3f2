import {
  type Call,
  checkId,
  type Deleted,
  invalid,
  isParleyError,
  isRaw,
  type KnowledgeItem,
  optionalText,
  pathOf,
  type RemoveKnowledgeOptions,
  type Target,
} from '@parley/core'
import type { LeadConnectorClient } from '../leadconnector-client.ts'
import { knowledgeBaseIds } from './leadconnector-knowledge-bases.ts'

/** FAQs and pages go different ways. Of a bare id the FAQs are asked first: they say when they do not know it. */
export async function removeKnowledge(
  client: LeadConnectorClient,
  target: Target<KnowledgeItem>,
  options: RemoveKnowledgeOptions = {},
): Promise<Deleted> {
  const call = client.begin('knowledge.remove', options)
  const id = checkId(call, target, 'item')
  const item = typeof target === 'object' ? target : undefined
  const kind = item?.kind.value ?? options.kind
  if (kind !== undefined && kind !== 'faq' && kind !== 'website')
    throw invalid(call, 'kind', 'must be faq or website: nothing else can be removed through the API')
  const base = item?.knowledgeBaseId ?? optionalText(call, options.knowledgeBaseId, 'knowledgeBaseId')
  if (kind === 'website') return removePage(client, call, id, base)
  const faq = await removeFaq(client, call, id).catch((error: unknown) => {
    if (kind === 'faq' || !isParleyError(error) || error.code !== 'not-found') throw error
    return undefined
  })
  // An id that is not confirmed to have been a question may be a page: a removal that was repeated does not tell.
  if (faq && (faq.confirmed || kind === 'faq')) return faq
  return removePage(client, call, id, base)
}

async function removeFaq(client: LeadConnectorClient, call: Call, id: string): Promise<Deleted> {
  const path = pathOf`/knowledge-bases/faqs/${id}`
  const { body } = await call.request(client.spec('knowledgeBases', { method: 'DELETE', path }))
  return { id, confirmed: isRaw(body) && body['success'] === true }
}

/** A removal has to name the base. It does nothing to pages of others, so that without one each can be asked. */
async function removePage(
  client: LeadConnectorClient,
  call: Call,
  id: string,
  knowledgeBaseId: string | undefined,
): Promise<Deleted> {
  const bases = knowledgeBaseId === undefined ? await knowledgeBaseIds(client, call) : [knowledgeBaseId]
  for (const base of bases) {
    if (await removePageFrom(client, call, id, base)) return { id, confirmed: true }
  }
  return { id, confirmed: false }
}

/**
 * `DELETE /knowledge-bases/crawler`. It succeeds for unknown pages as well; newer editions tell how many went, and want
 * to be told that not all are meant, which older ones refuse.
 *
 * @returns whether the vendor said that the page is gone.
 */
async function removePageFrom(
  client: LeadConnectorClient,
  call: Call,
  id: string,
  knowledgeBaseId: string,
): Promise<boolean> {
  const content = { locationId: client.locationId, knowledgeBaseId, urlIds: [id] }
  const spec = (body: object) =>
    client.spec('knowledgeBases', { method: 'DELETE', path: '/knowledge-bases/crawler', body })
  const { body } = await call.request(spec(content)).catch((error: unknown) => {
    const isAsked = isParleyError(error) && error.fields?.some(({ path }) => path === 'deleteAll')
    if (!isAsked) throw error
    return call.request(spec({ ...content, deleteAll: false }))
  })
  return isRaw(body) && Number(body['deletedCount']) > 0
}
