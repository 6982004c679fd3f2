import type { Check } from '../check.ts'
import { ensure } from '../support/ensure.ts'
import { threadOf } from '../support/sample.ts'
import { ask, questionOf, speakingId } from '../support/speak.ts'

export const theAgentIsSilent: Check = {
  group: 'control',
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
}
