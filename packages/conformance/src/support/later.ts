import { type Adapter, can, type Message, need } from '@parley/core'
import type { Bench } from '../bench.ts'
import { ensure } from './ensure.ts'
import { threadOf } from './sample.ts'
import { speakingId } from './speak.ts'

/** The day after the last thing that happened: later than now, on the server's clock too. */
export async function tomorrow(adapter: Adapter): Promise<string> {
  const last = (await adapter.conversations?.list?.())?.items[0]?.lastActivityAt
  const now = Math.max(Date.now(), last ? Date.parse(last) : 0)
  return new Date(now + 86_400_000).toISOString()
}

/** Sends a reply for tomorrow, and finds it in the thread. */
export async function replyLater(bench: Bench, text: string): Promise<{ sendAt: string; message: Message }> {
  const { adapter, harness } = bench
  const id = await speakingId(bench)
  if (can(adapter, 'control.takeOver')) await adapter.control.takeOver(id)
  const sendAt = await tomorrow(adapter)
  const sent = await need(adapter, 'messages.reply')(id, { text, sendAt, ...harness.use?.reply })
  ensure(sent.outcome === 'accepted', `The reply for later was "${sent.outcome}" instead of accepted.`)
  const message = (await threadOf(adapter, id)).find((each) => each.id === sent.messageId || each.text === text)
  ensure(message, 'The reply for later is not in the thread.')
  return { sendAt, message }
}

export const isWaiting = async (adapter: Adapter, { id, conversationId }: Message): Promise<boolean> =>
  (await threadOf(adapter, conversationId)).some((each) => each.id === id && each.status?.value === 'scheduled')
