import { agentRoute, type Call, type Desk, organizationRoute } from './agent-conversation-call.ts'
import { notFound } from './agent-conversation-errors.ts'
import { type Fields, fieldsOf } from './agent-conversation-fields.ts'
import { showAgent } from './agent-conversation-show-agent.ts'
import type { StoredAgent } from './agent-conversation-state.ts'

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
  // Deprecated, and still the key in clear.
  const agentApiKey = agent.isApiSkillEnabled ? agent.apiKey : null
  return call.c.json({ ...showAgent(call, agent), agentApiKey }, 201)
}

/** The fields that both calls take; they lie flat in the body. Only a new agent must have names and tags. */
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
