import { setTimeout as pause } from 'node:timers/promises'
import { createClient, type InboxClient } from '@parley/server/client'
import type { Random } from '../sync/simulation/random.ts'

/** The text of a reply. No text is part of another one. */
export const replyText = /Answer \d+ of \w+, \d+\./

/** A reply that a person has written. */
export interface Written {
  readonly text: string
  readonly conversation: string
  /** What the server said at last: the state of the send, or `refused`. */
  told: string
}

export interface Work {
  readonly random: Random
  /** The address of a server that is running now. */
  readonly server: () => string | undefined
  readonly isOver: () => boolean
  readonly written: Written[]
  readonly count: (what: string) => void
}

/** A person who answers customers over HTTP, on whichever server there is, until the shift is over. */
export async function work(
  name: string,
  secret: string,
  { random, server, isOver, written, count }: Work,
): Promise<void> {
  /** Asks a server. If it dies meanwhile, the next one is asked the same. */
  async function ask<T>(request: (client: InboxClient) => Promise<{ data?: T; error?: unknown; response: Response }>) {
    for (let tries = 0; tries < 200; tries++) {
      const url = server()
      if (url === undefined) await pause(50)
      else
        try {
          return await request(createClient({ url, token: secret }))
        } catch {
          count('request to a server that died')
          await pause(50)
        }
    }
    throw new Error('No server answers.')
  }

  async function reply(conversation: string): Promise<void> {
    const path = { conversation }
    const thread = await ask((client) =>
      client.GET('/v1/conversations/{conversation}/messages', { params: { path, query: { limit: 5 } } }),
    )
    if (!thread.data) return count(`reading refused with ${thread.response.status}`)
    const newest = thread.data.items[0]?.ref ?? null
    const text = `Answer ${written.length} of ${name}, ${random.between(0, 1e9)}.`
    const own: Written = { text, conversation, told: 'nothing' }
    written.push(own)
    const key = `key ${text}`
    const isGuarded = random.chance(0.5)
    const sent = await ask((client) =>
      client.POST('/v1/conversations/{conversation}/reply', {
        params: { path, header: { 'Idempotency-Key': key } },
        body: { text, takeOver: 'if-needed', ...(isGuarded && { expectLastMessage: newest }) },
      }),
    )
    own.told = sent.data?.state ?? 'refused'
    count(
      sent.data
        ? `reply ${own.told} ${sent.data.error?.code ?? ''}`.trimEnd()
        : `reply refused with ${sent.response.status}`,
    )
  }

  const command = async (path: 'close' | 'reopen' | 'take-over' | 'release' | 'read', conversation: string) => {
    const done = await ask((client) =>
      client.POST(`/v1/conversations/{conversation}/${path}`, { params: { path: { conversation } } }),
    )
    count(done.data ? `${path} ${done.data.place}` : `${path} refused with ${done.response.status}`)
  }

  async function retryOne(): Promise<void> {
    const failed = await ask((client) =>
      client.GET('/v1/sends', { params: { query: { state: ['failed'], limit: 50 } } }),
    )
    const left = (failed.data?.items ?? []).filter(({ retriedBy }) => retriedBy === null)
    if (left.length === 0) return
    const { id } = random.pick(left)
    const again = await ask((client) =>
      client.POST('/v1/sends/{send}/retry', { params: { path: { send: id } }, body: {} }),
    )
    count(again.data ? `retry ${again.data.state}` : `retry refused with ${again.response.status}`)
  }

  while (!isOver()) {
    const page = await ask((client) => client.GET('/v1/conversations', { params: { query: { limit: 20 } } }))
    const items = page.data?.items ?? []
    if (items.length === 0) {
      await pause(100)
      continue
    }
    const { ref } = random.pick(items)
    const dice = random()
    if (dice < 0.7) await reply(ref)
    else if (dice < 0.85) await command(random.pick(['close', 'reopen', 'take-over', 'release', 'read'] as const), ref)
    else await retryOne()
  }
}
