import { type Call, type Channel, type Conversation, checkId, invalid, type Target, type Term } from '@parley/core'
import type { LeadConnectorClient } from './leadconnector-client.ts'
import { readOne } from './leadconnector-conversation-get.ts'
import { readMessagePage } from './leadconnector-message-page.ts'
import { leadConnectorPageSizes } from './leadconnector-page-sizes.ts'

/** Whom a message concerns, and how it travels. */
export interface Recipient<Type extends string> {
  conversationId: string
  contactId: string | undefined
  type: Type
}

/** Turns a channel into the vendor's type for a direction; `undefined` where nothing can be sent over it. */
type TypeOf<Type extends string> = (channel: Channel | 'unknown', native?: unknown) => Type | undefined

export interface Wanted<Type extends string> {
  /** What the caller said; decides alone. */
  channel: Channel | undefined
  type: Type | undefined
  typeOf: TypeOf<Type>
  /** Whether the vendor must be told the contact. */
  needsContact: boolean
}

/**
 * Completes what a conversation or its id says: from the entity where it can, with one read of the conversation where it
 * cannot, and from its latest messages where the last one (a note, an activity) travelled over no channel.
 */
export async function recipientOf<Type extends string>(
  client: LeadConnectorClient,
  call: Call,
  target: Target<Conversation>,
  wanted: Wanted<Type>,
): Promise<Recipient<Type>> {
  const conversationId = checkId(call, target, 'conversation')
  const given = wanted.type ?? typeOfInput(call, wanted)
  let conversation = typeof target === 'object' ? target : undefined
  const lacks = () =>
    (wanted.needsContact && !conversation?.contact?.id) ||
    (given ?? fromChannel(conversation?.channel, wanted)) === undefined
  if (lacks()) conversation = await readOne(client, call, conversationId)
  const type =
    given ?? fromChannel(conversation?.channel, wanted) ?? (await fromMessages(client, call, conversationId, wanted))
  const contactId = conversation?.contact?.id ?? undefined
  if (wanted.needsContact && contactId === undefined) {
    throw invalid(call, 'conversation', 'has no contact that a message could be sent to')
  }
  return { conversationId, contactId, type }
}

/** @throws InvalidRequestError for a channel that nothing can be sent over. */
export function typeOfInput<Type extends string>(call: Call, { channel, typeOf }: Wanted<Type>): Type | undefined {
  if (channel === undefined) return undefined
  const type = typeOf(channel)
  if (type === undefined) throw invalid(call, 'channel', 'is not one that messages can be sent over at this vendor')
  return type
}

const fromChannel = <Type extends string>(channel: Term<Channel> | undefined, { typeOf }: Wanted<Type>) =>
  channel && typeOf(channel.value, channel.native)

async function fromMessages<Type extends string>(
  client: LeadConnectorClient,
  call: Call,
  conversationId: string,
  wanted: Wanted<Type>,
): Promise<Type> {
  const limit = leadConnectorPageSizes.messages.default
  const { items } = await readMessagePage(client, call, { conversationId, limit })
  for (const { channel } of items) {
    const type = fromChannel(channel, wanted)
    if (type !== undefined) return type
  }
  throw invalid(call, 'channel', 'is required: the conversation does not say how its contact is reached')
}
