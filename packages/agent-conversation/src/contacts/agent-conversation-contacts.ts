import { checkId, isRaw, paged, pathOf, Unreadable } from '@parley/core'
import type { AgentConversationContacts } from '../agent-conversation-adapter.ts'
import { type AgentConversationContext, begin, placeFor } from '../agent-conversation-context.ts'
import { readContact } from '../read/read-agent-conversation-contact.ts'
import { createContact } from './agent-conversation-create-contact.ts'
import { listContacts } from './agent-conversation-list-contacts.ts'
import { searchContacts } from './agent-conversation-search-contacts.ts'

export const createContacts = (context: AgentConversationContext): AgentConversationContacts => ({
  list: (query = {}, options) =>
    paged(
      (cursor, query, seen) => listContacts(begin(context, 'contacts.list', options), query, cursor, seen),
      query,
      placeFor(context, 'contacts.list'),
    ),

  search: (search, options) =>
    paged(
      (cursor, search, seen) => searchContacts(begin(context, 'contacts.search', options), search, cursor, seen),
      search,
      placeFor(context, 'contacts.search'),
    ),

  get: async (target, options) => {
    const call = begin(context, 'contacts.get', options)
    const id = checkId(call, target, 'contact')
    return call.read({ path: pathOf`/users/${id}` }, (body, reading) => {
      if (!isRaw(body)) throw new Unreadable('')
      return readContact(reading.asked(body, id, 'firstName', 'lastName', 'email', 'phoneNumber', 'fkId'), reading)
    })
  },

  create: async (input, options) => createContact(begin(context, 'contacts.create', options), input),

  delete: async (target, options) => {
    const call = begin(context, 'contacts.delete', options)
    const id = checkId(call, target, 'contact')
    await call.request({ method: 'DELETE', path: pathOf`/users/${id}`, expect: 'none' })
    // An unknown one is a documented 404, so somebody was there.
    return { id, confirmed: true }
  },
})
