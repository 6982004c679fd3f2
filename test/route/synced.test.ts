import {
  type Adapter,
  buildRef,
  type Conversation,
  type Message,
  memoryStore,
  requireOperation,
  supports,
} from '@parley/core'
import { createDesk, createInbox, createStore, createSync } from '@parley/inbox'
import { defaultNow, sandbox, testClock } from '@parley/sandbox'
import { type Route, route } from '@parley/swap'
import { loadStreamCode } from '@parley/testkit'
import { afterAll, beforeEach, expect, it } from 'vitest'
import { empty } from '../../packages/inbox/test/store/stores.ts'
import { loadVendors, nameOf, type Vendor } from '../vendors.ts'

/*
 * A route as the account of a synced inbox and of a desk: both read and answer the conversations of two vendors as those of one
 * account.
 */

await loadStreamCode()
const clock = testClock(defaultNow, { automatic: true })
const vendors = await loadVendors()
const servers = await sandbox.start({ clock, scale: 0.1 })
const store = await createStore()
afterAll(() => Promise.all([servers.stop(), store.close()]))
beforeEach(() => empty(store))

const open = (vendor: Vendor, options: object = {}): Adapter =>
  vendor.create({ ...servers[vendor.name].accountOptions, clock, rate: false, ...options })

// Each vendor is the old one of one pair, and the new one of another.
const pairs = vendors.map((from, index) => ({ from, to: vendors[(index + 1) % vendors.length] as Vendor }))

it.each(pairs.map(({ from, to }) => [nameOf(from), nameOf(to), from, to] as const))(
  'a synced inbox and a desk have and answer the conversations of a route from %s to %s',
  async (_, __, from, to) => {
    for (const { name } of [from, to]) servers[name].reset()
    const agent: Route = route({ from: open(from), to: open(to), share: 1, store: memoryStore(), clock })
    const visitor = { externalId: 'ada' }
    const answer = await requireOperation(agent, 'messages.ask')({ visitor }, { text: 'Do you sell gift cards?' })
    expect(answer.conversationId).toMatch(/^to~/)

    const sync = createSync({ store, accounts: [agent] })
    const { accounts } = await sync.runOnce({ full: true })
    expect(accounts.map(({ account, state, error }) => [account, state, error])).toEqual([
      [`${agent.vendor}:${agent.account}`, 'active', undefined],
    ])

    const inbox = createInbox({ store, accounts: [agent] })
    const idsOf = (given: readonly Conversation[]) => given.map(({ id }) => id)
    const [old, next] = await Promise.all(
      [open(from), open(to)].map(async (each) => idsOf(await conversationsOf(each))),
    )
    const expected = [...(old as string[]), ...(next as string[]).map((id) => `to~${id}`)]
    const stored = idsOf(await all(inbox.conversations.list({ limit: 100 })))
    expect(stored.sort()).toEqual(expected.sort())
    const { items: hits } = await inbox.search({ text: 'gift cards' })
    expect(hits.map(({ message }) => message.conversationId)).toContain(answer.conversationId)

    // An account that needs an operator gets one of its own; the other one leaves it out.
    const operators = [from, to].map(({ name }, index) => {
      const { operatorId } = { operatorId: undefined, ...servers[name].accountOptions }
      return operatorId && `${index === 0 ? '' : 'to~'}${operatorId}`
    })
    const operatorId = operators.find((id) => id !== undefined)
    const eve = {
      id: 'eve',
      name: 'Eve',
      ...(operatorId && { operatorIds: { [`${agent.vendor}:${agent.account}`]: operatorId } }),
    }
    const desk = createDesk({ store, accounts: [agent] })
    for (const { account, ids = [], mark } of [
      { account: open(from), ids: old, mark: '' },
      { account: open(to), ids: next, mark: 'to~' },
    ]) {
      const id = ids[0] as string
      const { vendor, account: own } = agent
      const ref = buildRef({ vendor, account: own, kind: 'conversation', id: mark + id })
      const there = requireOperation(account, 'messages.list')
      const before = await textsOf(there(id))
      expect(await textsOf(inbox.messages.list(ref))).toEqual(before)
      if (!supports(agent, 'messages.reply')) continue

      const [newest] = (await inbox.messages.list(ref, { limit: 1 })).items
      const sent = await desk
        .as(eve)
        .reply(ref, { text: 'We open at 9.', expectLastMessage: newest?.ref ?? null, takeOver: 'if-needed' })
      expect([sent.state, sent.error]).toEqual(['sent', undefined])
      // A list has no texts of emails.
      expect(await all(there(id))).toHaveLength(before.length + 1)
    }
  },
)

const all = async <Item>(items: AsyncIterable<Item>): Promise<Item[]> => {
  const collected: Item[] = []
  for await (const item of items) collected.push(item)
  return collected
}
const conversationsOf = (account: Adapter) => all(requireOperation(account, 'conversations.list')())
const textsOf = async (messages: AsyncIterable<Message>) => (await all(messages)).map(({ text }) => text ?? '').sort()
