import {
  beginSending,
  checkId,
  checkInput,
  checkOptionalText,
  checkText,
  compact,
  ignoreOptions,
  mayHaveHappened,
  pathOf,
  type ReplyInput,
  readBack,
  type SendOptions,
  type Sent,
  type Target,
  timeToSend,
  vendorOptions,
} from '@parley/core'
import { refuseLater } from '../agent-conversation-check.ts'
import { type AgentConversationContext, begin } from '../agent-conversation-context.ts'
import { checkFiles, uploadFiles } from '../attachments/agent-conversation-upload.ts'
import { explainRefusal } from './agent-conversation-explain-refusal.ts'
import { sentReader } from './agent-conversation-sent.ts'
import { readStored } from './agent-conversation-stored.ts'
import type { Found } from './agent-conversation-thread.ts'

/** "Send to user in manual mode": as an operator. */
export async function reply(
  context: AgentConversationContext,
  target: Target<{ id: string }>,
  replyInput: ReplyInput,
  options: SendOptions | undefined,
): Promise<Sent> {
  const call = begin(context, 'messages.reply', options)
  const conversationId = checkId(call, target, 'conversation')
  const input = checkInput(call, replyInput)
  const text = checkText(call, input.text, 'text')
  vendorOptions(call, input.vendor, {})
  refuseLater(call, input)
  const files = checkFiles(call, input.attachments)
  const known = {
    message: text,
    conversationMessageId: checkOptionalText(call, input.inReplyTo, 'inReplyTo'),
    authorId: checkOptionalText(call, input.operatorId, 'operatorId') ?? context.operatorId,
  }
  ignoreOptions(
    call,
    input,
    ['html', 'subject', 'channel'],
    'it sends a plain text over the conversation’s own channel.',
  )
  const body = compact<Record<string, unknown>>({
    ...known,
    files: await uploadFiles(call, conversationId, files),
  })
  const given = { kind: 'reply', conversationId, text, after: input.after, operatorId: known.authorId } as const
  const { attempt, learn } = await beginSending(call, options, given)
  const sent = async (
    outcome: Sent['outcome'],
    message: Found | null,
    from: 'answer' | 'reading' = 'answer',
  ): Promise<Sent> => {
    await learn({ messageId: message?.id }, from)
    const { warnings } = call.reading
    return { outcome, message, messageId: attempt.messageId, conversationId, attempt, warnings }
  }
  try {
    const { tryTimeout } = context.transport.settings
    const path = pathOf`/conversations/${conversationId}/send-manual-message`
    const answer = await call.request({ method: 'POST', path, body, tryTimeout: timeToSend(call, tryTimeout) })
    return await sent('accepted', readStored(call, answer.body, conversationId))
  } catch (error) {
    if (!mayHaveHappened(error)) throw await explainRefusal(call, conversationId, error)
    const found = await readBack({ call, reader: sentReader(context), attempt })
    return found ? sent('accepted', found.message, 'reading') : sent('unknown', null)
  }
}
