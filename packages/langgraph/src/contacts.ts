import { type Call, type Contact, type ContactOperations, ignoreOptions } from '@parley/core'
import { digest, ensureContact, type KnownVisitor } from '@parley/core/operations'
import type { Context } from './protocol.ts'

/**
 * The server has no contacts: a contact is only the id in the metadata of its threads (option `contactKey`). So `ensure`
 * sends nothing.
 */
export type LangGraphContacts = Pick<ContactOperations, 'ensure'>

export const createContacts = (context: Context): LangGraphContacts => ({
  ensure: async (visitor, options) => {
    const call = context.begin('contacts.ensure', options)
    return ensureContact(context, call, visitor, {
      find: {},
      make: async (known) => ({ contact: await contactOf(call, known) }),
    })
  },
})

/** A visitor without an external id gets one from the verified email or phone, so that it is the same every time. */
async function contactOf(call: Call, visitor: KnownVisitor): Promise<Contact> {
  const { vendor, account, reading } = call
  const { externalId, email, phone } = visitor
  const id = externalId ?? `verified-${await digest(email?.toLowerCase() ?? (phone as string))}`
  const dropped = ['name', 'firstName', 'lastName', 'email', 'phone', 'customFields'] as const
  ignoreOptions(call, visitor, dropped, 'the server keeps only the id of a contact.')
  return { ref: reading.ref('contact', id), vendor, account, id, ...(externalId !== undefined && { externalId }) }
}
