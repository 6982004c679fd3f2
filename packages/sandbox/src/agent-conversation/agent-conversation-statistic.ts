import { type AgentCall, agentRoute, type Desk } from './agent-conversation-call.ts'
import { dateQuery } from './agent-conversation-page.ts'
import type { StoredConversation } from './agent-conversation-state.ts'

/** How much one conversation, or all of them, used. */
interface Usage {
  readonly emails: number
  readonly sms: number
  readonly tokens: number
  readonly seconds: number
  readonly calls: number
  /** Those in which the agent spoke. */
  readonly conversations: number
}

/** What of the agent's conversations counts. */
interface Counted {
  readonly from: number
  readonly to: number
  /** Absent: everybody's, and what was logged for the agent as a whole. */
  readonly isOf?: ((conversation: StoredConversation) => boolean) | undefined
}

const everything: Counted = { from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY }

export function statisticEndpoint(desk: Desk): void {
  agentRoute(desk, 'GET', '/agents/statistic', (call) => {
    const usage = usageOf(call, {
      from: dateQuery(call, 'startDate') ?? everything.from,
      to: dateQuery(call, 'endDate') ?? everything.to,
      isOf: ownerFilter(call),
    })
    return call.c.json({
      tokensUsed: usage.tokens,
      tokensPerConversation: perEach(usage.tokens, usage.conversations),
      vapiSecondsUsed: usage.seconds,
      averageCallDuration: perEach(usage.seconds, usage.calls),
      smsUsed: usage.sms,
      smsPerConversation: perEach(usage.sms, usage.conversations),
      emailsUsed: usage.emails,
      emailsPerConversation: perEach(usage.emails, usage.conversations),
    })
  })
}

const perEach = (amount: number, count: number): number => (count === 0 ? 0 : amount / count)

function ownerFilter({ state, query }: AgentCall): Counted['isOf'] {
  const userIds = [query('conversationUserId'), query('userId')].filter((id) => id !== undefined)
  const [fkId, fkUserId] = [query('fkId'), query('fkUserId')]
  if (userIds.length === 0 && fkId === undefined && fkUserId === undefined) return undefined
  return ({ userId }) => {
    const user = state.users.get(userId)
    return (
      userIds.every((id) => id === userId) &&
      (fkId === undefined || user?.fkId === fkId) &&
      (fkUserId === undefined || user?.fkUserId === fkUserId)
    )
  }
}

export function usageOf({ state, agent }: AgentCall, { from, to, isOf }: Counted = everything): Usage {
  const isWithin = (at: number) => at >= from && at <= to
  const threads = [...state.conversations.values()]
    .filter((conversation) => conversation.agentId === agent.id && (isOf?.(conversation) ?? true))
    .map(({ messages }) =>
      messages.filter(({ senderRole, createdAt }) => senderRole === 'assistant' && isWithin(createdAt)),
    )
    .filter((answers) => answers.length > 0)
  const answers = threads.flat()
  const sent = (source: string) => answers.filter((message) => message.source === source).length
  const logged = (type: string) =>
    state.usage
      .filter((entry) => !isOf && entry.agentId === agent.id && entry.type === type && isWithin(entry.at))
      .reduce((sum, { amount }) => sum + amount, 0)
  return {
    emails: sent('email'),
    sms: sent('sms'),
    // About four characters make a token, which is all that an emulated model can say.
    tokens: answers.reduce((sum, { text }) => sum + Math.ceil(text.length / 4), 0) + logged('OPENAI_TOKENS'),
    seconds: sent('voice') * 20 + logged('VAPI_SECONDS'),
    calls: threads.filter((thread) => thread.some(({ source }) => source === 'voice')).length,
    conversations: threads.length,
  }
}
