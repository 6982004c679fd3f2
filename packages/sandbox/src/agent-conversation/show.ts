import { company } from '../world/world.ts'
import type { AgentConversationSettings } from './settings.ts'
import {
  iso,
  type Staff,
  type State,
  type StoredAgent,
  type StoredConversation,
  type StoredFeedback,
  type StoredMessage,
  type StoredMessageFile,
  type StoredUser,
} from './state.ts'

/** The data that a view needs beside the record. Every call has it. */
interface Show {
  readonly settings: AgentConversationSettings
  readonly state: State
}

/** How one record shows fields without a value: omitted or null, as the settings say. */
function optional(settings: AgentConversationSettings, id: string): <T>(value: T | null) => T | null | undefined {
  const { missingFields } = settings
  const asNull = missingFields === 'null' || (missingFields === 'mixed' && id.charCodeAt(id.length - 1) % 2 === 0)
  return (value) => value ?? (asNull ? null : undefined)
}

/** All fields that the vendor returns for an agent, including its key, its prompt and its webhooks' headers. */
export function showAgent({ settings, state }: Show, agent: StoredAgent): object {
  const maybe = optional(settings, agent.id)
  const aiConfig = {
    id: agent.aiConfigId,
    model: agent.model,
    temperature: maybe(agent.temperature),
    topP: maybe(agent.topP),
    instructions: maybe(agent.instructions),
    isCodeInterpreterEnabled: agent.isCodeInterpreterEnabled,
    isFileSearchEnabled: agent.isFileSearchEnabled,
    fileSearchMaxNumResults: maybe(agent.fileSearchMaxNumResults),
    reasoningEffort: maybe(agent.reasoningEffort),
    reasoningMode: maybe(agent.reasoningMode),
    isOutputJsonSchemaEnabled: agent.isOutputJsonSchemaEnabled,
    outputJsonSchema: agent.outputJsonSchema,
  }
  return {
    organizationId: state.organizationId,
    organizationName: company.name,
    id: agent.id,
    name: agent.name,
    publicName: agent.publicName,
    role: state.roles.find(({ id }) => id === agent.roleId)?.name,
    description: maybe(agent.description),
    vectorStoreId: `vs_${agent.id.slice(0, 8)}`,
    ...(settings.edition === 'current' ? { aiConfig } : { assistant: { ...aiConfig, tools: [] } }),
    avatarUrl: maybe(agent.avatarUrl),
    status: agent.status,
    tags: agent.tags,
    skills: [
      { systemName: 'LIVE_CHAT', status: 'active', welcomeMessage: `Hi, I am ${agent.publicName}.` },
      { systemName: 'SMS', status: 'active' },
      { systemName: 'EMAIL', status: 'active' },
      { systemName: 'VOICE', status: 'active' },
      { systemName: 'MS_TEAMS', status: 'inactive' },
      agent.isApiSkillEnabled
        ? { systemName: 'API', status: 'active', apiKey: agent.apiKey }
        : { systemName: 'API', status: 'inactive' },
      {
        systemName: 'ESCALATION',
        status: settings.escalates ? 'active' : 'inactive',
        autoChangeConversationMode: true,
        headers: { 'X-Escalation-Token': 'made-up-escalation-token' },
      },
      {
        systemName: 'WEBHOOK',
        status: 'active',
        webhooks: state.webhooks
          .filter(({ agentId }) => agentId === agent.id)
          .map(({ title, description, url, triggerCondition, headers }) => {
            return { title, description, url, triggerCondition, headers, status: 'active' }
          }),
      },
    ],
    restrictDocumentsToOwnerOnly: agent.restrictDocumentsToOwnerOnly,
  }
}

/** A user in the vendor's format. An anonymized user keeps the id and loses all identifying fields. */
export function showUser({ settings }: Show, user: StoredUser): object {
  const maybe = optional(settings, user.id)
  const masked = user.isAnonymized
  return {
    id: user.id,
    firstName: masked ? '***' : user.firstName,
    lastName: masked ? '***' : user.lastName,
    email: maybe(masked ? null : user.email),
    phoneNumber: maybe(masked ? null : user.phoneNumber),
    fkId: maybe(user.fkId),
    fkUserId: maybe(user.fkUserId),
    context: maybe(user.context),
    source: maybe(user.source),
    metadata: maybe(user.customData && { customData: user.customData }),
    ...(settings.edition === 'current' && { isAnonymized: masked }),
  }
}

const showAssignedUser = ({ id, firstName, lastName, email, avatarUrl, phoneNumber }: Staff): object => ({
  id,
  firstName,
  lastName,
  email,
  avatarUrl,
  phoneNumber,
})

/** `feedbacks` are in the list and in a single read only. */
export function showConversation(show: Show, stored: StoredConversation, withFeedbacks = false): object {
  const { settings, state } = show
  const maybe = optional(settings, stored.id)
  const common = {
    id: stored.id,
    conversationUserId: stored.userId,
    title: maybe(stored.title),
    score: maybe(stored.score),
    summary: maybe(stored.summary),
    metadata: maybe(stored.customData && { customData: stored.customData }),
    aiCallId: maybe(stored.aiCallId),
    ...(withFeedbacks && { feedbacks: feedbacksOf(stored).map((feedback) => showFeedback(feedback, true)) }),
  }
  if (settings.edition === 'older') return { ...common, threadId: `thread_${stored.aiConversationId.slice(5)}` }
  const user = state.users.get(stored.userId)
  const assignee = state.staff.find(({ id }) => id === stored.assignedTo)
  return {
    ...common,
    aiConversationId: stored.aiConversationId,
    mode: stored.mode,
    conversationStateId: maybe(stored.stateId),
    user: user && showUser(show, user),
    createdAt: iso(stored.createdAt),
    updatedAt: iso(stored.updatedAt),
    assignedUser: maybe(assignee ? showAssignedUser(assignee) : null),
    isAnonymized: stored.isAnonymized,
  }
}

export const feedbacksOf = ({ messages }: StoredConversation): StoredFeedback[] =>
  messages.flatMap(({ feedbacks }) => feedbacks)

/** The feedback of a conversation has dates, the feedback of a message has none. */
function showFeedback(feedback: StoredFeedback, withDates: boolean): object {
  const { id, voteType, question, answer, comment, userEmail } = feedback
  const dates = { createdAt: iso(feedback.createdAt), updatedAt: iso(feedback.updatedAt) }
  return { id, voteType, question, answer, comment, userEmail, ...(withDates && dates) }
}

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
    // The specification requires this field, so a message that answers no question refers to itself.
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

/** Has no URL. A signed URL is requested separately. */
const showMessageFile = ({ id, fileName, openAIFileId, size, createdAt }: StoredMessageFile): object => ({
  id,
  fileName,
  openAIFileId,
  size,
  createdAt: iso(createdAt),
  updatedAt: iso(createdAt),
})
