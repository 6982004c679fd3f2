import { supports } from '@parley/core'
import { type Check, checksOf } from '../check.ts'
import { ensure } from '../support/ensure.ts'
import { threadOf } from '../support/reading.ts'
import { ask, questionOf, speakingId } from '../support/writing.ts'

export const controlChecks: readonly Check[] = checksOf('control', [
  {
    name: 'taking over and releasing change who is in control, wherever one looks',
    needs: ['control.takeOver', 'control.release'],
    async run(bench) {
      const { adapter } = bench
      if (!supports(adapter, 'control.takeOver') || !supports(adapter, 'control.release')) return
      const id = await speakingId(bench)
      const seen = async () => [
        ...(supports(adapter, 'control.get') ? [(await adapter.control.get(id)).holder] : []),
        ...(supports(adapter, 'conversations.get') ? [(await adapter.conversations.get(id)).control.holder] : []),
      ]
      for (const [holder, change] of [
        ['operator', adapter.control.takeOver],
        ['agent', adapter.control.release],
        ['operator', adapter.control.takeOver],
      ] as const) {
        const found = [(await change(id)).holder, ...(await seen())]
        ensure(
          found.every((each) => each === holder),
          `The ${holder} should be in control, but these say otherwise: ${found.join(', ')}.`,
        )
      }
    },
  },
  {
    name: 'while an operator is in control the agent stays silent, and an ask says so',
    needs: ['control.takeOver', 'messages.ask', 'messages.list'],
    async run(bench) {
      const { adapter } = bench
      const id = await speakingId(bench)
      await adapter.control?.takeOver?.(id)
      const byAgent = async () => (await threadOf(adapter, id)).filter(({ author }) => author.kind === 'agent').length
      const before = await byAgent()
      const answer = await ask(bench, adapter, id, `${questionOf(bench)} (while a person holds)`)
      const silent = answer.outcome === 'unanswered' || answer.outcome === 'pending'
      ensure(silent && answer.message === null && answer.text === null, `The question was "${answer.outcome}".`)
      ensure((await byAgent()) === before, 'The agent has answered.')
    },
  },
])
