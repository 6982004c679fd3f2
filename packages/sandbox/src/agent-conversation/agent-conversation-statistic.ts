import { type AgentCall, agentRoute, type Desk } from './agent-conversation-call.ts'
import { dateQuery } from './agent-conversation-page.ts'
import type { StoredConversation, StoredMessage } from './agent-conversation-state.ts'

type Counted = (message: StoredMessage, conversation: StoredConversation) => boolean

/** Usage totals. The vendor names no fields; these follow its limits. */
export function statisticEndpoint(desk: Desk): void {
  agentRoute(desk, 'GET', '/agents/statistic', (call) => {
    const from = dateQuery(call, 'startDate') ?? Number.NEGATIVE_INFINITY
    const to = dateQuery(call, 'endDate') ?? Number.POSITIVE_INFINITY
    const userId = call.query('conversationUserId') ?? call.query('userId')
    const [fkId, fkUserId] = [call.query('fkId'), call.query('fkUserId')]
    const counted: Counted = ({ createdAt }, conversation) => {
      const user = call.state.users.get(conversation.userId)
      return (
        createdAt >= from &&
        createdAt <= to &&
        (userId === undefined || conversation.userId === userId) &&
        (fkId === undefined || user?.fkId === fkId) &&
        (fkUserId === undefined || user?.fkUserId === fkUserId)
      )
    }
    return call.c.json(usageOf(call, counted))
  })
}

export function usageOf({ state, agent }: AgentCall, counted: Counted): object {
  const own = [...state.conversations.values()].filter(({ agentId }) => agentId === agent.id)
  const messages = own.flatMap((conversation) => conversation.messages.filter((one) => counted(one, conversation)))
  const answers = messages.filter(({ senderRole }) => senderRole === 'assistant')
  const sent = (source: string) => answers.filter((message) => message.source === source)
  const logged = (type: string) =>
    state.usage
      .filter((entry) => entry.agentId === agent.id && entry.type === type)
      .reduce((sum, one) => sum + one.amount, 0)
  return {
    // About four characters make a token, which is all that an emulated model can say.
    tokensAmount: answers.reduce((sum, { text }) => sum + Math.ceil(text.length / 4), 0) + logged('OPENAI_TOKENS'),
    smsAmount: sent('sms').length,
    emailsAmount: sent('email').length,
    secondsAmount: sent('voice').length * 20 + logged('VAPI_SECONDS'),
    messagesAmount: messages.length,
  }
}
