import {
  type Adapter,
  type Agent,
  type AgentAction,
  buildRef,
  type Conversation,
  type Message,
  type NoteInput,
  type ReplyInput,
  type SendAttempt,
  type SendOptions,
  type Sent,
} from '@parley/core'
import { createDesk, createInbox, createSync, type Sync } from '@parley/inbox'
import { createServer, type InboxServer, type ServerOptions } from '@parley/server'
import { conversation } from '../../inbox/test/fake-account.ts'
import { filledStore, message, silentAdapter } from '../../inbox/test/synced/filled.ts'
import { type WireInit, wireTo } from './wire.ts'

export const secrets = {
  reader: 'reader-secret-0123456789-0123456789',
  operator: 'operator-secret-0123456789-0123456789',
  admin: 'admin-secret-0123456789-0123456789',
  elsewhere: 'elsewhere-secret-0123456789-0123456789',
}

export const one = 'acme:one'
export const two = 'acme:two'
const at = (minute: number): string => new Date(Date.UTC(2026, 0, 1, 0, minute)).toISOString()

/** Two accounts with one conversation each. */
export const chats: readonly [Conversation, Conversation] = [
  conversation('acme', 'one', 'c1', at(1)),
  conversation('acme', 'two', 'c2', at(2)),
]

/** An account to which people can reply. */
function speakingAdapter(chat: Conversation): Adapter & { sent: string[] } {
  const sent: string[] = []
  const send =
    (kind: 'reply' | 'note') =>
    async (_: unknown, input: ReplyInput | NoteInput, options: SendOptions = {}): Promise<Sent> => {
      const startedAt = new Date().toISOString()
      const attempt: SendAttempt = { kind, conversationId: chat.id, messageId: null, text: input.text, startedAt }
      await options.onAttempt?.(attempt)
      await options.beforeSend?.()
      sent.push(input.text)
      const made: Message = message(chat, `sent-${sent.length}`, {
        ...{
          text: input.text,
          direction: kind === 'reply' ? 'outbound' : 'internal',
          author: { kind: 'operator', basis: 'vendor' },
          createdAt: startedAt,
        },
      })
      const messageId = made.id
      return { outcome: 'accepted', message: made, messageId, conversationId: chat.id, attempt, warnings: [] }
    }
  const reconcile = async (attempt: SendAttempt) => ({ outcome: 'unknown', message: null, answer: null, attempt })
  return {
    ...silentAdapter('acme', chat.account),
    sent,
    messages: { reply: send('reply'), note: send('note'), reconcile } as never,
  }
}

/** An agent that calls an API with a secret. */
const agentIn = (account: string): Agent => {
  const own = (kind: 'agent' | 'action', id: string) => ({
    ...{ ref: buildRef({ vendor: 'acme', account, kind, id }), vendor: 'acme', account, id },
  })
  const call = { kind: 'api-call', name: 'Order', enabled: true, agentId: 'a1', attributes: { header: 'api secret' } }
  return {
    ...own('agent', 'a1'),
    name: 'Ada',
    actions: [{ ...own('action', 'x1'), ...call } as unknown as AgentAction],
  } as unknown as Agent
}

/** Sends a request to a server without a connection. */
export const requestOf =
  ({ fetch }: Pick<InboxServer, 'fetch'>) =>
  (at: string | Request, init?: RequestInit): Promise<Response> =>
    fetch(at instanceof Request ? at : new Request(new URL(at, 'http://localhost'), init))

/** A server over a filled store, with tokens of each role and two people. */
export async function openHarness(given: Partial<ServerOptions> = {}) {
  const filled = await filledStore()
  const { store } = filled
  const adapters = chats.map(speakingAdapter)
  const inbox = createInbox({ store, accounts: adapters })
  const desk = createDesk({ store, accounts: adapters })
  const sync: Sync = createSync({ store, accounts: adapters })
  const numbers: number[] = []
  for (const [index, chat] of chats.entries()) {
    const no = await filled.account(`acme:${chat.account}`)
    numbers.push(no)
    await filled.write(no, 'conversation', [chat])
    const text = `Hello from ${chat.account}`
    await filled.write(no, 'message', [message(chat, `m${index}`, { text, createdAt: at(index) })])
    await filled.complete(no, [chat.ref])
    await filled.write(no, 'agent', [agentIn(chat.account)])
  }
  const ann = desk.as({ id: 'ann' })
  const sends = await Promise.all(chats.map(({ ref }) => ann.note(ref, { text: 'A note' })))
  const errors: unknown[] = []
  const requests: unknown[] = []
  const options: ServerOptions = {
    ...{ store, inbox, desk, sync },
    tokens: [
      { name: 'reader', role: 'reader', secret: secrets.reader },
      { name: 'operator', role: 'operator', secret: secrets.operator },
      { name: 'admin', role: 'admin', secret: secrets.admin },
      { name: 'elsewhere', role: 'admin', secret: secrets.elsewhere, accounts: [two] },
    ],
    people: [
      { id: 'ann', name: 'Ann', role: 'operator' },
      { id: 'bob', role: 'reader', accounts: [one], operatorIds: { [one]: 'operator-7' } },
    ],
    publicUrl: 'http://localhost',
    page: false,
    onError: (error) => void errors.push(error),
    onRequest: (request) => void requests.push(request),
    ...given,
  }
  const server = createServer(options)
  const request = (path: string, init: RequestInit & { token?: keyof typeof secrets } = {}) => {
    const { token, ...rest } = init
    const headers = new Headers(rest.headers)
    if (token) headers.set('authorization', `Bearer ${secrets[token]}`)
    if (typeof rest.body === 'string' && !headers.has('content-type')) headers.set('content-type', 'application/json')
    return requestOf(server)(path, { ...rest, headers })
  }
  const get = async (path: string, token: keyof typeof secrets = 'admin') => {
    const response = await request(path, { token })
    return { status: response.status, body: (await response.json()) as Record<string, unknown> }
  }
  const post = async (path: string, body: unknown, token: keyof typeof secrets = 'operator', headers = {}) => {
    const response = await request(path, { method: 'POST', body: JSON.stringify(body), token, headers })
    const text = await response.text()
    return { status: response.status, body: (text ? JSON.parse(text) : {}) as Record<string, unknown> }
  }
  /** Signs a person in. @returns the cookie. */
  const signIn = async (id: string): Promise<string> => {
    const link = await server.signInLink(id)
    const answer = await requestOf(server)(link, { method: 'POST', headers: { origin: 'http://localhost' } })
    return (answer.headers.get('set-cookie') ?? '').split(';')[0] as string
  }
  let wire: Promise<ReturnType<typeof wireTo>> | undefined
  /** Sends a request over a connection. */
  const send = async (at: string, init: WireInit = {}): Promise<Response> => {
    wire ??= server.listen({ port: 0 }).then(({ url }) => wireTo(url))
    return (await wire).send(at, init)
  }
  const close = async () => {
    ;(await wire)?.close()
    await server.close()
    await filled.close()
  }
  return {
    filled,
    numbers,
    inbox,
    desk,
    sync,
    adapters,
    sends,
    errors,
    requests,
    options,
    server,
    request,
    get,
    post,
    signIn,
    send,
    close,
  }
}

export const path = (ref: string): string => encodeURIComponent(ref)
