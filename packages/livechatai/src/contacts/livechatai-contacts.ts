import {
  type Call,
  type Contact,
  type ContactQuery,
  checkId,
  checkInput,
  checkLimit,
  isRaw,
  numberedCursor,
  numberedPlace,
  type Page,
  paged,
  turnPage,
  Unreadable,
  vendorOptions,
} from '@parley/core'
import type { LiveChatAIContacts } from '../livechatai-adapter.ts'

import { begin, type LiveChatAIContext, placeFor } from '../livechatai-context.ts'
import { pageSize } from '../livechatai-limits.ts'
import { orEnd, readPages } from '../livechatai-page.ts'
import { agentOptions } from '../livechatai-vendor-options.ts'
import { readContact } from '../read/read-livechatai-contact.ts'
import type { LiveChatAIRawContact } from '../wire/index.ts'
import { fetchContact } from './livechatai-fetch-contact.ts'
import { upsertContact } from './livechatai-upsert-contact.ts'

export const createContacts = (context: LiveChatAIContext): LiveChatAIContacts => ({
  list: (query = {}, options) =>
    paged(
      (cursor, query, seen) => listContacts(context, begin(context, 'contacts.list', options), query, cursor, seen),
      query,
      placeFor(context, 'contacts.list'),
    ),

  get: async (target, options) => {
    const call = begin(context, 'contacts.get', options)
    return fetchContact(call, checkId(call, target, 'contact'))
  },

  upsert: async (input, options) => upsertContact(context, begin(context, 'contacts.upsert', options), input),
})

/** "contacts/list", in the vendor's order. It names the agent once, beside the list. */
async function listContacts(
  context: LiveChatAIContext,
  call: Call,
  given: ContactQuery,
  cursor: string | undefined,
  seen: Set<string>,
): Promise<Page<Contact<LiveChatAIRawContact>>> {
  const query = checkInput(call, given)
  const { agentId = context.agentId } = vendorOptions(call, query.vendor, agentOptions)
  const place = numberedPlace(cursor)
  const size = checkLimit(call, query.limit, pageSize)
  const spec = { path: '/contacts', query: { agentId, page: place.page, limit: size } }
  const reads = call.read(spec, (body, reading) => {
    if (!isRaw(body)) throw new Unreadable('data')
    const list = body['data']
    const owner = reading.text(body, 'agentId') ?? agentId
    const all = reading.items(list, 'data', (raw) => readContact(raw, reading, owner))
    return turnPage(reading, place, all, (list as unknown[]).length, readPages(body, reading), seen)
  })
  const { items, next: after, total } = await orEnd(call, place, seen, reads)
  const next = numberedCursor(after)
  const { warnings } = call.reading
  return total === undefined ? { items, next, warnings } : { items, next, warnings, total }
}
