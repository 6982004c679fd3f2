import { type Adapter, buildRef, can, type OperationName } from '@parley/core'
import type { Check } from '../check.ts'
import { collect } from '../support/collect.ts'
import { ensure, ensureFails } from '../support/ensure.ts'
import { readsOf } from '../support/reads.ts'
import { counting } from '../support/requests.ts'
import { ask, speakingId } from '../support/speak.ts'
import { stream } from '../support/stream.ts'
import { writesOf } from '../support/writes.ts'

interface Operation {
  operation: OperationName
  id: string
  run(adapter: Adapter, target: never): unknown
}

export const foreignersAreRefused: Check = {
  group: 'writing',
  name: 'an entity of another vendor, account or kind is refused before anything is sent',
  async run(bench) {
    const { vendor, account } = bench.adapter
    const about = (await writesOf(bench)).flatMap((write) => (write.id === null ? [] : { ...write, id: write.id }))
    const operations: Operation[] = [...(await readsOf(bench)), ...about]
    const say = { text: 'Is anybody there?', ...bench.harness.use?.reply }
    const add = async (operation: OperationName, run: Operation['run']): Promise<void> => {
      if (can(bench.adapter, operation)) operations.push({ operation, id: await speakingId(bench), run })
    }
    await add('messages.ask', (own, target) => ask(bench, own, target, say.text))
    await add('messages.stream', (own, target) => collect(stream(bench, own, target, say.text)))
    await add('messages.reply', (own, target) => own.messages?.reply?.(target, say))
    await add('messages.note', (own, target) => own.messages?.note?.(target, { text: say.text }))

    const requests = counting(bench.harness.fetch)
    const adapter = await bench.open({ fetch: requests.fetch })
    for (const { operation, id, run } of operations) {
      // No operation is about a webhook.
      const wrong = buildRef({ vendor, account, kind: 'webhook', id })
      const targets = {
        'another vendor': { id, vendor: `${vendor}-other` },
        'another account': { id, vendor, account: `${account}-other` },
        'another kind': { id, ref: wrong },
        'a ref': wrong,
      }
      for (const [what, target] of Object.entries(targets)) {
        const before = requests.count()
        const error = await ensureFails(
          (async () => run(adapter, target as never))(),
          'invalid-request',
          `${operation} of ${what}`,
        )
        ensure(error.operation === operation, `${operation} of ${what}: the error names ${error.operation}.`)
        ensure(requests.count() === before, `${operation} of ${what} sent something.`)
      }
    }
  },
}
