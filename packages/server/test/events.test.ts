import { once } from 'node:events'
import { type AddressInfo, connect } from 'node:net'
import { setImmediate } from 'node:timers/promises'
import { createAdaptorServer } from '@hono/node-server'
import { InvalidRequestError } from '@parley/core'
import type { Change, ChangePage, SyncedInbox } from '@parley/inbox'
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest'
import { pruneChanges } from '../../inbox/src/store/changes.ts'
import { databaseOf } from '../../inbox/src/store/database.ts'
import { eventsOf } from '../src/events.ts'
import { chats, one, openHarness, path, secrets, two } from './harness.ts'

interface ServerEvent {
  event: string
  id: string
  data: { account: string; ref: string }[] & Record<string, unknown>
}

/** The events of a stream, one after the other. Parts without an event are passed over. */
async function* eventsIn(response: Response): AsyncGenerator<ServerEvent, void, undefined> {
  let text = ''
  for await (const bytes of response.body as unknown as AsyncIterable<Uint8Array>) {
    text += new TextDecoder().decode(bytes)
    for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
      const fields = Object.fromEntries(
        text
          .slice(0, end)
          .split('\n')
          .map((line) => line.split(/: (.*)/s)),
      )
      text = text.slice(end + 2)
      if (fields['event']) yield { event: fields['event'], id: fields['id'], data: JSON.parse(fields['data']) }
    }
  }
}

const harness = await openHarness()
const { url } = await harness.server.listen({ port: 0 })
const open = new Set<AbortController>()
afterEach(() => {
  for (const controller of open) controller.abort()
  open.clear()
})
afterAll(() => harness.close())

async function stream(token: keyof typeof secrets, headers: Record<string, string> = {}) {
  const controller = new AbortController()
  open.add(controller)
  const response = await fetch(`${url}/v1/events`, {
    headers: { authorization: `Bearer ${secrets[token]}`, ...headers },
    signal: controller.signal,
  })
  const events = eventsIn(response)
  return { response, next: async () => (await events.next()).value as ServerEvent, close: () => controller.abort() }
}

const [chat, other] = chats
const tag = (ref: string, name: string) => harness.desk.as({ id: 'ann' }).tag(ref, { add: [name] })

describe('a stream of events', () => {
  it('begins with a place, has the changes of the caller’s accounts, and resumes from the last one', async () => {
    const all = await stream('reader')
    expect(all.response.headers.get('content-type')).toBe('text/event-stream')
    expect((await all.next()).event).toBe('ready')
    const own = await stream('elsewhere')
    const ready = await own.next()
    await tag(chat.ref, 'first')
    await tag(other.ref, 'second')
    const seen = await own.next()
    expect([seen.event, seen.data.map(({ account }) => account)]).toEqual(['changes', [two]])
    const refs: string[] = []
    while (!refs.includes(other.ref)) refs.push(...(await all.next()).data.map(({ ref }) => ref))
    expect(refs).toContain(chat.ref)
    own.close()

    await tag(other.ref, 'third')
    const again = await stream('elsewhere', { 'last-event-id': seen.id })
    const missed = await again.next()
    expect([missed.event, missed.data.map(({ ref }) => ref)]).toEqual(['changes', [other.ref]])
    const before = await stream('elsewhere', { 'last-event-id': ready.id })
    expect((await before.next()).data).toHaveLength(2)
  })

  it('says that changes were missed when they are no longer kept', async () => {
    const first = await stream('reader')
    const { id } = await first.next()
    await tag(chat.ref, 'fourth')
    await first.next()
    first.close()
    await tag(chat.ref, 'fifth')
    await expect
      .poll(async () => {
        await pruneChanges(databaseOf(harness.filled.store), -1_000_000)
        const late = await stream('reader', { 'last-event-id': id })
        const { event } = await late.next()
        late.close()
        return event
      })
      .toBe('reset')
  })

  it('says that changes were missed after what is no cursor, because a browser sends it again and again', async () => {
    const lost = await stream('reader', { 'last-event-id': 'nonsense' })
    expect(await lost.next()).toMatchObject({ event: 'reset' })
    lost.close()
  })

  it('refuses an account that the caller does not see', async () => {
    const headers = { authorization: `Bearer ${secrets.elsewhere}` }
    expect((await fetch(`${url}/v1/events?accounts=${one}`, { headers })).status).toBe(404)
  })
})

/** An inbox whose feed a test writes. */
function writtenFeed() {
  const waiting: ((page: ChangePage) => void)[] = []
  let watchers = 0
  const inbox = {
    changes: async ({ after }: { after: string }) => ({ items: [], next: after === 'now' ? '0' : after }),
    async *watch(_: object, { signal }: { signal: AbortSignal }) {
      watchers += 1
      while (!signal.aborted) {
        const page = await new Promise<ChangePage | undefined>((resolve) => {
          waiting.push(resolve)
          signal.addEventListener('abort', () => resolve(undefined), { once: true })
        })
        if (page) yield page
      }
    },
  } as unknown as SyncedInbox
  return {
    inbox,
    watchers: () => watchers,
    async write(page: ChangePage) {
      await expect.poll(() => waiting.length).toBeGreaterThan(0)
      for (const resolve of waiting.splice(0)) resolve(page)
    },
  }
}

const changeOf = (id: string, account = one): Change => ({
  ...{ id, at: '2026-01-01T00:00:00.000Z', account, kind: 'message', change: 'added' },
  ...{ ref: `${account}/message/${id}`, conversation: null },
})
const accounts = new Set([one])
const never = new AbortController().signal

describe('the streams of a server', () => {
  it('share one reader of the feed, which stops with the last of them', async () => {
    const feed = writtenFeed()
    const events = eventsOf({ inbox: feed.inbox, onError: () => {}, heartbeat: 60_000, pause: 1 })
    const isAllowed = async () => true
    const all = await Promise.all(
      Array.from({ length: 50 }, () => events.open({ after: undefined, accounts, isAllowed, signal: never })),
    )
    await feed.write({ items: [changeOf('m1')], next: '1' })
    for (const response of all) {
      const read = eventsIn(response)
      expect((await read.next()).value).toMatchObject({ event: 'ready' })
      expect((await read.next()).value).toMatchObject({ event: 'changes', id: '1' })
      await read.return()
    }
    expect(feed.watchers()).toBe(1)
    expect(events.size).toBe(0)
  })

  it('cut off a client that does not read, before it costs memory', async () => {
    const feed = writtenFeed()
    const events = eventsOf({ inbox: feed.inbox, onError: () => {}, heartbeat: 60_000, pause: 1 })
    const options = { after: undefined, accounts, isAllowed: async () => true, signal: never }
    const [deaf, reading] = [await events.open(options), await events.open(options)]
    const read = eventsIn(reading)
    await read.next()
    const items = Array.from({ length: 500 }, (_, index) => changeOf(`m${index}`))
    for (let page = 0; page < 20 && events.size === 2; page++) {
      await feed.write({ items, next: String(page) })
      await read.next()
    }
    expect(events.size).toBe(1)
    await expect(deaf.text()).rejects.toThrow('does not read')
    events.close()
  })

  it('close the connection of a client that does not read', async () => {
    const feed = writtenFeed()
    const events = eventsOf({ inbox: feed.inbox, onError: () => {}, heartbeat: 60_000, pause: 1 })
    const isAllowed = async () => true
    const serving = createAdaptorServer({
      fetch: (_, { outgoing }) =>
        events.open({ after: undefined, accounts, isAllowed, signal: never, sever: () => outgoing.destroy() }),
      overrideGlobalObjects: false,
    })
    await new Promise<void>((resolve) => void serving.listen(0, '127.0.0.1', resolve))
    const printed = vi.spyOn(console, 'error').mockImplementation(() => {})
    const deaf = connect((serving.address() as AddressInfo).port, '127.0.0.1').pause()
    deaf.on('error', () => {})
    deaf.write('GET / HTTP/1.1\r\nhost: localhost\r\n\r\n')
    await expect.poll(() => events.size).toBe(1)
    // Larger than what the operating system keeps for a connection.
    const items = Array.from({ length: 500 }, (_, index) => changeOf(`${index}`.padStart(2000, 'm')))
    for (let page = 0; page < 50 && events.size === 1; page++) {
      await feed.write({ items, next: String(page) })
      await setImmediate()
    }
    expect(events.size).toBe(0)
    const connections = () => new Promise((resolve) => serving.getConnections((_, count) => resolve(count)))
    await expect.poll(connections).toBe(0)
    expect(printed).not.toHaveBeenCalled()
    deaf.destroy()
    serving.close()
    printed.mockRestore()
  })

  it('give a client that waits each event once', async () => {
    const feed = writtenFeed()
    const events = eventsOf({ inbox: feed.inbox, onError: () => {}, heartbeat: 60_000, pause: 1 })
    const read = eventsIn(await events.open({ after: undefined, accounts, isAllowed: async () => true, signal: never }))
    await read.next()
    for (const id of ['1', '2', '3']) {
      const next = read.next()
      await feed.write({ items: [changeOf(`m${id}`)], next: id })
      expect((await next).value).toMatchObject({ event: 'changes', id })
    }
    events.close()
  })

  it('have what changes while the past is read', async () => {
    const feed = writtenFeed()
    let answer: (page: ChangePage) => void = () => {}
    const changes = ({ after }: { after: string }) =>
      after === 'old' ? new Promise((resolve) => (answer = resolve)) : feed.inbox.changes({ after })
    const events = eventsOf({
      ...{ inbox: { ...feed.inbox, changes } as SyncedInbox, onError: () => {}, heartbeat: 60_000, pause: 1 },
    })
    const options = { accounts, isAllowed: async () => true, signal: never }
    const other = eventsIn(await events.open({ ...options, after: undefined }))
    await other.next()
    const opened = events.open({ ...options, after: 'old' })
    await expect.poll(() => answer.length).toBe(1)
    await feed.write({ items: [changeOf('m1'), changeOf('m2')], next: '2' })
    await other.next()
    answer({ items: [changeOf('m1')], next: '1' })
    const read = eventsIn(await opened)
    expect((await read.next()).value).toMatchObject({ id: '1', data: [{ id: 'm1' }] })
    expect((await read.next()).value).toMatchObject({ id: '2', data: [{ id: 'm2' }] })
    events.close()
  })

  it('cut off a client that does not read the past, before what is new costs memory', async () => {
    const feed = writtenFeed()
    const past = Array.from({ length: 500 }, (_, index) => changeOf(`m${index}`))
    const changes = async () => ({ items: past, next: 'old' })
    const events = eventsOf({
      ...{
        inbox: { ...feed.inbox, changes } as unknown as SyncedInbox,
        onError: () => {},
        heartbeat: 60_000,
        pause: 1,
      },
    })
    const deaf = await events.open({ after: 'old', accounts, isAllowed: async () => true, signal: never })
    for (let page = 0; page < 200 && events.size === 1; page++) {
      await feed.write({ items: [changeOf(`n${page}`)], next: String(page) })
      await setImmediate()
    }
    expect(events.size).toBe(0)
    await expect(deaf.text()).rejects.toThrow('does not read')
  })

  it('end when the caller may no longer see them, and when the server ends', async () => {
    const feed = writtenFeed()
    const events = eventsOf({ inbox: feed.inbox, onError: () => {}, heartbeat: 5, pause: 1 })
    const ended = await events.open({ after: undefined, accounts, isAllowed: async () => false, signal: never })
    expect(await ended.text()).toContain('event: ready')
    const open = await events.open({ after: undefined, accounts, isAllowed: async () => true, signal: never })
    events.close()
    expect(await open.text()).toContain('event: ready')
    const options = { after: undefined, accounts, isAllowed: async () => true, signal: never }
    await expect(events.open(options)).rejects.toMatchObject({ status: 503 })
  })

  it('go on when the database was away, and end when the place in the feed is lost', async () => {
    const errors: unknown[] = []
    let failures = 0
    const feed = writtenFeed()
    const failing = {
      ...feed.inbox,
      watch: (...args: Parameters<SyncedInbox['watch']>) => {
        failures += 1
        if (failures === 1) throw new Error('away')
        if (failures === 2) return feed.inbox.watch(...args)
        throw new InvalidRequestError({ message: 'old', fields: [{ path: 'after', problem: 'is old' }] })
      },
    }
    const events = eventsOf({
      inbox: failing,
      onError: (error) => void errors.push(error),
      heartbeat: 60_000,
      pause: 1,
    })
    const read = eventsIn(await events.open({ after: undefined, accounts, isAllowed: async () => true, signal: never }))
    await read.next()
    await feed.write({ items: [changeOf('m1')], next: '1' })
    expect((await read.next()).value).toMatchObject({ event: 'changes' })
    expect(errors).toHaveLength(1)
    events.close()
  })

  it('show an idle client a newer place, so that it resumes there', async () => {
    const feed = writtenFeed()
    const events = eventsOf({ inbox: feed.inbox, onError: () => {}, heartbeat: 5, pause: 1 })
    const response = await events.open({ after: undefined, accounts, isAllowed: async () => true, signal: never })
    await feed.write({ items: [changeOf('m1', two)], next: '17' })
    let text = ''
    for await (const bytes of response.body as unknown as AsyncIterable<Uint8Array>) {
      text += new TextDecoder().decode(bytes)
      if (text.includes('id: 17')) break
    }
    expect(text).toContain(': alive\nid: 17\n\n')
    events.close()
  })
})

describe('a server that ends', () => {
  it('ends its streams and idle connections, and answers what has begun', async () => {
    const own = await openHarness()
    const { url } = await own.server.listen({ port: 0 })
    const headers = { authorization: `Bearer ${secrets.reader}` }
    const response = await fetch(`${url}/v1/events`, { headers })
    const events = eventsIn(response)
    await events.next()
    const idle = connect(Number(new URL(url).port), '127.0.0.1')
    const begun = connect(Number(new URL(url).port), '127.0.0.1')
    const [half, rest] = ['{"add": ["vi', 'p"]}']
    const head = ['host: localhost', `authorization: Bearer ${secrets.operator}`, 'content-type: application/json']
    const length = ['content-length: 16', 'expect: 100-continue', '', half]
    begun.write([`POST /v1/conversations/${path(chat.ref)}/tags HTTP/1.1`, ...head, ...length].join('\r\n'))
    await once(begun, 'data')
    const closed = own.close()
    expect((await events.next()).done).toBe(true)
    begun.write(rest)
    const [answer] = (await once(begun, 'data')) as [Buffer]
    expect(answer.toString()).toMatch(/^HTTP\/1.1 200/)
    await closed
    await expect(fetch(`${url}/health/live`)).rejects.toThrow()
    idle.destroy()
  })

  it('does not listen on another address than loopback without its own name', async () => {
    const { createServer } = await import('@parley/server')
    const { publicUrl: _, ...options } = harness.options
    const server = createServer(options)
    await expect(server.listen({ host: '0.0.0.0', port: 0 })).rejects.toMatchObject({ code: 'configuration' })
    await expect(server.signInLink('ann')).rejects.toMatchObject({ code: 'configuration' })
    const { url } = await server.listen({ port: 0 })
    expect(await server.signInLink('ann')).toMatch(new RegExp(`^${url}/sign-in/`))
    await server.close()
  })
})
