import {
  type Call,
  type CreateConversationInput,
  checkId,
  checkInput,
  ignoreOptions,
  invalid,
  isParleyError,
  isRaw,
  type OperationOptions,
  vendorOptions,
} from '@parley/core'
import type { LeadConnectorClient } from './leadconnector-client.ts'
import { type LeadConnectorConversation, searchConversations } from './leadconnector-conversation-list.ts'
import { unwrap } from './leadconnector-unwrap.ts'
import { readConversation } from './read/read-leadconnector-conversation.ts'

/** Waits between two looks for a conversation that exists and that the search does not show yet, in milliseconds. */
const lookAgainAfter = [1_000, 2_000, 4_000]

export async function createConversation(
  client: LeadConnectorClient,
  input: CreateConversationInput,
  options: OperationOptions | undefined,
): Promise<LeadConnectorConversation> {
  const call = client.begin('conversations.create', options)
  vendorOptions(call, checkInput(call, input).vendor, {})
  if (input.contact === null) throw invalid(call, 'contact', 'is required: there are no anonymous conversations')
  const contactId = checkId(call, input.contact, 'contact')
  ignoreOptions(call, input, ['title'], 'conversations have no title.')
  ignoreOptions(call, input, ['context'], 'conversations have no background text.')
  ignoreOptions(call, input, ['customFields'], 'conversations have no custom fields.')
  ignoreOptions(call, input, ['stateId'], 'conversations have no state.')
  ignoreOptions(call, input, ['channel'], 'the channel is that of the last message.')
  const body = { locationId: client.locationId, contactId }
  // The slash at the end is part of the path.
  const spec = client.spec('conversations', { method: 'POST', path: '/conversations/', body })
  try {
    return await call.read(spec, (answer, reading) => readConversation(unwrap(answer, 'conversation'), reading))
  } catch (error) {
    if (!isParleyError(error) || error.code !== 'conflict') throw error
    const existing = await findExisting(client, call, contactId)
    if (!existing) throw error
    call.reading.warn('degraded', 'The contact has a conversation already; it is given back instead of a new one.')
    return existing
  }
}

/** The refusal does not name the conversation, and the search shows a new one only after seconds. */
async function findExisting(
  client: LeadConnectorClient,
  call: Call,
  contactId: string,
): Promise<LeadConnectorConversation | undefined> {
  for (const wait of [...lookAgainAfter, undefined]) {
    const found = await findByContact(client, call, contactId)
    if (found || wait === undefined || (await call.wait(wait))) return found
  }
  return undefined
}

/** The one conversation of a contact, if the search shows it. */
export async function findByContact(
  client: LeadConnectorClient,
  call: Call,
  contactId: string,
): Promise<LeadConnectorConversation | undefined> {
  const { raws } = await searchConversations(client, call, { contactId, limit: 1 })
  const raw = raws.find((candidate) => isRaw(candidate) && candidate['contactId'] === contactId)
  return isRaw(raw) ? readConversation(raw, call.reading) : undefined
}
