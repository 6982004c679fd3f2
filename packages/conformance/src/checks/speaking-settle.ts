import type { Attempt } from '@parley/core'
import type { Check } from '../check.ts'
import { ensure, ensureMatches } from '../support/ensure.ts'
import { ask, questionOf, speakingId } from '../support/speak.ts'

export const askedAttemptsSettle: Check = {
  group: 'speaking',
  name: 'an attempt that was answered settles as done, also in another process',
  needs: ['messages.ask', 'messages.settle'],
  async run(bench) {
    const id = await speakingId(bench)
    const text = `${questionOf(bench)} (to be settled)`
    const { attempt, message } = await ask(bench, bench.adapter, id, text)
    ensureMatches(attempt, { kind: 'ask', conversationId: id, text }, 'The attempt')
    const stored = JSON.parse(JSON.stringify(attempt)) as Attempt
    const settlement = await (await bench.open({})).messages?.settle?.(stored)
    ensure(settlement?.outcome === 'done', `An ask that was answered settles as "${settlement?.outcome}".`)
    ensure(settlement.message === null || settlement.message.text === text, 'It settles with another message.')
    const found = settlement.answer?.message
    ensure(!found || found.id === message?.id, 'It settles with another answer.')
  },
}
