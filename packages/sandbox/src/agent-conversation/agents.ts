import { type AgentCall, agentRoute, type Call, type Desk, dateQuery, organizationRoute, userOf } from './call.ts'
import { type Fields, fieldsOf, notFound } from './errors.ts'
import { showAgent } from './show.ts'
import type { Limits, StoredAgent, StoredConversation } from './state.ts'

const statuses = ['active', 'inactive', 'draft'] as const
const efforts = ['low', 'medium', 'high', 'xhigh', 'minimal', 'none', 'max'] as const
const reasoningModes = ['standard', 'pro'] as const
const required = { required: true } as const

export function agentEndpoints(desk: Desk): void {
  agentRoute(desk, 'GET', '/agents/by-api-key', (call) => call.c.json(showAgent(call, call.agent)))
  organizationRoute(desk, 'POST', '/agents', create)
  organizationRoute(desk, 'PUT', '/agents/:id', async (call) => {
    const known = call.state.agents.get(call.path('id'))
    if (!known) throw notFound()
    const fields = fieldsOf(await call.body())
    const agent: StoredAgent = {
      ...readAgent(fields, known),
      status: fields.choice('status', statuses) ?? known.status,
      avatarUrl: fields.text('avatarUrl') ?? known.avatarUrl,
      backgroundUrl: fields.text('backgroundUrl') ?? known.backgroundUrl,
      defaultErrorMessage: fields.text('defaultErrorMessage') ?? known.defaultErrorMessage,
    }
    fields.check()
    call.state.agents.set(agent.id, agent)
    return call.c.json(showAgent(call, agent))
  })
  organizationRoute(desk, 'GET', '/agent-roles/by-api-key', (call) => call.c.json(call.state.roles))
}

async function create(call: Call): Promise<Response> {
  const fields = fieldsOf(await call.body())
  const roleId = fields.text('roleId', required) ?? ''
  const isKnown = roleId === '' || call.state.roles.some(({ id }) => id === roleId)
  if (!isKnown) fields.refuse('roleId does not exist')
  const id = call.state.newId()
  const blank: StoredAgent = {
    id,
    apiKey: `sandbox-agent-${id}`,
    isApiSkillEnabled: fields.flag('isApiSkillEnabled', true),
    roleId,
    aiConfigId: call.state.newId(),
    name: '',
    publicName: '',
    description: null,
    instructions: null,
    model: 'gpt-5-mini',
    temperature: null,
    topP: null,
    isFileSearchEnabled: false,
    isCodeInterpreterEnabled: false,
    fileSearchMaxNumResults: null,
    reasoningEffort: null,
    reasoningMode: null,
    isOutputJsonSchemaEnabled: false,
    outputJsonSchema: '',
    avatarUrl: null,
    backgroundUrl: null,
    defaultErrorMessage: null,
    status: 'draft',
    tags: null,
    restrictDocumentsToOwnerOnly: false,
  }
  const agent = readAgent(fields, blank, required)
  fields.check()
  call.state.agents.set(id, agent)
  // The field is deprecated. It shows the key in plain text.
  const agentApiKey = agent.isApiSkillEnabled ? agent.apiKey : null
  return call.c.json({ ...showAgent(call, agent), agentApiKey }, 201)
}

/** Reads the flat fields that create and update share. Names and tags are required for a new agent only. */
function readAgent(fields: Fields, before: StoredAgent, rules: { required?: boolean } = {}): StoredAgent {
  const isFileSearchEnabled = fields.flag('isFileSearchEnabled', before.isFileSearchEnabled)
  const fileSearchMaxNumResults = fields.amount('fileSearchMaxNumResults') ?? before.fileSearchMaxNumResults
  if (isFileSearchEnabled && fileSearchMaxNumResults === null) {
    fields.refuse('fileSearchMaxNumResults should not be empty')
  }
  return {
    ...before,
    name: fields.text('name', rules) ?? before.name,
    publicName: fields.text('publicName', rules) ?? before.publicName,
    description: fields.text('description') ?? before.description,
    instructions: fields.text('instructions') ?? before.instructions,
    model: fields.text('model') ?? before.model,
    temperature: fields.amount('temperature') ?? before.temperature,
    topP: fields.amount('topP') ?? before.topP,
    isFileSearchEnabled,
    fileSearchMaxNumResults,
    isCodeInterpreterEnabled: fields.flag('isCodeInterpreterEnabled', before.isCodeInterpreterEnabled),
    reasoningEffort: fields.choice('reasoningEffort', efforts) ?? before.reasoningEffort,
    reasoningMode: fields.choice('reasoningMode', reasoningModes) ?? before.reasoningMode,
    isOutputJsonSchemaEnabled: fields.flag('isOutputJsonSchemaEnabled', before.isOutputJsonSchemaEnabled),
    outputJsonSchema: fields.text('outputJsonSchema', required) ?? before.outputJsonSchema,
    tags: fields.texts('tags', rules) ?? before.tags,
    restrictDocumentsToOwnerOnly: fields.flag('restrictDocumentsToOwnerOnly', before.restrictDocumentsToOwnerOnly),
  }
}

interface Owner {
  /** The name of the subject's id in a response. The vendor's reference documents only the agent's. */
  readonly field: 'agentId' | 'userId'
  id(call: AgentCall): string
}

/** Monthly limits of the agent and of single users. The agent's limits cannot be read: its GET returns the usage. */
export function limitEndpoints(desk: Desk): void {
  const ofAgent: Owner = { field: 'agentId', id: ({ agent }) => agent.id }
  const ofUser: Owner = { field: 'userId', id: (call) => userOf(call).id }
  agentRoute(desk, 'GET', '/agents/limits', (call) => {
    const { emails, sms, tokens, seconds } = usageOf(call)
    return call.c.json({ emailsAmount: emails, smsAmount: sms, tokensAmount: tokens, secondsAmount: seconds })
  })
  agentRoute(desk, 'GET', '/users/:id/limits', (call) => call.c.json(show(call, ofUser, stored(call, ofUser))))
  writeEndpoints(desk, '/agents/limits', ofAgent)
  writeEndpoints(desk, '/users/:id/limits', ofUser)
}

function writeEndpoints(desk: Desk, path: string, owner: Owner): void {
  const write = async (call: AgentCall, id: string): Promise<object> => {
    const limits = await readLimits(call, id)
    call.state.limits.set(owner.id(call), limits)
    return show(call, owner, limits)
  }
  agentRoute(desk, 'POST', path, async (call) => call.c.json(await write(call, call.state.newId()), 201))
  agentRoute(desk, 'PUT', path, async (call) => call.c.json(await write(call, stored(call, owner).id)))
  agentRoute(desk, 'DELETE', path, (call) => {
    const limits = show(call, owner, stored(call, owner))
    call.state.limits.delete(owner.id(call))
    return call.c.json(limits)
  })
}

function stored(call: AgentCall, owner: Owner): Limits {
  const limits = call.state.limits.get(owner.id(call))
  if (!limits) throw notFound()
  return limits
}

const show = (call: AgentCall, { field, id }: Owner, limits: Limits): object => ({
  ...limits,
  [field]: id(call),
  isOrganizationDefault: false,
})

async function readLimits({ body }: AgentCall, id: string): Promise<Limits> {
  const fields = fieldsOf(await body())
  const amount = (name: string): number => fields.amount(name, { required: true }) ?? 0
  const limits = {
    id,
    tokensAmountPerMonth: amount('tokensAmountPerMonth'),
    smsAmountPerMonth: amount('smsAmountPerMonth'),
    emailsAmountPerMonth: amount('emailsAmountPerMonth'),
    secondsAmountPerMonth: amount('secondsAmountPerMonth'),
  }
  fields.check()
  return limits
}

/** The usage of one conversation, or of all of them. */
interface Usage {
  readonly emails: number
  readonly sms: number
  readonly tokens: number
  readonly seconds: number
  readonly calls: number
  /** Counts the conversations in which the agent wrote. */
  readonly conversations: number
}

/** Selects the conversations of the agent that count. */
interface Counted {
  readonly from: number
  readonly to: number
  /** Default: the conversations of all users, and usage that was logged for the agent as a whole. */
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

function usageOf({ state, agent }: AgentCall, { from, to, isOf }: Counted = everything): Usage {
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
    // Four characters count as one token, because the emulated model has no tokenizer.
    tokens: answers.reduce((sum, { text }) => sum + Math.ceil(text.length / 4), 0) + logged('OPENAI_TOKENS'),
    seconds: sent('voice') * 20 + logged('VAPI_SECONDS'),
    calls: threads.filter((thread) => thread.some(({ source }) => source === 'voice')).length,
    conversations: threads.length,
  }
}
