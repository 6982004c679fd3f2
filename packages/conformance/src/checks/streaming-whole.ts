import type { Warning } from '@parley/core'
import type { Check } from '../check.ts'
import { ensure } from '../support/ensure.ts'
import { questionOf, speakingId } from '../support/speak.ts'
import { collectStream, stream } from '../support/stream.ts'

export const wholeAnswersSaySo: Check = {
  group: 'speaking',
  name: 'an answer comes in several pieces, or says beforehand that it comes whole',
  needs: ['messages.stream'],
  async run(bench) {
    const id = await speakingId(bench)
    const { parts, pieces, answer } = await collectStream(stream(bench, bench.adapter, id, questionOf(bench)))
    const isTold = ({ code }: Warning) => code === 'no-streaming'
    const told = parts.findIndex((part) => part.type === 'warning' && isTold(part.warning))
    if (told < 0) return ensure(pieces > 1, `The answer came in ${pieces} piece, and no warning says why.`)
    ensure(pieces === 1, `The answer is said to come whole, and came in ${pieces} pieces.`)
    ensure(told < parts.findIndex(({ type }) => type === 'text'), 'That it comes whole is said after it came.')
    ensure(answer?.warnings.some(isTold), 'That it came whole is not among the warnings of the answer.')
  },
}
