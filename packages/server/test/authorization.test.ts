import { createHash } from 'node:crypto'
import { operationNames } from '@parley/core'
import { sessionsOf } from '@parley/inbox'
import { afterAll, describe, expect, it } from 'vitest'
import type { Role } from '../src/access.ts'
import { routes } from '../src/routes/index.ts'
import { notServed } from '../src/routes/operations.ts'
import { openHarness, path, secrets } from './harness.ts'
import type { Framing } from './wire.ts'

/**
 * What is expected of each route, written down apart from its declaration. `hidden`: to a token of another account it is as if
 * nothing were there. `listed`: it gets its own items only. `own`: the route concerns no account.
 */
type Row = readonly [role: Role, account: 'hidden' | 'listed' | 'own', body?: unknown]

const send = { text: 'Hello' }
const rows: Readonly<Record<string, Row>> = {
  'conversations.list': ['reader', 'listed'],
  'conversations.get': ['reader', 'hidden'],
  'messages.list': ['reader', 'hidden'],
  'sends.ofConversation': ['reader', 'hidden'],
  'sends.list': ['reader', 'listed'],
  'sends.get': ['reader', 'hidden'],
  search: ['reader', 'listed'],
  history: ['reader', 'hidden'],
  changes: ['reader', 'listed'],
  'audit.list': ['reader', 'listed'],
  'links.list': ['reader', 'hidden'],
  'links.contacts': ['reader', 'hidden'],
  'links.suggestions': ['reader', 'hidden'],
  reply: ['operator', 'hidden', send],
  note: ['operator', 'hidden', send],
  'sends.retry': ['operator', 'hidden', {}],
  'sends.settle': ['operator', 'hidden', { outcome: 'failed' }],
  'sends.dismiss': ['operator', 'hidden'],
  takeOver: ['operator', 'hidden'],
  release: ['operator', 'hidden'],
  assign: ['operator', 'hidden', { to: 'me' }],
  close: ['operator', 'hidden'],
  reopen: ['operator', 'hidden'],
  snooze: ['operator', 'hidden', { until: null }],
  tag: ['operator', 'hidden', { add: ['urgent'] }],
  markRead: ['operator', 'hidden'],
  'links.create': ['operator', 'hidden', { contact: 'acme:one/contact/p2', reason: 'the same voice' }],
  'links.undo': ['operator', 'hidden'],
  'savedReplies.list': ['reader', 'own'],
  'savedReplies.create': ['operator', 'own', { title: 'Hello', text: 'Hello' }],
  'savedReplies.replace': ['operator', 'own', { title: 'Hello', text: 'Hello' }],
  'savedReplies.delete': ['operator', 'own'],
  'savedViews.list': ['reader', 'own'],
  'savedViews.create': ['operator', 'own', { name: 'Mine', filter: {} }],
  'savedViews.replace': ['operator', 'own', { name: 'Mine', filter: {} }],
  'savedViews.delete': ['operator', 'own'],
  'agents.list': ['reader', 'listed'],
  'agents.get': ['reader', 'hidden'],
  'agents.create': ['admin', 'hidden', { name: 'Ada' }],
  'agents.update': ['admin', 'hidden', { name: 'Ada' }],
  'agents.delete': ['admin', 'hidden'],
  'agents.actions.list': ['reader', 'hidden'],
  'agents.actions.get': ['reader', 'hidden'],
  'agents.actions.attach': ['admin', 'hidden', { kind: 'stop-agent', name: 'Stop' }],
  'agents.actions.update': ['admin', 'hidden', { name: 'Stop' }],
  'agents.actions.remove': ['admin', 'hidden'],
  'agents.followUp.update': ['admin', 'hidden', { actionIds: ['a'], switchesChannel: false }],
  'agents.workingHours.get': ['reader', 'hidden'],
  'agents.workingHours.set': [
    ...(['admin', 'hidden'] as const),
    { enabled: true, channels: [], timezone: 'contact', schedule: [] },
  ],
  'agents.workingHours.clear': ['admin', 'hidden'],
  'conversations.create': ['operator', 'hidden', {}],
  'conversations.update': ['operator', 'hidden', { isStarred: true }],
  'conversations.delete': ['admin', 'hidden'],
  'conversations.deleteForContact': ['admin', 'hidden'],
  'messages.get': ['reader', 'hidden'],
  'messages.provideInput': ['operator', 'hidden', { value: 'yes' }],
  'messages.export': ['admin', 'hidden'],
  'messages.cancel': ['operator', 'hidden'],
  'messages.setStatus': ['operator', 'hidden', { status: 'read' }],
  'sources.list': ['reader', 'hidden'],
  'generations.get': ['reader', 'hidden'],
  'control.get': ['reader', 'hidden'],
  'contacts.list': ['reader', 'listed'],
  'contacts.search': ['reader', 'listed', { email: 'ann@acme.example' }],
  'contacts.get': ['reader', 'hidden'],
  'contacts.create': ['operator', 'hidden', { name: 'Ann' }],
  'contacts.upsert': ['operator', 'hidden', { name: 'Ann' }],
  'contacts.ensure': ['operator', 'hidden', { externalId: '1' }],
  'contacts.delete': ['admin', 'hidden'],
  'operators.list': ['reader', 'listed'],
  'attachments.upload': ['operator', 'hidden', { fileName: 'a.txt', content: 'aGVsbG8=' }],
  'attachments.url': ['reader', 'hidden'],
  'attachments.read': ['reader', 'hidden'],
  'knowledge.list': ['reader', 'listed'],
  'knowledge.add': ['admin', 'hidden', { kind: 'text', title: 'Hours', text: '9 to 5' }],
  'knowledge.remove': ['admin', 'hidden'],
  'feedback.list': ['reader', 'hidden'],
  'feedback.give': ['operator', 'hidden', { vote: 'up' }],
  'feedback.suggestions': ['reader', 'listed'],
  'feedback.dismiss': ['admin', 'hidden'],
  'webhooks.create': [
    ...(['admin', 'hidden'] as const),
    { title: 'Inbox', url: 'https://app.example/hooks', trigger: 'message.created' },
  ],
  'quality.get': ['reader', 'listed'],
  'quality.table': ['reader', 'listed'],
  'accounts.list': ['reader', 'listed'],
  'accounts.resume': ['admin', 'hidden'],
  'accounts.reset': ['admin', 'hidden'],
  'accounts.acceptDeletions': ['admin', 'hidden'],
  'people.list': ['reader', 'listed'],
  'session.get': ['reader', 'own'],
  'session.end': ['reader', 'own'],
  events: ['reader', 'listed'],
  'contacts.exportPerson': ['admin', 'hidden'],
  // It changes the store, so it is tested last.
  'contacts.erase': ['admin', 'hidden'],
}

const rank: Record<Role, number> = { reader: 0, operator: 1, admin: 2 }

const harness = await openHarness()
afterAll(() => harness.close())
const sent = harness.sends[0]?.id as string

const ids: Readonly<Record<string, string>> = {
  ...{ conversation: 'acme:one/conversation/c1', record: 'acme:one/conversation/c1', contact: 'acme:one/contact/p1' },
  ...{ agent: 'acme:one/agent/a1', action: 'acme:one/action/x1', message: 'acme:one/message/m0' },
  ...{ attachment: 'acme:one/attachment/f1', knowledge: 'acme:one/knowledge/k1', suggestion: 'acme:one/suggestion/s1' },
  ...{ account: 'acme:one', send: sent, reply: sent, view: sent, link: sent },
}

/** A session that has ended. */
async function expiredCookie(): Promise<string> {
  const sessions = await sessionsOf(harness.filled.store)
  const digest = createHash('sha256').update('ended').digest()
  await sessions.add('session', digest, { person: 'ann' }, { idle: 0, absolute: 0 })
  return 'parley=ended'
}

describe('every route', async () => {
  const cookies = { live: await harness.signIn('ann'), expired: await expiredCookie() }
  const stopped = new AbortController()
  afterAll(() => stopped.abort())

  it('has a row, and every row has a route', () => {
    expect(Object.keys(rows).sort()).toEqual(routes.map(({ id }) => id).sort())
  })

  it('has an operation of the contract, or the operation is left out for a reason', () => {
    const ofRoutes = new Set(routes.map(({ id }) => id))
    expect(operationNames.filter((name) => !ofRoutes.has(name) && !notServed[name])).toEqual([])
  })

  const ordered = Object.keys(rows).flatMap((id) => routes.filter((route) => route.id === id))
  it.each(ordered.map((route) => [route.id, route] as const))('%s lets in whom it should', async (id, route) => {
    const [role, account, body] = rows[id] as Row
    const query = route.query['text'] ? '?text=hello' : ''
    const at = route.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => path(ids[name] as string)) + query
    let asked = 0
    const framings: Framing[] = body === undefined ? ['none', 'length', 'chunked'] : ['length', 'chunked']
    /** Over a connection. Clients state the length of a body in different ways. */
    const ask = async (headers: Record<string, string>) => {
      const answer = await harness.send(at, {
        method: route.method.toUpperCase(),
        headers: { ...headers, ...(body !== undefined && { 'content-type': 'application/json' }) },
        signal: stopped.signal,
        framing: framings[asked++ % framings.length] as Framing,
        ...(body !== undefined && { body: JSON.stringify(body) }),
      })
      const isStream = answer.headers.get('content-type')?.startsWith('text/event-stream')
      return { status: answer.status, text: isStream ? '' : await answer.text() }
    }
    const bearer = (token: string) => ({ authorization: `Bearer ${token}` })
    const isIn = ({ status, text }: { status: number; text: string }) =>
      ![401, 403, 500].includes(status) && !text.includes('nothing under this address')

    expect((await ask({})).status).toBe(401)
    expect((await ask(bearer('unknown-secret-0123456789-0123456789'))).status).toBe(401)
    expect((await ask({ cookie: 'parley=unknown' })).status).toBe(401)
    expect((await ask({ cookie: cookies.expired, origin: 'http://localhost' })).status).toBe(401)

    const elsewhere = await ask(bearer(secrets.elsewhere))
    if (account === 'hidden') expect([elsewhere.status, isIn(elsewhere)]).toEqual([404, false])
    else expect([isIn(elsewhere), elsewhere.text]).toEqual([true, expect.not.stringContaining('acme:one')])

    for (const given of ['reader', 'operator', 'admin'] as const) {
      const answer = await ask(bearer(secrets[given]))
      const isEnough = rank[given] >= rank[role]
      // There is no such file, and no such link, which is said in the same words.
      const isMissing = id === 'links.undo' || id.startsWith('attachments.')
      if (!isEnough) expect([given, answer.status]).toEqual([given, 403])
      else if (!isMissing) expect([given, isIn(answer), answer.text]).toEqual([given, true, expect.any(String)])
      else expect([401, 403, 500]).not.toContain(answer.status)
    }

    // Ann is an operator.
    const isUnsafe = route.method !== 'get'
    const fromOwn = { cookie: cookies.live, origin: 'http://localhost' }
    const fromOther = [
      { cookie: cookies.live },
      { cookie: cookies.live, origin: 'https://other.example' },
      { ...fromOwn, 'sec-fetch-site': 'cross-site' },
      { cookie: cookies.live, 'sec-fetch-site': 'same-site' },
    ]
    if (isUnsafe) for (const headers of fromOther) expect((await ask(headers)).status).toBe(403)
    if (id !== 'session.end') expect((await ask(fromOwn)).status === 403).toBe(role === 'admin')
  })
})
