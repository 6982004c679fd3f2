import { type Adapter, type AskTarget, type Attempt, can, need, type SendOptions } from '@parley/core'
import type { Bench } from '../bench.ts'
import { ensure } from './ensure.ts'
import { someContactId } from './sample.ts'
import { questionOf, speakingId } from './speak.ts'
import { collectStream } from './stream.ts'
import { somebody } from './writes.ts'

/** An operation that speaks. */
export interface Verb {
  name: 'ask' | 'stream' | 'reply' | 'note'
  kind: Attempt['kind']
  /** Whether it can open a conversation. */
  opens: boolean
  /** A conversation in which it can be used. */
  place(bench: Bench): Promise<string>
  /** Somebody without a conversation, as far as the vendor has that. */
  contact(bench: Bench): Promise<string>
  run(bench: Bench, adapter: Adapter, target: AskTarget, options: SendOptions): Promise<{ attempt: Attempt }>
}

const others = { place: speakingId, contact: newContactId }

async function newContactId(bench: Bench): Promise<string> {
  const { adapter } = bench
  if (can(adapter, 'contacts.create')) return (await adapter.contacts.create(somebody())).id
  if (can(adapter, 'contacts.upsert')) return (await adapter.contacts.upsert(somebody())).id
  return someContactId(bench)
}

async function operatorsId(bench: Bench): Promise<string> {
  const id = await speakingId(bench)
  if (can(bench.adapter, 'control.takeOver')) await bench.adapter.control.takeOver(id)
  return id
}

export const verbs: readonly Verb[] = [
  {
    ...{ ...others, name: 'ask', kind: 'ask', opens: true },
    run: (bench, adapter, target, options) =>
      need(adapter, 'messages.ask')(target, { text: questionOf(bench), ...bench.harness.use?.ask }, options),
  },
  {
    ...{ ...others, name: 'stream', kind: 'ask', opens: true },
    async run(bench, adapter, target, options) {
      const input = { text: questionOf(bench), ...bench.harness.use?.ask }
      const { answer } = await collectStream(need(adapter, 'messages.stream')(target, input, options))
      ensure(answer, 'The stream ended without an answer.')
      return answer
    },
  },
  {
    ...{ ...others, name: 'reply', kind: 'reply', opens: false },
    place: operatorsId,
    run: (bench, adapter, target, options) =>
      need(adapter, 'messages.reply')(target as string, { text: 'We are.', ...bench.harness.use?.reply }, options),
  },
  {
    ...{ ...others, name: 'note', kind: 'note', opens: false },
    run: (bench, adapter, target, options) =>
      need(adapter, 'messages.note')(target as string, { text: 'They called.', ...bench.harness.use?.note }, options),
  },
]
