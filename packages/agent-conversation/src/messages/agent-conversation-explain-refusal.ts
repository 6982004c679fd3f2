import { type Call, ConflictError, isParleyError, isRaw, pathOf } from '@parley/core'
import { readControl } from '../read/read-agent-conversation-control.ts'

/**
 * A reply is refused with an empty 400 when the agent is in control and when it is a call ("Send to user in manual
 * mode"). Which of them it is, the conversation says.
 *
 * @returns the error to throw; the one that came where it is about something else.
 */
export async function explainRefusal(call: Call, conversationId: string, error: unknown): Promise<unknown> {
  if (!isParleyError(error) || error.status !== 400 || error.fields?.length) return error
  const state = await stateOf(call, conversationId)
  // In manual mode and written: something else was wrong, if the vendor says anything at all.
  if (state === 'operator' && (error.vendorCode ?? error.vendorMessage) !== undefined) return error
  return new ConflictError({
    vendor: call.vendor,
    account: call.account,
    operation: call.operation,
    status: error.status,
    requestId: error.requestId,
    vendorCode: error.vendorCode,
    vendorMessage: error.vendorMessage,
    outcome: 'not-done',
    cause: error,
    message: `${call.vendor} "${call.account}", ${call.operation}: ${sentences[state]}`,
  })
}

type State = 'voice' | 'agent' | 'operator' | 'unknown'

const sentences: Readonly<Record<State, string>> = {
  voice: 'this is a voice conversation, which nobody can write into.',
  agent: 'the agent is in control. Take over first with control.takeOver; the agent then falls silent for the contact.',
  operator: 'its present state did not allow this a moment ago; it may have just changed hands.',
  unknown:
    'its present state does not allow this. Take over first with control.takeOver; into a voice conversation nobody can write.',
}

async function stateOf(call: Call, conversationId: string): Promise<State> {
  try {
    return await call.read({ path: pathOf`/conversations/${conversationId}` }, (body, reading): State => {
      if (!isRaw(body)) return 'unknown'
      return reading.text(body, 'aiCallId') ? 'voice' : readControl(body, reading).holder
    })
  } catch (error) {
    if (!isParleyError(error)) throw error
    return 'unknown'
  }
}
