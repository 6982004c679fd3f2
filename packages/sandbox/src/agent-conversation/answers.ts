import { storedText } from '../kit/emulator.ts'
import { answer } from '../world/answer.ts'
import type { Article, BotAnswer } from '../world/world.ts'
import type { AgentCall } from './call.ts'
import {
  type AiResponse,
  type PendingAnswer,
  type StoredConversation,
  type StoredMessage,
  type StoredMessageFile,
  storeMessage,
  tokenOf,
} from './state.ts'
import { announce, keepDialog } from './webhooks.ts'

const asksForPerson = /\b(human|real person|a person|colleague|someone from the team)\b/i

/** Stores a user's message to the agent. */
export function storeQuestion(
  call: AgentCall,
  conversation: StoredConversation,
  { text, files }: { readonly text: string; readonly files: readonly StoredMessageFile[] },
): StoredMessage {
  const id = call.state.newId()
  const stored = storedText(call.settings, text)
  if (call.settings.sends === 'stored') keepDialog(call, conversation)
  const question = store(call, conversation, {
    id,
    text: stored,
    rawText: stored,
    senderRole: 'conversation_user',
    questionId: id,
    source: 'api',
    odd: {},
    aiResponse: null,
    subagentId: null,
    files,
    isAnonymized: false,
    createdAt: call.state.tick(),
    feedbacks: [],
  })
  if (call.settings.chat === 'closed' && call.settings.sends === 'stored')
    announce(call, 'chat_currently_unavailable', conversation, question)
  return question
}

/**
 * Stores the agent's answer. If the user asked for a person, the conversation is also handed over, and the agent stops
 * answering.
 */
export function giveAnswer(call: AgentCall, conversation: StoredConversation, question: StoredMessage): StoredMessage {
  const hands = call.settings.escalates && asksForPerson.test(question.text)
  const { text, articles } = hands ? handover : answer(call.context.world, question.text)
  const reply = store(call, conversation, {
    id: call.state.newId(),
    text,
    rawText: text,
    senderRole: 'assistant',
    questionId: question.id,
    source: question.source,
    odd: {},
    aiResponse: {
      reasoning: [`Looked for “${beginningOf(question.text)}” in the knowledge base.`],
      outputText: text,
      ...citationsOf(call.context.world.seed, articles),
    },
    subagentId: null,
    files: [],
    isAnonymized: false,
    createdAt: call.state.tick(),
    feedbacks: [],
  })
  if (call.settings.sends === 'lost') return reply
  if (hands) conversation.mode = 'manual'
  announce(call, 'each_message', conversation, reply)
  return reply
}

const handover: BotAnswer = {
  text: 'Of course. I am passing this on to a colleague, who will write to you here.',
  articles: [],
}

/** Polls a pending answer once. The answer is stored once enough polls were made and the thinking time is over. */
export function lookAt(call: AgentCall, waiting: PendingAnswer): void {
  const early = waiting.looksLeft > 0 || call.context.now() < waiting.readyAt
  waiting.looksLeft -= 1
  if (early || call.settings.failReplies) return
  call.state.pending.delete(waiting.question.id)
  giveAnswer(call, waiting.conversation, waiting.question)
}

/** Stores a message in a conversation, unless the settings lose sends. */
export function store(call: AgentCall, conversation: StoredConversation, message: StoredMessage): StoredMessage {
  if (call.settings.sends === 'lost') return message
  storeMessage(call.state, conversation, message, call.settings.hideSentMs)
  if (call.settings.messagesTouchConversation) conversation.updatedAt = message.createdAt
  return message
}

/** The first sixty characters, counted as a reader sees them. */
const beginningOf = (text: string): string =>
  Array.from(new Intl.Segmenter().segment(text.slice(0, 1000)), ({ segment }) => segment)
    .slice(0, 60)
    .join('')

/** Web pages are cited by address. All other sources are uploaded files, cited by their id in the vector store. */
export function citationsOf(
  seed: number,
  articles: readonly Article[],
): Pick<AiResponse, 'urlCitations' | 'fileCitations'> {
  const files = articles.filter(({ kind }) => kind !== 'website')
  return {
    urlCitations: articles.flatMap(({ kind, url, title }) => (kind === 'website' && url ? [{ url, title }] : [])),
    fileCitations: files.map((article) => ({ fileId: vectorStoreFileId(seed, article), filename: fileName(article) })),
  }
}

export const vectorStoreFileId = (seed: number, { key }: Article): string => `file-${tokenOf(seed, `file/${key}`, 22)}`

export const fileName = ({ kind, key, title }: Article): string => (kind === 'file' ? title : `${key}.md`)
