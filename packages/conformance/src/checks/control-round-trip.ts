import { can } from '@parley/core'
import type { Check } from '../check.ts'
import { ensure } from '../support/ensure.ts'
import { speakingId } from '../support/speak.ts'

export const controlGoesRound: Check = {
  group: 'control',
  name: 'taking over and releasing change who is in control, wherever one looks',
  needs: ['control.takeOver', 'control.release'],
  async run(bench) {
    const { adapter } = bench
    if (!can(adapter, 'control.takeOver') || !can(adapter, 'control.release')) return
    const id = await speakingId(bench)
    const seen = async () => [
      ...(can(adapter, 'control.get') ? [(await adapter.control.get(id)).holder] : []),
      ...(can(adapter, 'conversations.get') ? [(await adapter.conversations.get(id)).control.holder] : []),
    ]
    for (const [holder, change] of [
      ['operator', adapter.control.takeOver],
      ['agent', adapter.control.release],
      ['operator', adapter.control.takeOver],
    ] as const) {
      const found = [(await change(id)).holder, ...(await seen())]
      ensure(
        found.every((each) => each === holder),
        `The ${holder} should hold it, and it is said: ${found.join(', ')}.`,
      )
    }
  },
}
