import { type KnowledgeOperations, lazily } from '@parley/core'
import type { Client } from './protocol.ts'
import type { LeadConnectorKnowledge } from './read/knowledge.ts'

export interface LeadConnectorKnowledgeGroup extends KnowledgeOperations<LeadConnectorKnowledge> {
  /**
   * The FAQs and the crawled pages of all knowledge bases, or of the one that is named, base by base in the vendor's
   * order. Texts, files and tables of a base are only counted by the API and do not show. `search` is applied by the
   * vendor to the addresses of pages, and here to FAQs.
   */
  list: KnowledgeOperations<LeadConnectorKnowledge>['list']
  /**
   * Adds a FAQ, or begins to crawl: the item that comes back is then the crawl itself, `processing`, under the id of its
   * operation. The pages that it finds show in `list`, and are answered from once they are trained, in the vendor's
   * interface or with `POST /knowledge-bases/crawler/train`.
   *
   * Without `knowledgeBaseId` it goes to the default base, which takes up to a request for each of the 15 bases to find.
   *
   * @throws InvalidRequestError for a text or a file, which the API does not take.
   */
  add: KnowledgeOperations<LeadConnectorKnowledge>['add']
  /**
   * Removes a FAQ or a page. Say the `kind` with a bare id: otherwise it is tried as a FAQ first. `confirmed: false`
   * for a page: the vendor does not tell whether it was there. Without `knowledgeBaseId` a page by its bare id takes a
   * request for each base until one says that it had it.
   */
  remove: KnowledgeOperations<LeadConnectorKnowledge>['remove']
}

export const createKnowledge = (client: Client): LeadConnectorKnowledgeGroup => ({
  list: (query, options) =>
    client.list('knowledge.list', query, options, async (call, query, cursor, seen) =>
      (await items()).listKnowledge(client, call, query, cursor, seen),
    ),
  add: lazily(async () => (await items()).addKnowledge.bind(undefined, client)),
  remove: lazily(async () => (await items()).removeKnowledge.bind(undefined, client)),
})

const items = () => import('./knowledge/items.ts')
