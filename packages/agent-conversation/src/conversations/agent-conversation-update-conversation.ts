import {
  type Call,
  type Conversation,
  checkChange,
  checkInput,
  checkOptionalText,
  checkWord,
  compact,
  type ParleyError,
  pathOf,
  type UpdateConversationInput,
  vendorOptions,
} from '@parley/core'
import type { AgentConversationContext } from '../agent-conversation-context.ts'
import { errorOf } from '../agent-conversation-error.ts'
import { contextLength, titleLength } from '../agent-conversation-limits.ts'
import { nativeStatus } from '../map/map-agent-conversation-status.ts'
import type { AgentConversationRawConversation } from '../wire/index.ts'
import { requestConversation } from './agent-conversation-fetch-conversation.ts'

/** "Update conversation": only what changes is sent. */
export async function updateConversation(
  context: AgentConversationContext,
  call: Call,
  id: string,
  changes: UpdateConversationInput,
): Promise<Conversation<AgentConversationRawConversation>> {
  const input = checkInput(call, changes)
  vendorOptions(call, input.vendor, {})
  for (const name of ['isRead', 'isStarred'] as const) if (input[name] !== undefined) throw unsupported(call, name)
  const status = checkWord(call, input.status, 'status', ['open', 'closed', 'archived'])
  const body = compact<Record<string, unknown>>({
    title: checkOptionalText(call, input.title, 'title', titleLength),
    context: checkOptionalText(call, input.context, 'context', contextLength),
    status: status && nativeStatus[status],
    conversationStateId: checkOptionalText(call, input.stateId, 'stateId'),
  })
  checkChange(call, body, ['title', 'context', 'status', 'stateId'])
  const spec = { method: 'PUT', path: pathOf`/conversations/${id}`, body } as const
  const conversation = await requestConversation(context, call, spec, id)
  // The answer does not carry it, but it is what was just written and accepted.
  if (status) conversation.status = { value: status, native: nativeStatus[status] }
  return conversation
}

/** A change that would not be made must not look as if it were. */
const unsupported = (call: Call, name: string): ParleyError =>
  errorOf(call, 'unsupported', `the vendor keeps no ${name} of a conversation; nothing was changed.`, {
    fields: [{ path: name, problem: 'cannot be changed' }],
    outcome: 'not-done',
  })
