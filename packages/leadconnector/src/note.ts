import {
  anyOf,
  type Conversation,
  checkInput,
  checkText,
  type NoteInput,
  type OptionRules,
  object,
  optionalText,
  type SendOptions,
  type Sent,
  type Target,
  texts,
  vendorOptions,
} from '@parley/core'
import { beginSending } from '@parley/core/operations'
import type { SourceCache } from './generations.ts'
import type { NoteOptions } from './options.ts'
import type { Context } from './protocol.ts'
import { deliverMessage, recipientOf } from './send.ts'

/** An internal comment: the same call as a reply, whose type keeps it inside. */
const type = 'InternalComment'

const ownOptions: OptionRules<NoteOptions> = {
  subType: object,
  status: anyOf('delivered', 'failed', 'pending', 'read'),
}

export async function note(
  context: Context,
  cache: SourceCache,
  target: Target<Conversation>,
  input: NoteInput,
  options: SendOptions | undefined,
): Promise<Sent> {
  const call = context.begin('messages.note', options)
  const message = checkText(call, checkInput(call, input).text, 'text')
  const own = vendorOptions(call, input.vendor, ownOptions)
  const userId = optionalText(call, input.operatorId, 'operatorId')
  const { mentions } = input
  if (mentions !== undefined) texts(call, mentions, 'mentions')
  const wanted = { channel: undefined, type, typeOf: () => undefined, needsContact: true } as const
  const { conversationId, contactId } = await recipientOf(context, call, target, wanted)
  const body = { type, contactId, message, ...own, userId, mentions: mentions?.length ? mentions : undefined }
  const given = {
    kind: 'note',
    conversationId,
    contactId,
    text: message,
    after: input.after,
    operatorId: userId,
  } as const
  return deliverMessage(context, cache, call, body, await beginSending(call, options, given))
}
