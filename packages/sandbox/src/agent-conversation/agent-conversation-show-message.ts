import { optional, type Show } from './agent-conversation-show.ts'
import { showFeedback } from './agent-conversation-show-conversation.ts'
import type { StoredMessage, StoredMessageFile } from './agent-conversation-state.ts'
import { iso } from './agent-conversation-time.ts'

export function showMessage(
  { settings }: Pick<Show, 'settings'>,
  conversationId: string,
  stored: StoredMessage,
  withFeedbacks = false,
): object {
  const maybe = optional(settings, stored.id)
  const odd = oddWords(settings.oddValues, stored)
  const strict = settings.shapes === 'documented'
  const text = stored.isAnonymized ? '[anonymized]' : stored.text
  return {
    id: stored.id,
    message: text,
    rawMessage: maybe(stored.isAnonymized ? null : stored.rawText),
    conversationId,
    senderRole: odd.senderRole ?? stored.senderRole,
    // Required by the specification: what answers no question names itself.
    conversationMessageId: strict ? (stored.questionId ?? stored.id) : maybe(stored.questionId),
    source: odd.source ?? stored.source,
    ...((strict || !stored.isUndated) && { createdAt: iso(stored.createdAt) }),
    ...(withFeedbacks && {
      conversationMessageFeedbacks: stored.feedbacks.map((feedback) => showFeedback(feedback, false)),
    }),
    fullAIResponse: maybe(stored.aiResponse && { ...stored.aiResponse, outputText: text }),
    ...(settings.edition === 'current' && {
      subagentId: maybe(stored.subagentId),
      expandedMessage: maybe<string>(null),
      files: stored.files.map(showMessageFile),
      isAnonymized: stored.isAnonymized,
    }),
  }
}

function oddWords(shown: 'none' | 'some' | 'all', { odd }: StoredMessage): StoredMessage['odd'] {
  if (shown === 'none') return {}
  return shown === 'some' ? odd : { senderRole: 'never_seen_role', source: 'never_seen_source' }
}

/** There is no URL in it: a signed one is fetched when it is needed. */
const showMessageFile = ({ id, fileName, openAIFileId, size, createdAt }: StoredMessageFile): object => ({
  id,
  fileName,
  openAIFileId,
  size,
  createdAt: iso(createdAt),
  updatedAt: iso(createdAt),
})
