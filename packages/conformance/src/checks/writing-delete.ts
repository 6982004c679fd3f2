import { isParleyError } from '@parley/core'
import type { Check } from '../check.ts'
import { ensure, failureOf } from '../support/ensure.ts'
import { speakingId } from '../support/speak.ts'

export const deletingDeletes: Check = {
  group: 'writing',
  name: 'a conversation that was deleted is gone',
  needs: ['conversations.delete', 'conversations.get'],
  async run(bench) {
    const { conversations } = bench.adapter
    const id = await speakingId(bench)
    const deleted = await conversations?.delete?.(id)
    ensure(deleted?.id === id, `What was deleted is said to be "${deleted?.id}".`)
    let status: string | undefined
    const error = await failureOf(
      Promise.resolve(conversations?.get?.(id)).then((conversation) => {
        status = conversation?.status.value
      }),
    )
    const gone = isParleyError(error) ? error.code === 'not-found' : error === undefined && status === 'deleted'
    ensure(gone, `It can still be read: ${status ?? String(error)}.`)
  },
}
