import type { Article } from '../../world/world.ts'
import { idFrom, pick } from '../leadconnector-ids.ts'
import type { Json } from '../leadconnector-json.ts'
import type { AgentRecord, GenerationRecord, MessageRecord } from '../state/leadconnector-records.ts'

export interface GenerationParts {
  readonly messageId: string
  readonly agent: AgentRecord
  readonly input: string
  readonly text: string
  readonly articles: readonly Article[]
  /** Oldest first, the question last. */
  readonly history: readonly MessageRecord[]
  readonly visibleAt: number
  readonly source?: 'conversation' | 'workflow'
  readonly actionLogs?: readonly Json[]
}

/** The evidence behind one answer, kept when it is written. */
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
