import { type Adapter, type Answer, can, need, type OperationOptions, type Sent } from '@parley/core'
import type { Bench } from '../bench.ts'
import { someContactId, talkingId } from './sample.ts'

export const questionOf = ({ harness }: Bench): string => harness.use?.question ?? 'When are you open?'

/** Where to speak: what the harness names, else a new conversation, else one that exists. */
export async function speakingId(bench: Bench): Promise<string> {
  const { harness, adapter } = bench
  if (harness.use?.speakingId !== undefined) return harness.use.speakingId
  if (!can(adapter, 'conversations.create')) return talkingId(bench)
  const { id } = await adapter.conversations.create({ contact: await someContactId(bench) })
  return id
}

export const ask = (
  { harness }: Bench,
  adapter: Adapter,
  conversationId: string,
  text: string,
  options?: OperationOptions,
): Promise<Answer> => need(adapter, 'messages.ask')(conversationId, { text, ...harness.use?.ask }, options)

/** As an operator, who takes the conversation over first where that can be done. */
export async function reply({ harness }: Bench, adapter: Adapter, conversationId: string, text: string): Promise<Sent> {
  if (can(adapter, 'control.takeOver')) await adapter.control.takeOver(conversationId)
  return need(adapter, 'messages.reply')(conversationId, { text, ...harness.use?.reply })
}
