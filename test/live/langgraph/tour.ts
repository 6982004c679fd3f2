import assert from 'node:assert/strict'
import type { Warning } from '@parley/core'
import { langGraph } from '@parley/langgraph'
import { differences, tour } from '../../end-to-end/support/tour.ts'
import type { LiveCheck } from '../report.ts'
import type { LiveServer } from './server.ts'

/** The program of the end-to-end tests, which uses every operation of an account once. */
export function tourChecks(server: LiveServer): LiveCheck[] {
  const warnings: Warning[] = []
  const adapter = langGraph({
    baseUrl: server.url,
    assistantId: 'desk',
    onWarning: (warning) => void warnings.push(warning),
  })
  let first: Awaited<ReturnType<typeof tour>> | undefined

  return [
    {
      name: 'every operation works once, and returns only valid models',
      async run() {
        // The newest is the one that the tour writes in and deletes, so the second tour needs another.
        for (const text of ['Is it red?', 'Is it blue?'])
          await adapter.messages.ask({ visitor: { externalId: 'web-1' } }, { text })
        first = await tour(adapter)
        assert.deepEqual(first.strange, [])
        const { outcomes } = first
        assert.deepEqual(
          Object.entries(outcomes).filter(([name, outcome]) => outcome !== expected[name]),
          [],
        )
        assert.deepEqual(
          Object.keys(expected).filter((name) => !(name in outcomes)),
          [],
        )
      },
    },
    {
      name: 'every operation works a second time, and no item of a list is missing',
      async run() {
        assert.ok(first)
        const second = await tour(adapter)
        // The first tour deleted the conversation that it wrote in.
        const { [list]: before = [], 'messages.list': _, ...rest } = first.seen
        assert.deepEqual(differences({ ...first, seen: rest }, second, warnings), [])
        assert.equal(before.filter((id) => !second.seen[list]?.includes(id)).length, 1)
      },
    },
  ]
}

const list = 'conversations.list'

/** The outcome of each operation. */
const expected: Record<string, string> = {
  'agents.list': 'ok',
  'agents.get': 'ok',
  'agents.update': 'ok',
  'conversations.list': 'ok',
  'conversations.get': 'ok',
  'messages.list': 'ok',
  'control.get': 'ok',
  'messages.ask': 'answered',
  'messages.stream': 'answered',
  'messages.reply': 'accepted',
  'conversations.update: title': 'ok',
  // The server counts no unread messages.
  'conversations.update: unread': 'unsupported',
  'conversations.delete': 'ok',
}
