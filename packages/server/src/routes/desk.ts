import type { DeskFilter } from '@parley/inbox'
import * as z from 'zod'
import { nothingThere } from '../access.ts'
import { type Call, type Route, route } from '../route.ts'
import {
  account,
  auditEntry,
  change,
  changePage,
  channel,
  contactLink,
  cursor,
  deskConversation,
  instant,
  limit,
  linkSuggestion,
  model,
  pageOf,
  pageOverAccounts,
  refOf,
  searchPage,
  send,
  sendState,
  uuid,
  word,
} from '../schemas.ts'

const conversation = refOf('conversation')
const paging = { limit: limit.exactOptional(), cursor: cursor.exactOptional() }
const accounts = z.array(account).max(1000).exactOptional()
const many = <Item extends z.ZodType>(item: Item) => z.array(item).max(100).exactOptional()

/** In a query string, the assignee of what is assigned to nobody. */
const nobody = 'none'

/** The filter of a list as it is in a query string. Several values of a field are several parameters. */
const filter = {
  status: many(z.enum(['open', 'closed'])),
  channel: many(channel),
  agentId: many(word()),
  contactId: many(word()),
  assignee: many(word()),
  control: many(z.enum(['agent', 'operator', 'unknown'])),
  unread: z.boolean().exactOptional(),
  isStarred: z.boolean().exactOptional(),
  snoozed: z.enum(['true', 'false', 'any']).exactOptional(),
  tag: many(word(100)),
  hasOpenSends: z.boolean().exactOptional(),
  since: instant.exactOptional(),
  until: instant.exactOptional(),
  search: word(1000).exactOptional(),
  unknown: z.enum(['include', 'exclude']).exactOptional(),
}

/** The accounts of a list, where it is not of all. */
const over = ({ accounts }: Call) => (accounts ? { accounts } : {})

const snoozed: Readonly<Record<string, NonNullable<DeskFilter['snoozed']>>> = { true: true, false: false, any: 'any' }

/** What is read of the desk and of the store. */
const ofSends = {
  kind: z.enum(['reply', 'note']).exactOptional(),
  place: z.enum(['vendor', 'overlay']).exactOptional(),
  state: many(sendState),
}

export const readRoutes: readonly Route[] = [
  route({
    id: 'conversations.list',
    method: 'get',
    path: '/v1/conversations',
    summary: 'The conversations of all accounts, newest activity first.',
    role: 'reader',
    account: 'accounts',
    query: { ...filter, accounts, ...paging },
    result: pageOverAccounts(deskConversation),
    run: ({ query: { snoozed: shown, assignee, accounts: _, ...query }, call }) =>
      call.desk.conversations(
        {
          ...query,
          ...(assignee && { assignee: assignee.map((id) => (id === nobody ? null : id)) }),
          ...(shown && { snoozed: snoozed[shown] ?? false }),
          ...over(call),
        },
        call.options,
      ),
  }),
  route({
    id: 'conversations.get',
    method: 'get',
    path: '/v1/conversations/{conversation}',
    summary: 'One conversation.',
    role: 'reader',
    account: { ref: 'conversation' },
    params: { conversation },
    result: deskConversation,
    run: ({ params, call }) => call.desk.conversation(params.conversation, call.options),
  }),
  route({
    id: 'messages.list',
    method: 'get',
    path: '/v1/conversations/{conversation}/messages',
    summary: 'The messages of a conversation, newest first.',
    role: 'reader',
    account: { ref: 'conversation' },
    params: { conversation },
    query: { order: z.enum(['asc', 'desc']).exactOptional(), ...paging },
    result: pageOf(model('message')),
    run: ({ params, query, call }) => call.inbox.messages.list(params.conversation, query, call.options),
  }),
  route({
    id: 'sends.ofConversation',
    method: 'get',
    path: '/v1/conversations/{conversation}/sends',
    summary: 'The replies and notes that were sent from here in a conversation, newest first.',
    role: 'reader',
    account: { ref: 'conversation' },
    params: { conversation },
    query: { ...ofSends, ...paging },
    result: pageOf(send),
    run: ({ params, query, call }) => call.desk.sends({ ...query, ...params }, call.options),
  }),
  route({
    id: 'sends.list',
    method: 'get',
    path: '/v1/sends',
    summary: 'The replies and notes that were sent from here, newest first.',
    role: 'reader',
    account: 'accounts',
    query: { ...ofSends, accounts, ...paging },
    result: pageOf(send),
    run: ({ query: { accounts: _, ...query }, call }) => call.desk.sends({ ...query, ...over(call) }, call.options),
  }),
  route({
    id: 'sends.get',
    method: 'get',
    path: '/v1/sends/{send}',
    summary: 'One reply or note.',
    role: 'reader',
    account: { send: 'send' },
    params: { send: uuid },
    result: send,
    run: ({ params, call }) => call.desk.send(params.send),
  }),
  route({
    id: 'search',
    method: 'get',
    path: '/v1/search',
    summary: 'Searches the texts of all stored messages, newest first.',
    role: 'reader',
    account: 'accounts',
    query: {
      text: word(1000),
      conversation: conversation.exactOptional(),
      since: instant.exactOptional(),
      until: instant.exactOptional(),
      accounts,
      ...paging,
    },
    result: searchPage,
    run: ({ query: { accounts: _, ...query }, call }) => call.inbox.search({ ...query, ...over(call) }, call.options),
  }),
  route({
    id: 'history',
    method: 'get',
    path: '/v1/history/{record}',
    summary: 'The changes of one conversation, message, contact or agent, newest first.',
    role: 'reader',
    account: { ref: 'record' },
    params: { record: refOf('conversation', 'message', 'contact', 'agent') },
    query: paging,
    result: pageOf(change),
    run: ({ params, query, call }) => call.inbox.history(params.record, query, call.options),
  }),
  route({
    id: 'changes',
    method: 'get',
    path: '/v1/changes',
    summary: 'What has changed since a cursor.',
    role: 'reader',
    account: 'accounts',
    query: { after: cursor.exactOptional(), limit: limit.exactOptional(), accounts },
    result: changePage,
    run: ({ query: { accounts: _, ...query }, call }) => call.inbox.changes({ ...query, ...over(call) }, call.options),
  }),
  route({
    id: 'audit.list',
    method: 'get',
    path: '/v1/audit',
    summary: 'Who has written what, newest first. Only an admin sees the entries of others.',
    role: 'reader',
    account: 'accounts',
    query: {
      target: word(2000).exactOptional(),
      by: word().exactOptional(),
      action: word().exactOptional(),
      since: instant.exactOptional(),
      until: instant.exactOptional(),
      accounts,
      ...paging,
    },
    result: pageOf(auditEntry),
    run({ query: { accounts: _, ...query }, call }) {
      const own = call.caller.role === 'admin' ? {} : { by: call.caller.person.id }
      if ('by' in own && query.by !== undefined && query.by !== own.by) throw nothingThere()
      return call.desk.audit({ ...query, ...own, ...over(call) }, call.options)
    },
  }),
  route({
    id: 'links.list',
    method: 'get',
    path: '/v1/contacts/{contact}/links',
    summary: 'The links of a contact to contacts of other accounts, also undone ones.',
    role: 'reader',
    account: { ref: 'contact' },
    params: { contact: refOf('contact') },
    result: z.strictObject({ items: z.array(contactLink) }),
    run: async ({ params, call }) => ({ items: await call.desk.links(params.contact) }),
  }),
  route({
    id: 'links.contacts',
    method: 'get',
    path: '/v1/contacts/{contact}/linked',
    summary: 'The refs of all contacts that are the same person, this one among them.',
    role: 'reader',
    account: { ref: 'contact' },
    params: { contact: refOf('contact') },
    result: z.strictObject({ items: z.array(z.string()) }),
    run: async ({ params, call }) => ({ items: await call.desk.linkedContacts(params.contact) }),
  }),
  route({
    id: 'links.suggestions',
    method: 'get',
    path: '/v1/contacts/{contact}/link-suggestions',
    summary: 'Contacts of other accounts that may be the same person.',
    role: 'reader',
    account: { ref: 'contact' },
    params: { contact: refOf('contact') },
    result: z.strictObject({ items: z.array(linkSuggestion) }),
    run: async ({ params, call }) => ({ items: await call.desk.linkSuggestions(params.contact) }),
  }),
]
