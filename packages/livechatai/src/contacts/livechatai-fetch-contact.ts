import { type Call, type Contact, pathOf } from '@parley/core'
import { bareOf } from '../livechatai-unwrap.ts'
import { readContact } from '../read/read-livechatai-contact.ts'
import type { LiveChatAIRawContact } from '../wire/index.ts'

/** "contacts/retrieve". */
export const fetchContact = (call: Call, id: string): Promise<Contact<LiveChatAIRawContact>> =>
  call.read({ path: pathOf`/contacts/${id}` }, (body, reading) =>
    readContact(reading.asked(bareOf(body), id, 'distinctId', 'name', 'email', 'phone'), reading),
  )
