import { supports } from '@parley/core'
import { type Check, checksOf } from '../check.ts'
import { ensure, ensureMatches } from '../support/ensure.ts'
import { collect, threadOf } from '../support/reading.ts'

export const truthChecks: readonly Check[] = checksOf('truth', [
  {
    name: 'the agents are those that the server holds',
    needs: ['agents.list'],
    async run(bench) {
      const { agents } = await bench.require('expectations')()
      const list = bench.adapter.agents?.list
      if (agents && list) ensureHolds(await collect(list()), agents, 'agents', { complete: true })
    },
  },
  {
    name: 'the contacts are those that the server holds',
    needs: ['contacts.get'],
    async run(bench) {
      const { contacts } = await bench.require('expectations')()
      const { adapter } = bench
      if (!contacts || !supports(adapter, 'contacts.get')) return
      const read = await Promise.all(contacts.map(({ id }) => adapter.contacts.get(id)))
      ensureHolds(read, contacts, 'contacts', { complete: false })
    },
  },
  {
    name: 'the conversations are those that the server holds',
    needs: ['conversations.list'],
    async run(bench) {
      const { conversations } = await bench.require('expectations')()
      const list = bench.adapter.conversations?.list
      ensure(conversations, 'The expectations have no conversations.')
      if (list) ensureHolds(await collect(list()), conversations, 'conversations', { complete: true })
    },
  },
  {
    name: 'the messages are those that the server holds',
    needs: ['messages.list'],
    async run(bench) {
      const { messages } = await bench.require('expectations')()
      ensure(messages && Object.keys(messages).length > 0, 'The expectations have no messages.')
      for (const [id, expected] of Object.entries(messages))
        ensureMatches(await threadOf(bench.adapter, id), expected, `The thread of "${id}"`)
    },
  },
  {
    name: 'the actions of the agents are those that the server holds',
    needs: ['agents.actions.list'],
    async run(bench) {
      const { actions = {} } = await bench.require('expectations')()
      const list = bench.adapter.agents?.actions?.list
      for (const [agentId, expected] of Object.entries(actions))
        if (list) ensureHolds(await collect(list(agentId)), expected, `actions of "${agentId}"`, { complete: true })
    },
  },
  {
    name: 'the knowledge is that which the server holds',
    needs: ['knowledge.list'],
    async run(bench) {
      const { knowledge } = await bench.require('expectations')()
      const list = bench.adapter.knowledge?.list
      if (knowledge && list) ensureHolds(await collect(list()), knowledge, 'knowledge', { complete: true })
    },
  },
  {
    name: 'the ratings are those that the server holds',
    needs: ['feedback.list'],
    async run(bench) {
      const { feedback } = await bench.require('expectations')()
      const list = bench.adapter.feedback?.list
      if (feedback && list) ensureHolds(await collect(list()), feedback, 'ratings', { complete: true })
    },
  },
  {
    name: 'the suggestions are those that the server holds',
    needs: ['feedback.suggestions'],
    async run(bench) {
      const { suggestions } = await bench.require('expectations')()
      const list = bench.adapter.feedback?.suggestions
      if (suggestions && list) ensureHolds(await collect(list()), suggestions, 'suggestions', { complete: true })
    },
  },
])

/** Compares each item that was read with the server's own data. */
function ensureHolds(
  read: readonly { id: string | null; ref?: string }[],
  expected: readonly { readonly id: string }[],
  what: string,
  { complete }: { complete: boolean },
): void {
  const byId = new Map(read.map((entity) => [entity.id, entity]))
  for (const each of expected) {
    const entity = byId.get(each.id)
    ensure(entity, `Of the ${what}, "${each.id}" is missing.`)
    ensureMatches(entity, each, entity.ref ?? `"${each.id}" of the ${what}`)
  }
  const known = new Set(expected.map(({ id }) => id))
  const more = complete ? read.find(({ id }) => id === null || !known.has(id)) : undefined
  ensure(!more, `Of the ${what}, "${more?.id}" is not the server's.`)
}
