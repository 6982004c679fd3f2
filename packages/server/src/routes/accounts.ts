import { ReadableStream } from 'node:stream/web'
import { type OperationName, operationNames, supports } from '@parley/core'
import * as z from 'zod'
import { type Route, route } from '../route.ts'
import { account, refOf } from '../schemas.ts'

const syncError = z.strictObject({ code: z.string(), message: z.string(), action: z.string(), at: z.string() })
const counts = (...names: string[]) => z.strictObject(Object.fromEntries(names.map((name) => [name, z.number()])))

const stream = z.strictObject({
  stream: z.enum(['live', 'conversations', 'messages', 'contacts', 'agents', 'sweep']),
  state: z.enum(['idle', 'running', 'waiting', 'stalled', 'stopped', 'unsupported']),
  counts: counts('added', 'updated', 'unchanged', 'deleted', 'quarantined'),
  left: z.number().exactOptional(),
  perSecond: z.number().exactOptional(),
  lag: z.number().nullable(),
  startedAt: z.string().nullable(),
  finishedAt: z.string().nullable(),
  nextAt: z.string().nullable(),
  error: syncError.exactOptional(),
})

const accountStatus = z.strictObject({
  account: z.string(),
  state: z.enum(['active', 'paused', 'stopped']),
  pausedUntil: z.string().exactOptional(),
  error: syncError.exactOptional(),
  streams: z.array(stream),
  records: counts('conversations', 'messages', 'contacts', 'agents'),
  quarantined: z.number(),
  postponed: z.number(),
  missing: z.number(),
  oldestVerified: z.string().nullable(),
  sweepPeriod: z.number().nullable().describe('In milliseconds. `null`: old conversations are not read again'),
})

const accountOfServer = accountStatus.extend({
  vendor: z.string().describe('The name of the vendor, as in refs'),
  operations: z
    .array(z.enum(operationNames as [OperationName, ...OperationName[]]))
    .describe(
      'The operations that the vendor has. Commands of the desk that are not among them are kept here, or refused',
    ),
  textLimits: z
    .record(z.string(), z.number())
    .describe('The longest texts that the vendor takes, in characters, by field. Others are not documented'),
})

const personOfServer = z.strictObject({
  id: z.string(),
  name: z.string().exactOptional(),
  operatorIn: z.array(account).describe('The accounts in which the person is an operator of the vendor'),
})

/** What an admin does about an account that was stopped, for example. */
const remedy = (id: 'resume' | 'reset' | 'acceptDeletions', path: string, summary: string): Route =>
  route({
    id: `accounts.${id}`,
    method: 'post',
    path: `/v1/accounts/{account}/${path}`,
    summary,
    role: 'admin',
    account: { name: 'account' },
    params: { account },
    run: ({ params, call }) => call.desk.audited(`accounts.${id}`, params.account, () => call.sync[id](params.account)),
  })

/** The accounts, the session, and what concerns a person's data as a whole. */
export const accountRoutes: readonly Route[] = [
  route({
    id: 'accounts.list',
    method: 'get',
    path: '/v1/accounts',
    summary: 'How each account is, what to do about it, and what its vendor can do.',
    role: 'reader',
    account: 'accounts',
    result: z.strictObject({ isSyncing: z.boolean(), items: z.array(accountOfServer) }),
    async run({ call }) {
      const { isSyncing, accounts } = await call.sync.status()
      const own = accounts.filter(({ account }) => call.caller.accounts.has(account))
      return {
        isSyncing,
        items: own.map((status) => {
          const adapter = call.inbox.adapter(status.account)
          const operations = operationNames.filter((name) => supports(adapter, name))
          return { ...status, vendor: adapter.vendor, operations, textLimits: adapter.limits.text }
        }),
      }
    },
  }),
  remedy('resume', 'resume', 'Goes on with an account that was stopped.'),
  remedy('reset', 'reset', 'Reads everything of the account again.'),
  remedy('acceptDeletions', 'accept-deletions', 'Accepts that many records were deleted at the vendor.'),
  route({
    id: 'people.list',
    method: 'get',
    path: '/v1/people',
    summary: 'The people of the server, to whom a conversation can be assigned.',
    role: 'reader',
    account: { none: 'They are of the server. Their accounts are left out as in each answer.' },
    result: z.strictObject({ items: z.array(personOfServer) }),
    run: ({ call: { people, caller } }) => ({
      items: people.map(({ id, name, operatorIds = {} }) => ({
        ...{ id, ...(name !== undefined && { name }) },
        operatorIn: Object.keys(operatorIds).filter((account) => caller.accounts.has(account)),
      })),
    }),
  }),
  route({
    id: 'session.get',
    method: 'get',
    path: '/v1/session',
    summary: 'Who sent the request, and what they may do.',
    role: 'reader',
    account: { none: 'It is about the caller.' },
    result: z.strictObject({
      person: z.strictObject({
        id: z.string(),
        name: z.string().exactOptional(),
        operatorIds: z.record(z.string(), z.string()).exactOptional(),
      }),
      role: z.enum(['reader', 'operator', 'admin']),
      accounts: z.array(z.string()),
      by: z.enum(['token', 'session']),
    }),
    run: ({ call: { caller } }) => ({
      person: caller.person,
      role: caller.role,
      accounts: [...caller.accounts],
      by: caller.by,
    }),
  }),
  route({
    id: 'session.end',
    method: 'delete',
    path: '/v1/session',
    summary: 'Signs out.',
    role: 'reader',
    account: { none: 'It is about the caller.' },
    run: ({ call }) => call.signOut(),
  }),
  route({
    id: 'events',
    method: 'get',
    path: '/v1/events',
    summary: 'A stream of server-sent events with the changes. It resumes from `Last-Event-ID`.',
    role: 'reader',
    account: 'accounts',
    query: { accounts: z.array(account).max(1000).exactOptional() },
    answers: 'text/event-stream',
    run: ({ call }) => call.events(),
  }),
  route({
    id: 'contacts.exportPerson',
    method: 'get',
    path: '/v1/contacts/{contact}/export',
    summary: 'All that is stored about a contact, as lines of JSON.',
    role: 'admin',
    account: { ref: 'contact' },
    params: { contact: refOf('contact') },
    answers: 'application/x-ndjson',
    run: ({ params, call }) =>
      new Response(ReadableStream.from(linesOf(call.store.export({ contact: params.contact }))) as BodyInit, {
        headers: {
          'content-type': 'application/x-ndjson',
          'cache-control': 'no-store',
          'content-disposition': 'attachment; filename="person.ndjson"',
        },
      }),
  }),
  route({
    id: 'contacts.erase',
    method: 'post',
    path: '/v1/contacts/{contact}/erase',
    summary: 'Erases a person from the store. This cannot be undone.',
    role: 'admin',
    account: { ref: 'contact' },
    params: { contact: refOf('contact') },
    result: z.strictObject({ conversations: z.number(), messages: z.number() }),
    run: ({ params, call }) =>
      call.desk.audited('contacts.erase', params.contact, () => call.store.erase(params.contact)),
  }),
]

/** Without the payloads of the vendor, which a store may have. */
async function* linesOf(lines: AsyncIterable<string>): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder()
  for await (const line of lines) {
    const { raw: _, ...rest } = JSON.parse(line) as { raw?: unknown }
    yield encoder.encode(`${JSON.stringify(rest)}\n`)
  }
}
