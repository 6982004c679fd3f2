import { isParleyError } from '@parley/core'
import type { Check } from '../check.ts'
import { ensure, failureOf } from '../support/ensure.ts'
import { threadOf } from '../support/sample.ts'
import { speakingId } from '../support/speak.ts'

export const repliesRespectControl: Check = {
  group: 'speaking',
  name: 'a reply while the agent is in control is taken, or refused as a conflict and not sent',
  needs: ['messages.reply', 'messages.list', 'control.release'],
  async run(bench) {
    const { adapter } = bench
    const id = await speakingId(bench)
    await adapter.control?.release?.(id)
    const text = 'A colleague here, without having taken over.'
    const error = await failureOf(Promise.resolve(adapter.messages?.reply?.(id, { text, ...bench.harness.use?.reply })))
    const stored = (await threadOf(adapter, id)).filter((message) => message.text === text)
    if (error === undefined) return ensure(stored.length === 1, 'The reply was taken, and is not in the thread.')
    ensure(isParleyError(error) && error.code === 'conflict', `It was refused as ${String(error)}, not as a conflict.`)
    ensure(error.outcome === 'not-done', `The refusal leaves open whether it was sent: ${String(error.outcome)}.`)
    ensure(stored.length === 0, 'It was refused, and stands in the thread all the same.')
  },
}
