import type { KnowledgeOperations } from '@parley/core'
import { addKnowledge, listKnowledge, removeKnowledge } from './knowledge/items.ts'
import type { Context } from './protocol.ts'
import type { LeadConnectorKnowledge } from './read/knowledge.ts'

export interface LeadConnectorKnowledgeGroup extends KnowledgeOperations<LeadConnectorKnowledge> {
  /**
   * The FAQs and the crawled pages of all knowledge bases, or of the given one, in the vendor's order. The API only
   * counts texts, files and tables, so they are not listed. The vendor applies `search` to the addresses of pages, and
   * Parley to FAQs.
   */
  list: KnowledgeOperations<LeadConnectorKnowledge>['list']
  /**
   * Adds a FAQ or starts a crawl. For a crawl, the returned item is the crawl itself: its status is `processing`, and
   * its id is the id of the operation. `list` shows the pages that the crawl finds. The agent answers from them once
   * they are trained, in the vendor's interface or with `POST /knowledge-bases/crawler/train`.
   *
   * Without `knowledgeBaseId`, the item goes to the default base. Finding it takes up to one request for each of the 15
   * bases.
   *
   * @throws InvalidRequestError for a text or a file, which the API cannot add.
   */
  add: KnowledgeOperations<LeadConnectorKnowledge>['add']
  /**
   * Removes a FAQ or a page. Pass `kind` with a bare id; otherwise it is tried as a FAQ first. For a page, `confirmed`
   * is `false` if the vendor does not show whether it existed. Without `knowledgeBaseId`, removing a page by its bare
   * id takes a request for each base until one confirms it.
   */
  remove: KnowledgeOperations<LeadConnectorKnowledge>['remove']
}

export const createKnowledge = (context: Context): LeadConnectorKnowledgeGroup => ({
  list: (query, options) =>
    context.list('knowledge.list', query, options, async (call, query, cursor, seen) =>
      listKnowledge(context, call, query, cursor, seen),
    ),
  add: (input, options) => addKnowledge(context, input, options),
  remove: (item, options) => removeKnowledge(context, item, options),
})
