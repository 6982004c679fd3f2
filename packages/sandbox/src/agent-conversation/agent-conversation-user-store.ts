import type { AgentCall } from './agent-conversation-call.ts'
import type { Fields } from './agent-conversation-fields.ts'
import type { State, StoredUser } from './agent-conversation-state.ts'

export type UserValues = Omit<StoredUser, 'id' | 'agentIds' | 'isAnonymized' | 'createdAt'>

/** The user whom any of these belongs to. Email addresses are the same whatever their case. */
export function findUser(
  { users }: State,
  { email, phoneNumber, fkId }: Partial<Pick<StoredUser, 'email' | 'phoneNumber' | 'fkId'>>,
): StoredUser | undefined {
  return [...users.values()].find(
    (user) =>
      !user.isAnonymized &&
      ((fkId && user.fkId === fkId) ||
        (email && user.email?.toLowerCase() === email.toLowerCase()) ||
        (phoneNumber && user.phoneNumber === phoneNumber)),
  )
}

export function createUser({ state, agent }: AgentCall, values: UserValues): StoredUser {
  const user: StoredUser = {
    ...values,
    id: state.newId(),
    agentIds: new Set([agent.id]),
    isAnonymized: false,
    createdAt: state.tick(),
  }
  state.users.set(user.id, user)
  return user
}

export function checkContactData(
  fields: Fields,
  { email, phoneNumber }: Pick<UserValues, 'email' | 'phoneNumber'>,
): void {
  const skipsPhone = fields.flag('skipPhoneNumberValidation')
  const skipsEmail = fields.flag('skipEmailValidation')
  if (phoneNumber && !skipsPhone && !/^\+[1-9]\d{6,14}$/.test(phoneNumber)) {
    fields.refuse('phoneNumber must be a valid phone number')
  }
  if (email && !skipsEmail && !/^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(email)) fields.refuse('email must be an email')
}
