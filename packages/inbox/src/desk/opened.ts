import {
  checkOptions,
  decodeCursor,
  encodeCursor,
  flagOption,
  InvalidRequestError,
  isRecord,
  type OperationOptions,
  optional,
  type Paged,
} from '@parley/core'
import { type RawBuilder, sql } from 'kysely'
import { checkCall } from '../call-options.ts'
import { longestRef, placeOf, wrongArgument } from '../ref-parts.ts'
import { checkFields } from '../search-request.ts'
import { isBigint, isText } from '../store/cursor-parts.ts'
import { boundList } from '../store/stored-list.ts'
import { audited, auditPage } from './audit.ts'
import { commandsOf, idOfSend } from './commands.ts'
import type { DeskContext } from './context.ts'
import type { AuditEntry, AuditQuery, Desk, DeskRunOptions, PersonalDesk, Send, SendQuery } from './desk.ts'
import { ownSend } from './finish.ts'
import { link, linkedContacts, linkSuggestions, links, unlink } from './links.ts'
import { deskConversation, deskConversations } from './list.ts'
import { rowsWhere, sendsOf } from './outbox.ts'
import { checkPerson, isName, type Person } from './person.ts'
import { quality } from './quality-report.ts'
import { runDesk, turn } from './run.ts'
import { deleteReply, deleteView, savedReplies, savedViews, saveReply, saveView } from './saved.ts'
import { accountNumber, conversationRef, send } from './sending.ts'

/** The desk, and with `person` the one of a person. `Desk` and `PersonalDesk` document the methods. */
export function openDesk(context: DeskContext, person: Person | undefined): Desk & PersonalDesk {
  const { db, accounts } = context
  const by = person as Person
  /** A write that concerns no account of a vendor. */
  const noted = <T>(action: string, given: unknown, work: () => Promise<T>): Promise<T> =>
    audited(context, { by, action, target: idIn(given), account: null }, work, () => 'overlay')
  /** The same for what gets its id now, unless it replaces another one. */
  const saved = <T>(action: string, given: unknown, work: (newId: string) => Promise<T>): Promise<T> => {
    const newId = crypto.randomUUID()
    return noted(action, idIn(given) || newId, () => work(newId))
  }
  return {
    ...commandsOf(context, by),
    accounts: accounts.names,
    person: by,
    as: () => {
      throw new InvalidRequestError({ message: 'as: is a method of the desk.' })
    },
    conversations: (query = {}, options = {}) => deskConversations(context, person, query, options),
    async conversation(target, options = {}) {
      checkOptions(placeOf('conversation'), options)
      return deskConversation(context, conversationRef(context, target, 'conversation'), options)
    },
    sends: (query = {}, options = {}) => sendList(context, query, options),
    send: async (id) => ownSend(context, idOfSend('send', id)),
    audit: (query = {}, options = {}) => auditList(context, query, options),
    savedReplies: () => savedReplies(context),
    links: (contact) => links(context, contact),
    linkedContacts: (contact) => linkedContacts(context, contact),
    linkSuggestions: (contact) => linkSuggestions(context, contact),
    quality: (query = {}, options = {}) => quality(context, query, options),
    reply: (target, input, options) => send(context, by, 'reply', target, input, options),
    note: (target, input, options) => send(context, by, 'note', target, input, options),
    saveReply: (reply) => saved('saveReply', reply, (id) => saveReply(context, by, reply, id)),
    deleteReply: (id) => noted('deleteReply', id, () => deleteReply(context, id)),
    savedViews: () => savedViews(context, by),
    saveView: (view) => saved('saveView', view, (id) => saveView(context, by, view, id)),
    deleteView: (id) => noted('deleteView', id, () => deleteView(context, by, id)),
    link: (a, b, reason) => noted('link', a, () => link(context, by, a, b, reason)),
    unlink: (given) => noted('unlink', given, () => unlink(context, by, given)),
    async audited(action, target, write) {
      for (const [name, value] of Object.entries({ action, target }))
        if (!isName(value, longestRef)) throw wrongArgument('audited', name, 'must be a non-empty string')
      const name = accounts.names.find((own) => target === own || target.startsWith(`${own}/`))
      const account = name === undefined ? null : await accountNumber(db, name)
      return audited(context, { by, action, target, account }, write, () => 'vendor')
    },
    async run(options) {
      checkRun(context, 'run', options)
      await runDesk(context, options)
    },
    async runOnce(options = {}) {
      checkRun(context, 'runOnce', options)
      let changed = 0
      for (let more = 1; more > 0 && !options.signal?.aborted; changed += more) more = await turn(context, options)
      return { changed }
    },
  }
}

/** What a write is about, for its entry in the audit. What is wrong with it is told by the write. */
function idIn(given: unknown): string {
  const { ref, id } = isRecord(given) ? given : { ref: given }
  const target = ref ?? id
  return isName(target, longestRef) ? target : ''
}

function checkRun({ accounts }: DeskContext, method: string, options: Partial<DeskRunOptions>): void {
  checkCall(method, options, {
    signal: (value) =>
      value instanceof AbortSignal || (value === undefined && method === 'runOnce')
        ? undefined
        : 'must be an AbortSignal',
    linkContacts: optional(flagOption),
    onInbound: (value) => (value === undefined || typeof value === 'function' ? undefined : 'must be a function'),
    automation: (value) =>
      value !== undefined || options.onInbound === undefined ? undefined : 'is required with "onInbound"',
  })
  if (options.automation !== undefined) checkPerson(accounts, options.automation, [method, 'automation'])
}

const usualLimit = 50
const mostItems = 1000

function sendList(context: DeskContext, query: SendQuery, options: OperationOptions): Paged<Send> {
  const { db, accounts } = context
  checkFields('sends', query, ['conversation', 'kind', 'place', 'state', 'accounts', 'limit', 'cursor'])
  checkOptions(placeOf('sends'), options)
  const { conversation, kind, place, state, accounts: names } = query
  const chosen = accounts.chosen(names).map(({ name }) => name)
  const ref = conversation === undefined ? undefined : conversationRef(context, conversation, 'sends')
  const states = state === undefined ? undefined : [state].flat()
  const wrong = states?.some((each) => !/^(?:recorded|claimed|sent|failed|unknown)$/.test(String(each)))
  if (wrong || states?.length === 0)
    throw wrongArgument('sends', 'state', 'must be a state of a send, or a list of them')
  if (kind !== undefined && !/^(?:reply|note)$/.test(kind))
    throw wrongArgument('sends', 'kind', 'must be "reply" or "note"')
  if (place !== undefined && !/^(?:vendor|overlay)$/.test(place))
    throw wrongArgument('sends', 'place', 'must be "vendor" or "overlay"')
  const { conversation: _, ...own } = query
  return boundList(
    'sends',
    [chosen, ref],
    own,
    options,
    async (cursor, { limit: asked }: Omit<SendQuery, 'conversation'>) => {
      const limit = Math.min(asked ?? usualLimit, mostItems)
      const before = cursor === undefined ? undefined : placeIn(cursor)
      const conditions: RawBuilder<unknown>[] = [sql`account.name = any(${chosen}::text[])`]
      if (ref !== undefined) conditions.push(sql`send.conversation = ${ref}`)
      if (kind !== undefined) conditions.push(sql`send.kind = ${kind}`)
      if (place !== undefined) conditions.push(sql`send.place = ${place}`)
      if (states) conditions.push(sql`send.state = any(${states}::text[])`)
      if (before !== undefined) conditions.push(sql`send.no < ${before}::bigint`)
      const rows = await rowsWhere(db, sql.join(conditions, sql` and `), sql`send.no desc`, limit + 1)
      const shown = rows.slice(0, limit)
      const next = rows.length > limit ? encodeCursor([shown.at(-1)?.no as string]) : null
      return { items: await sendsOf(db, shown), next, warnings: [] }
    },
  )
}

const placeIn = (cursor: string): string =>
  decodeCursor(cursor, (state) => (Array.isArray(state) && isBigint(state[0]) ? state[0] : undefined))

function auditList({ db, accounts }: DeskContext, query: AuditQuery, options: OperationOptions): Paged<AuditEntry> {
  checkFields('audit', query, ['target', 'by', 'action', 'since', 'until', 'accounts', 'limit', 'cursor'])
  checkOptions(placeOf('audit'), options)
  for (const name of ['target', 'by', 'action'] as const)
    if (query[name] !== undefined && !isText(query[name])) throw wrongArgument('audit', name, 'must be a string')
  const chosen = accounts.chosen(query.accounts).map(({ name }) => name)
  const own = { ...query, accounts: chosen, isEverything: query.accounts === undefined }
  return boundList('audit', chosen, query, options, (cursor, { limit }) =>
    auditPage(db, { ...own, ...(limit !== undefined && { limit }) }, cursor),
  )
}
