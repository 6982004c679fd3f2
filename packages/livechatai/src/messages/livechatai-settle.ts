import {
  type Attempt,
  type Call,
  checkId,
  checkInput,
  checkOptionalText,
  checkText,
  checkWord,
  invalid,
  isRaw,
  readTimestamp,
  type Settlement,
} from '@parley/core'

import type { LiveChatAIContext } from '../livechatai-context.ts'
import { answerSoFar } from './livechatai-await-answer.ts'
import { type FoundBack, lookBack } from './livechatai-read-back.ts'
import { fetchThread } from './livechatai-thread.ts'

/** A request that is not answered may still be worked on; what is not there after this never arrived. */
const arrivesWithin = 60_000

/** Reads back what became of a send, and for a question what its answer is so far. */
export async function settle({ agentId }: LiveChatAIContext, call: Call, given: Attempt): Promise<Settlement> {
  const attempt = checked(call, given)
  const found = (await known(call, attempt)) ?? (await lookBack(call, attempt, agentId))
  if (!isRaw(found)) {
    const isOld = call.now() - Date.parse(attempt.startedAt) > arrivesWithin
    return { outcome: found === 'absent' && isOld ? 'not-done' : 'unknown', message: null, answer: null }
  }
  const { conversationId, sent, thread } = found as FoundBack
  if (attempt.kind === 'reply') return { outcome: 'done', message: sent, answer: null }
  const asked = { ...attempt, conversationId, messageId: sent.id }
  const asking = { call, agentId, contactId: thread.contactId ?? undefined, attempt: asked }
  return { outcome: 'done', message: sent, answer: answerSoFar(asking, thread) }
}

/** What was sent, when its id is known already. */
async function known(call: Call, { conversationId, messageId }: Attempt): Promise<FoundBack | undefined> {
  if (conversationId === null || messageId === null) return undefined
  const thread = await fetchThread(call, conversationId)
  const sent = thread.messages.find(({ id }) => id === messageId)
  return sent && { conversationId, sent, thread }
}

function checked(call: Call, given: Attempt): Attempt {
  const { kind, conversationId, messageId, text, startedAt } = checkInput(call, given)
  if (!checkWord(call, kind, 'attempt.kind', ['ask', 'reply']))
    throw invalid(call, 'attempt.kind', 'must be ask or reply')
  const started = typeof startedAt === 'string' ? readTimestamp(startedAt) : undefined
  if (started === undefined) throw invalid(call, 'attempt.startedAt', 'must be an instant')
  // Only a question can open a conversation.
  const isNew = kind === 'ask' && (conversationId === null || conversationId === undefined)
  return {
    kind,
    conversationId: isNew ? null : checkId(call, conversationId, 'attempt.conversationId'),
    messageId: checkOptionalText(call, messageId, 'attempt.messageId') ?? null,
    text: checkText(call, text, 'attempt.text'),
    startedAt: started,
  }
}
