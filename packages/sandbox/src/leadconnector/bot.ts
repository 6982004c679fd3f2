import { answer } from '../world/answer.ts'
import type { Article } from '../world/world.ts'
import { announceMessage } from './announce.ts'
import {
  badRequest,
  invalid,
  type LocationCall,
  type LocationEndpoint,
  needed,
  ok,
  oneOf,
  type Reply,
  string,
  violations,
} from './http.ts'
import { messageTypeOf } from './message-types.ts'
import {
  type AgentRecord,
  type ConversationRecord,
  type GenerationRecord,
  idFrom,
  type Json,
  type MessageRecord,
  pick,
  withoutUndefined,
} from './records.ts'
import { type LocationState, newId, removeMessage, type State, visibleMessages } from './state.ts'
import { writeMessage } from './write-message.ts'

/**
 * The channel's auto-pilot agent answers a contact's message. The answer is stored now and becomes visible after the
 * thinking time. It is an ordinary outbound message: no field marks it as written by AI.
 */
export function letBotAnswer(
  state: State,
  location: LocationState,
  conversation: ConversationRecord,
  question: MessageRecord,
  channel: string,
): void {
  const now = state.context.now()
  const agent = agentFor(location, channel)
  const input =
    question.body ??
    location.emails.get(question.emailIds?.[0] ?? '')?.html.replace(/<\/?[a-z]\w*(?:\s[^<>]*)?>/gi, ' ')
  if (!agent || !input?.trim() || now < conversation.botSleepsUntil) return
  if (conversation.botAnswers >= agent.autoPilotMaxMessages) return
  conversation.botAnswers += 1
  const { text, articles } = answer(state.context.world, input)
  // The answer is never dated before the question, even if the question is dated in the future.
  const at = Math.max(now + state.context.thinkingTime, question.at)
  const id = newId(state, 'message')
  const visibleAt = now + Math.max(state.context.thinkingTime, state.settings.hideSentMs)
  const history = visibleMessages(conversation, now)
  const email = channel === 'Email' ? { emailIds: [newId(state, 'email')] } : {}
  const message = writeMessage(
    location,
    conversation,
    {
      id,
      messageType: messageTypeOf(channel),
      at,
      visibleAt,
      direction: 'outbound',
      body: text,
      status: 'pending',
      deliveredAt: at + state.settings.deliveryMs,
      contentType: 'text/plain',
      attachments: [],
      source: 'app',
      ...email,
    },
    [{}],
  )
  announceMessage(state, location, message)
  location.generations.set(
    id,
    makeGeneration({
      messageId: id,
      agent,
      input,
      text,
      articles,
      history,
      visibleAt,
    }),
  )
}

const sameWord = (a: string, b: string) => a.toLowerCase().replace(/[-_]/g, '') === b.toLowerCase().replace(/[-_]/g, '')

/** The agent that answers on a channel: an auto-pilot agent of the channel, the primary one first. */
function agentFor(location: LocationState, channel: string): AgentRecord | null {
  const serving = [...location.agents.values()].filter(
    ({ mode, channels }) => sameWord(mode, 'auto-pilot') && channels?.some((served) => sameWord(served, channel)),
  )
  return serving.find(({ isPrimary }) => isPrimary) ?? serving[0] ?? null
}

const unitMs: Readonly<Record<string, number>> = { hours: 3_600_000, minutes: 60_000, seconds: 1000 }

/** Called when a person writes. The channel's bot sleeps, and an answer that it was still writing is never sent. */
export function pauseBots(
  location: LocationState,
  conversation: ConversationRecord,
  channel: string,
  now: number,
): void {
  const agent = agentFor(location, channel)
  if (!agent?.sleepOnManualMessage) return
  const until =
    agent.sleepTime === null
      ? Number.POSITIVE_INFINITY
      : now + agent.sleepTime * (unitMs[agent.sleepTimeUnit ?? 'hours'] ?? 3_600_000)
  conversation.botSleepsUntil = Math.max(conversation.botSleepsUntil, until)
  // Removes the bot's hidden messages only. A client's message may be hidden for a while too, but is still sent.
  const unsent = ({ id, visibleAt }: MessageRecord) => visibleAt > now && location.generations.has(id)
  for (const message of conversation.messages.filter(unsent)) {
    removeMessage(location, message)
    location.generations.delete(message.id)
  }
}

interface GenerationParts {
  readonly messageId: string
  readonly agent: AgentRecord
  readonly input: string
  readonly text: string
  readonly articles: readonly Article[]
  /** Oldest first. The question is the last one. */
  readonly history: readonly MessageRecord[]
  readonly visibleAt: number
  readonly source?: 'conversation' | 'workflow'
  readonly actionLogs?: readonly Json[]
}

/** The generation of one answer, stored with the answer. */
export function makeGeneration(parts: GenerationParts): GenerationRecord {
  const { messageId, agent, input, text, articles, history } = parts
  const chunks = articles.map((article) => ({ article, id: idFrom(`chunk:${article.key}`) }))
  return {
    messageId,
    source: parts.source ?? 'conversation',
    agentId: agent.id,
    agentKeys: (['agentId', 'employeeId'] as const).filter((_, index) => pick(messageId, 3) !== index + 1),
    prompt: promptOf(agent, articles),
    intent: agent.goal,
    input,
    mode: agent.mode,
    responseMessage: text,
    history: history
      .filter(({ body }) => body)
      .slice(-10)
      .map(lineOf),
    faqs: chunks.filter(({ article }) => article.kind === 'faq').map(({ id, article }) => titled(id, article)),
    website: chunks
      .filter(({ article }) => article.kind === 'website')
      .map(({ id, article }) => ({ id, content: article.text, url: article.url })),
    richText: chunks
      .filter(({ article }) => article.kind === 'text' || article.kind === 'file')
      .map(({ id, article }) => titled(id, article)),
    actionLogs: parts.actionLogs ?? [],
    visibleAt: parts.visibleAt,
  }
}

const titled = (id: string, { text, title }: Article): Json => ({ id, content: text, title })

const lineOf = ({ direction, body }: MessageRecord): Json => ({
  role: direction === 'inbound' ? 'user' : 'assistant',
  content: body,
})

function promptOf(agent: AgentRecord, articles: readonly Article[]): string {
  const orders = agent.fullPrompt
    ? [agent.fullPrompt]
    : [`Personality:\n${agent.personality}`, `Intent:\n${agent.goal}`, `Instructions:\n${agent.instructions}`]
  const known = articles.map(({ title, text }) => `# ${title}\n${text}`)
  return [...orders, ...(known.length > 0 ? [`Knowledge:\n${known.join('\n')}`] : [])].join('\n\n')
}

export const generationEndpoints: readonly LocationEndpoint[] = [
  {
    method: 'GET',
    path: '/conversation-ai/generations',
    family: 'conversation-ai',
    scope: 'conversation-ai.readonly',
    handle: getGeneration,
  },
]

function getGeneration({ query, location, now }: LocationCall): Reply {
  const broken = violations({ messageId: needed(string), source: needed(oneOf('conversation', 'workflow')) }, query)
  if (broken.length > 0) return invalid(broken)
  const found = location.generations.get(query['messageId'] ?? '')
  // The vendor gives this response for every message that no AI wrote.
  if (!found || found.source !== query['source'] || found.visibleAt > now) return badRequest('No Ai suggestion Found')
  const { faqs, website, richText } = found
  const knew = faqs.length + website.length + richText.length > 0
  return ok(
    withoutUndefined({
      prompt: found.prompt,
      intent: found.intent,
      input: found.input,
      responseMessage: found.responseMessage,
      mode: found.mode,
      ...Object.fromEntries(found.agentKeys.map((key) => [key, found.agentId])),
      history: found.history,
      actionLogs: found.actionLogs,
      // An answer without knowledge has null for one list and omits the other.
      faqs: knew ? faqs : null,
      website: knew ? website : undefined,
      // Mentioned in the text of the page, but not declared.
      richText: richText.length > 0 ? richText : undefined,
    }),
  )
}
