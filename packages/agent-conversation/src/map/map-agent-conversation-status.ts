import type { ConversationStatus, UpdateConversationInput } from '@parley/core'

/** What a status is written as. No response carries it back ("Update conversation"). */
export const nativeStatus: Readonly<Record<NonNullable<UpdateConversationInput['status']>, string>> = {
  open: 'active',
  closed: 'inactive',
  archived: 'archived',
} satisfies Partial<Record<ConversationStatus, string>>
