import { type Answer, type Call, isParleyError, isRaw, pathOf } from '@parley/core'
import { readControl } from '../read/read-agent-conversation-control.ts'
import { type ResponseReading, readResponse } from '../read/read-agent-conversation-response.ts'
import { type Asked, answered, answerOf, failed } from './agent-conversation-answer.ts'
import { answerIn, fetchThread } from './agent-conversation-thread.ts'

/** "Get response for a message": one look. */
export const fetchResponse = (call: Call, conversationId: string, questionId: string): Promise<ResponseReading> =>
  call.read({ path: pathOf`/conversations/${conversationId}/messages/${questionId}/response-on` }, (body, reading) =>
    readResponse(body, reading, conversationId),
  )

/** What a response that is no longer pending comes to; `undefined` while it is. */
export async function concluded(asked: Asked, response: ResponseReading): Promise<Answer | undefined> {
  const { status, message, error } = response
  if (status === 'pending') return undefined
  if (status === 'failed') return failed(asked, message, error)
  if (message && message.author.kind !== 'contact') return answered(asked, message)
  // Completed without a text: it may be in the thread all the same.
  return (await lookInThread(asked)) ?? answerOf(asked, 'unanswered')
}

/** The answer as the thread has it. A thread that cannot be read has none. */
export async function lookInThread(asked: Asked): Promise<Answer | undefined> {
  const { messageId } = asked.attempt
  if (messageId === null) return undefined
  try {
    const message = answerIn(await fetchThread(asked.call, asked.conversationId, 'asc'), messageId)
    return message && answered(asked, message)
  } catch (error) {
    if (!isParleyError(error)) throw error
    return undefined
  }
}

/** Whether a person is in control right now, so that the agent stays silent. Not knowing counts as no. */
export async function isWithOperator({ call, conversationId }: Asked): Promise<boolean> {
  try {
    return await call.read(
      { path: pathOf`/conversations/${conversationId}` },
      (body, reading) => isRaw(body) && readControl(body, reading).holder === 'operator',
    )
  } catch (error) {
    if (!isParleyError(error)) throw error
    return false
  }
}
