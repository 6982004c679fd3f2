import {
  type Call,
  type Contact,
  type CreateContactInput,
  checkInput,
  checkOptionalText,
  checkText,
  compact,
  flag,
  ignoreOptions,
  invalid,
  isParleyError,
  isRaw,
  type OptionRules,
  Unreadable,
  vendorOptions,
} from '@parley/core'
import { optionalObject } from '../agent-conversation-check.ts'
import { refusalOf } from '../agent-conversation-error.ts'
import { contextLength } from '../agent-conversation-limits.ts'
import type { AgentConversationVendorOptions } from '../agent-conversation-vendor-options.ts'
import { readContact } from '../read/read-agent-conversation-contact.ts'
import type { AgentConversationRawUser } from '../wire/index.ts'
import { type ContactKey, findContact } from './agent-conversation-find-contact.ts'

const ownOptions: OptionRules<AgentConversationVendorOptions['contacts.create']> = {
  context: (call, value, path) => checkText(call, value, path, contextLength),
  source: checkText,
  fkUserId: checkText,
  skipPhoneNumberValidation: flag,
  skipEmailValidation: flag,
}

/** "Create user". */
export async function createContact(
  call: Call,
  contact: CreateContactInput,
): Promise<Contact<AgentConversationRawUser>> {
  const input = checkInput(call, contact)
  const own = vendorOptions(call, input.vendor, ownOptions)
  const key: ContactKey = {
    email: checkOptionalText(call, input.email, 'email'),
    phoneNumber: checkOptionalText(call, input.phone, 'phone'),
    fkId: checkOptionalText(call, input.externalId, 'externalId'),
  }
  const body = compact<Record<string, unknown>>({
    // A name in one piece is not taken apart: where the last name begins would be a guess.
    firstName: checkText(call, input.firstName, 'firstName'),
    lastName: checkText(call, input.lastName, 'lastName'),
    ...key,
    ...own,
    customData: optionalObject(call, input.customFields, 'customFields'),
  })
  if (!key.email && !key.phoneNumber && !key.fkId)
    throw invalid(call, 'contact', 'must have a phone, an email or an externalId')
  ignoreOptions(call, input, ['country', 'tags'], 'its contacts have none.')
  if (input.name !== undefined && input.name !== `${input.firstName} ${input.lastName}`)
    ignoreOptions(call, input, ['name'], 'a contact is called by its first and last name.')
  try {
    return await call.read({ method: 'POST', path: '/users', body }, (answer, reading) => {
      if (!isRaw(answer)) throw new Unreadable('')
      return readContact(answer, reading)
    })
  } catch (error) {
    if (!isParleyError(error) || error.status !== 400 || !(await isThere(call, key))) throw error
    const said = 'a contact with this externalId, email or phone exists already; contacts.search finds it.'
    throw refusalOf(call, 'conflict', said, error)
  }
}

/** A 400 means "already exists" or a field that was refused, in the same words: whether one is there decides. */
async function isThere(call: Call, { fkId, email, phoneNumber }: ContactKey): Promise<boolean> {
  const keys: ContactKey[] = [{ fkId }, { email }, { phoneNumber }].filter((key) => Object.values(key)[0])
  try {
    for (const key of keys) if (await findContact(call, key)) return true
  } catch (error) {
    // The refusal is what the caller has to hear; that looking failed as well changes nothing about it.
    if (!isParleyError(error)) throw error
  }
  return false
}
