import { parseInstant } from '../kit/clock.ts'
import { agentOf, type Call, type Desk, endpoint, pagination, slice, withOddities } from './endpoint.ts'
import { badRequest, notFound } from './errors.ts'
import { isoSeconds, pick, type State, type StoredConversation, type StoredMessage } from './state.ts'

interface Suggestion {
  readonly conversation: StoredConversation
  readonly asked: StoredMessage
  readonly answered: StoredMessage
}

export function suggestionRoutes(desk: Desk): void {
  endpoint(desk, '/ai-suggestions', { GET: listSuggestions })
  endpoint(desk, '/ai-suggestions/:suggestionId', { GET: retrieveSuggestion, DELETE: dismissSuggestion })
}

/** `ai-suggestions/list`: newest first, though the page does not say so. */
function listSuggestions(call: Call): object {
  const agent = agentOf(call, call.query('agentId'))
  const from = dateTime(call, 'startDate') ?? Number.NEGATIVE_INFINITY
  const until = dateTime(call, 'endDate') ?? Number.POSITIVE_INFINITY
  const found = suggestions(call.state)
    .filter(({ conversation }) => conversation.agentId === agent.id)
    .filter(({ answered }) => answered.createdAt >= from && answered.createdAt <= until)
    .sort((left, right) => right.answered.createdAt - left.answered.createdAt)
  const page = slice(call, found, 'limit', 10)
  return {
    status: 'success',
    data: {
      agentId: agent.id,
      suggestions: page.items.map((each) => shownSuggestion(call, each)),
      pagination: pagination(page),
    },
  }
}

/** `ai-suggestions/retrieve`: the same with `agentId`. */
function retrieveSuggestion(call: Call): object {
  const suggestion = suggestionById(call)
  return {
    status: 'success',
    data: { ...shownSuggestion(call, suggestion), agentId: suggestion.conversation.agentId },
  }
}

/** `ai-suggestions/delete`: marks the suggestion as ignored. */
function dismissSuggestion(call: Call): object {
  call.state.ignoredSuggestions.add(suggestionById(call).answered.id)
  if (call.settings.deleteBody === 'empty') return new Response(null, { status: 204 })
  return { status: 'success', message: 'Suggestion ignored successfully' }
}

function suggestionById(call: Call): Suggestion {
  const id = call.path('suggestionId')
  const suggestion = suggestions(call.state).find(({ answered }) => answered.id === id)
  if (!suggestion) throw notFound('Suggestion')
  return suggestion
}

/** One suggestion for each AI answer without a source. Its id is the id of the AI's message. */
function suggestions(state: State): Suggestion[] {
  return [...state.conversations.values()].flatMap((conversation) =>
    conversation.messages.flatMap((answered, index) => {
      const asked = conversation.messages[index - 1]
      const unfounded = answered.role === 'assistant' && answered.agent === null && answered.source.length === 0
      if (!unfounded || asked?.role !== 'user' || state.ignoredSuggestions.has(answered.id)) return []
      return [{ conversation, asked, answered }]
    }),
  )
}

const shownSuggestion = (call: Call, { conversation, asked, answered }: Suggestion): object =>
  withOddities(
    call.settings,
    {
      id: answered.id,
      userMessage: { id: asked.id, text: asked.content },
      aiMessage: { id: answered.id, text: answered.content },
      evaluationTag: pick(['OUT_OF_CONTEXT', 'INCOMPLETE_ANSWER', 'SHALLOW_ANSWER'], answered.id),
      potentialGap: 'None of the data sources says anything about this question.',
      suggestedImprovement: 'Add a question and answer that covers it.',
      chatId: conversation.id,
      createdAt: isoSeconds(answered.createdAt),
    },
    'suggestion',
  )

function dateTime(call: Call, name: string): number | undefined {
  const value = call.query(name)
  if (value === undefined) return undefined
  const at = /^\d{4}-\d{2}-\d{2}/.test(value) ? parseInstant(value) : Number.NaN
  if (Number.isNaN(at)) throw badRequest(`${name} must be an ISO 8601 date-time`)
  return at
}
