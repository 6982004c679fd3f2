import { type Call, isParleyError, isRaw, pathOf } from '@parley/core'
import { refusalOf } from '../agent-conversation-error.ts'
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
  return refusalOf(call, 'conflict', sentences[state], error)
}

type State = 'voice' | 'agent' | 'operator' | 'unknown'

const sentences: Readonly<Record<State, string>> = {
  voice: 'nobody can write into a voice conversation.',
  agent: 'the agent is in control. Take over first (control.takeOver), which silences it for the contact.',
  operator: 'it may just have changed hands; try again.',
  unknown: 'take over first (control.takeOver). Nobody can write into a voice conversation.',
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
