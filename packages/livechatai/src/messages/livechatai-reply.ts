import {
  anyOf,
  beginSending,
  type Call,
  checkInput,
  checkOptionalText,
  checkText,
  ignoreOptions,
  isRaw,
  type Message,
  mayHaveHappened,
  type ParleyError,
  pathOf,
  type ReplyInput,
  readBack,
  type SendOptions,
  type Sent,
  type Target,
  timeToSend,
  vendorOptions,
} from '@parley/core'
import { conversationIdOf } from '../livechatai-check.ts'
import { begin, type LiveChatAIContext } from '../livechatai-context.ts'
import { errorOf } from '../livechatai-error.ts'
import { readReply } from '../read/read-livechatai-reply.ts'
import type { LiveChatAIRawReply } from '../wire/index.ts'

import { messageTypeOf } from './livechatai-message-type.ts'
import { sentReader } from './livechatai-sent.ts'

/** As a teammate: "conversations/reply". */
export async function reply(
  context: LiveChatAIContext,
  target: Target<{ id: string }>,
  replyInput: ReplyInput,
  options: SendOptions | undefined,
): Promise<Sent> {
  const call = begin(context, 'messages.reply', options)
  const conversationId = conversationIdOf(call, target)
  const input = checkInput(call, replyInput)
  const text = checkText(call, input.text, 'text')
  if (input.sendAt !== undefined && input.sendAt !== null)
    throw errorOf(call, 'unsupported', 'nothing can be sent later here.', [
      { path: 'sendAt', problem: 'is not possible' },
    ])
  const own = vendorOptions(call, input.vendor, { messageType: anyOf('TEXT', 'IMAGE') })
  const messageType = messageTypeOf(call, own.messageType, text, input.attachments)
  const userId = checkOptionalText(call, input.operatorId, 'operatorId')?.trim() || context.userId
  if (userId === undefined) throw nobody(call)
  ignoreOptions(
    call,
    input,
    ['html', 'subject', 'channel', 'inReplyTo'],
    'it sends a text over the conversation’s own channel.',
  )
  const given = { kind: 'reply', conversationId, text, after: input.after, operatorId: userId } as const
  const { attempt, learn } = await beginSending(call, options, given)
  const sent = (outcome: Sent['outcome'], message: Message | null, messageId = message?.id ?? null): Sent => ({
    outcome,
    message,
    messageId,
    conversationId,
    attempt,
    warnings: call.reading.warnings,
  })
  try {
    const path = pathOf`/conversations/${conversationId}/reply`
    const tryTimeout = timeToSend(call, context.transport.settings.tryTimeout)
    const body = { message: text, userId, messageType }
    const answer = await call.request({ method: 'POST', path, body, tryTimeout })
    const said = readSaid(call, answer.body, conversationId)
    await learn({ messageId: said.messageId }, 'answer')
    return sent('accepted', said.message, said.messageId)
  } catch (error) {
    if (!mayHaveHappened(error)) throw error
    const found = await readBack({ call, reader: sentReader(context), attempt })
    if (!found) return sent('unknown', null)
    await learn({ messageId: found.message.id }, 'reading')
    return sent('accepted', found.message)
  }
}

/** The vendor has taken it, whatever its answer looks like. */
function readSaid(
  call: Call,
  body: unknown,
  conversationId: string,
): { message: Message<LiveChatAIRawReply> | null; messageId: string | null } {
  const { reading } = call
  const data = isRaw(body) && isRaw(body['data']) ? body['data'] : {}
  const message = reading.nested(data, 'message', (raw) => readReply(raw, reading, conversationId)) ?? null
  return { message, messageId: message?.id ?? (reading.text(data, 'messageId') || null) }
}

const nobody = (call: Call): ParleyError => {
  const said =
    'it is not said who replies. Pass operatorId, or the option userId, or set the environment variable LIVECHATAI_USER_ID.'
  return errorOf(call, 'configuration', said, [{ path: 'userId', problem: 'is required for replying' }])
}
