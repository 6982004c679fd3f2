import type { EntityKind } from '@parley/core'

/** What each operation is about; an operation of a group that is not named here is about the group's own kind. */
const kinds: Readonly<Record<string, EntityKind>> = {
  'messages.list': 'conversation',
  'messages.ask': 'conversation',
  'messages.stream': 'conversation',
  'messages.reply': 'conversation',
  'messages.note': 'conversation',
  'conversations.deleteForContact': 'contact',
  'attachments.upload': 'conversation',
  'feedback.give': 'message',
  'feedback.dismiss': 'suggestion',
  agents: 'agent',
  conversations: 'conversation',
  messages: 'message',
  sources: 'message',
  contacts: 'contact',
  control: 'conversation',
  generations: 'message',
  knowledge: 'knowledge',
}

export const kindOf = (operation: string): EntityKind | undefined =>
  kinds[operation] ?? kinds[operation.split('.')[0] as string]
