import { optional, type Show } from './agent-conversation-show.ts'
import type { Staff, StoredUser } from './agent-conversation-state.ts'

/** An end user as the wire has it; anonymised ones keep their id and lose what identifies them. */
export function showUser({ settings }: Show, user: StoredUser): object {
  const maybe = optional(settings, user.id)
  const masked = user.isAnonymized
  return {
    id: user.id,
    firstName: masked ? '***' : user.firstName,
    lastName: masked ? '***' : user.lastName,
    email: maybe(masked ? null : user.email),
    phoneNumber: maybe(masked ? null : user.phoneNumber),
    fkId: maybe(user.fkId),
    fkUserId: maybe(user.fkUserId),
    context: maybe(user.context),
    source: maybe(user.source),
    metadata: maybe(user.customData && { customData: user.customData }),
    ...(settings.edition === 'current' && { isAnonymized: masked }),
  }
}

export const showAssignedUser = ({ id, firstName, lastName, email, avatarUrl, phoneNumber }: Staff): object => ({
  id,
  firstName,
  lastName,
  email,
  avatarUrl,
  phoneNumber,
})
