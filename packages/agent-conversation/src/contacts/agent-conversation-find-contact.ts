import { type Call, type Contact, isRaw, Unreadable } from '@parley/core'
import { isEntityMissing } from '../agent-conversation-protocol.ts'
import { readContact } from '../read/read-agent-conversation-contact.ts'
import type { AgentConversationRawUser } from '../wire/index.ts'

/** What the vendor can look a contact up by, in the order in which it is tried. */
export interface ContactKey {
  email?: string | undefined
  phoneNumber?: string | undefined
  fkId?: string | undefined
}

/** "Search users": one contact at most; nobody is a 404. */
export async function findContact(call: Call, key: ContactKey): Promise<Contact<AgentConversationRawUser> | undefined> {
  try {
    return await call.read({ path: '/users/search', query: { ...key } }, (body, reading) => {
      if (!isRaw(body)) throw new Unreadable('user')
      const { user } = body as { user?: unknown }
      if (user === null) return undefined
      if (!isRaw(user)) throw new Unreadable('user')
      return readContact(user, reading, reading.texts(body, 'conversationIds'))
    })
  } catch (error) {
    if (isEntityMissing(error)) return undefined
    throw error
  }
}
