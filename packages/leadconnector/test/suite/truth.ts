import type { Expectations, Expected, ExpectedEntity } from '@parley/conformance'
import type { AgentAction, AuthorKind, Channel } from '@parley/core'
import type { Shapes, Turn, World } from '@parley/sandbox'
import { iso, told } from '../../../../test/conformance/support/told.ts'
import {
  type ActionRecord,
  type ConversationRecord,
  idFrom,
  type MessageRecord,
} from '../../../sandbox/src/leadconnector/records.ts'
import { seedLocation } from '../../../sandbox/src/leadconnector/seed-conversations.ts'
import { seedNames } from '../../../sandbox/src/leadconnector/seed-credentials.ts'
import type { LocationState } from '../../../sandbox/src/leadconnector/state.ts'

const authors: Readonly<Record<Turn['by'], AuthorKind>> = {
  person: 'contact',
  bot: 'agent',
  operator: 'operator',
  automation: 'automation',
  system: 'system',
}

const channels: Readonly<Record<string, Channel>> = {
  TYPE_SMS: 'sms',
  TYPE_RCS: 'sms',
  TYPE_EMAIL: 'email',
  TYPE_CALL: 'voice',
  TYPE_WHATSAPP: 'whatsapp',
  TYPE_FACEBOOK: 'messenger',
  TYPE_INSTAGRAM: 'instagram',
  TYPE_LIVE_CHAT: 'web',
  TYPE_WEBCHAT: 'web',
  TYPE_TIKTOK: 'tiktok',
  TYPE_GMB: 'google',
  TYPE_INTERNAL_COMMENT: 'internal',
}

/** Where an agent is on, in the vendor's words for it. */
const agentChannels: Readonly<Record<string, Channel>> = {
  SMS: 'sms',
  Email: 'email',
  WhatsApp: 'whatsapp',
  FB: 'messenger',
  IG: 'instagram',
  Live_Chat: 'web',
  WebChat: 'web',
}

/** What the main sub-account has, told by the server's own records, and by the story as to who spoke. */
export function truth(world: World, shapes: Shapes = 'observed'): Expectations {
  const isDocumented = shapes === 'documented'
  const names = seedNames(world)
  const location = seedLocation(world, { ...names, name: 'Main shop' })
  const speakers = new Map(
    world.dialogues.flatMap(({ turns, channel }) =>
      // A call is one message for many turns, and a workflow's answer is told apart by its generation alone.
      channel === 'voice' ? [] : turns.map((turn) => [idFrom(`${location.id}:${turn.key}`), authors[turn.by]] as const),
    ),
  )
  const conversations = [...location.conversations.values()]
  return {
    agents: [...location.agents.values()].map(({ id, name, mode, channels: on, ...agent }) => ({
      ...{ id, name, isDefault: agent.isPrimary, goal: agent.goal, ...told({ businessName: agent.businessName }) },
      ...{ knowledgeBaseIds: agent.knowledgeBaseIds, maxMessages: agent.autoPilotMaxMessages },
      ...{ createdAt: iso(agent.createdAt), updatedAt: iso(agent.updatedAt) },
      actions: agent.actions.map((action) => ({ id: action.id })),
      replyDelayMs: agent.waitTime * (agent.waitTimeUnit === 'minutes' ? 60_000 : 1000),
      pause: {
        ...{ onOperatorMessage: agent.sleepOnManualMessage, onAutomationMessage: agent.sleepOnWorkflowMessage },
        ...(agent.sleepTimeUnit === 'hours' && { durationMs: (agent.sleepTime ?? 0) * 3_600_000 }),
      },
      status: { value: mode === 'off' ? ('inactive' as const) : ('active' as const), native: mode },
      // The specification has no agent without the list.
      channels: (on ?? (isDocumented ? [] : undefined))?.map((word) => ({
        value: agentChannels[word] ?? ('unknown' as const),
      })),
    })),
    conversations: conversations.map((record) =>
      isDocumented ? declaredOf(conversationOf(location, record)) : conversationOf(location, record),
    ),
    contacts: [...location.contacts.values()]
      .slice(0, 15)
      .map(({ id, firstName, lastName, email, phone, ...more }) => ({
        id,
        ...told({ name: [firstName, lastName].filter(Boolean).join(' '), firstName, lastName, email, phone }),
        ...told({ companyName: more.companyName, country: more.country, timezone: more.timezone }),
        ...told({ assigneeId: more.assignedTo, origin: more.source }),
        ...{ tags: more.tags, doNotDisturb: more.dnd },
        ...{ createdAt: iso(more.dateAdded), updatedAt: iso(more.dateUpdated) },
      })),
    messages: Object.fromEntries(
      conversations
        .filter((_, index) => index % 10 === 0)
        .map(({ id, messages }) => [
          id,
          messages.map((record) => {
            const { updatedAt, ...message } = messageOf(record, speakers.get(record.id))
            return isDocumented ? message : { ...message, updatedAt }
          }),
        ]),
    ),
    actions: Object.fromEntries([...location.agents.values()].map(({ id, actions }) => [id, actions.map(actionOf)])),
    knowledge: [...location.knowledgeBases.values()].flatMap(({ id: knowledgeBaseId, faqs, pages }) => [
      ...faqs.map(({ id, question, answer, createdAt, updatedAt }) => ({
        ...{ id, knowledgeBaseId, kind: { value: 'faq' as const }, question, answer },
        ...{ createdAt: iso(createdAt), updatedAt: iso(updatedAt) },
      })),
      ...pages.map(({ id, url, title, status, updatedAt }) => ({
        ...{ id, knowledgeBaseId, url, updatedAt: iso(updatedAt), kind: { value: 'website' as const } },
        ...(title && { title }),
        status: { value: status === 'Failed' ? ('failed' as const) : ('ready' as const) },
      })),
    ]),
  }
}

function conversationOf(location: LocationState, record: ConversationRecord) {
  const contact = location.contacts.get(record.contactId)
  const last = record.messages.at(-1)
  const channel = channels[last?.messageType ?? '']
  const name = [contact?.firstName, contact?.lastName].filter(Boolean).join(' ')
  return {
    id: record.id,
    unreadCount: record.unreadCount,
    contact: { id: record.contactId, ...told({ name, email: contact?.email, phone: contact?.phone }) },
    lastActivityAt: iso(last?.at ?? record.createdAt),
    createdAt: iso(record.createdAt),
    updatedAt: iso(Math.max(record.updatedAt, last?.at ?? record.createdAt)),
    labels: contact?.tags ?? [],
    ...(channel && { channel: { value: channel } }),
    ...(contact?.assignedTo && { assignee: { id: contact.assignedTo } }),
    lastMessage: last ? { text: last.body ?? '', at: iso(last.at) } : null,
  }
}

/** What the search is declared to tell of it: no date but the one that the cursor is made of, and no empty one. */
function declaredOf({ id, unreadCount, contact, lastActivityAt, channel, lastMessage }: Found) {
  return {
    ...{ id, unreadCount, contact, lastActivityAt },
    ...(channel && { channel }),
    ...(lastMessage && { lastMessage: { text: lastMessage.text } }),
  }
}

type Found = ReturnType<typeof conversationOf>

function messageOf(record: MessageRecord, speaker: AuthorKind | undefined) {
  const channel = channels[record.messageType]
  const isActivity = record.messageType.startsWith('TYPE_ACTIVITY')
  return {
    id: record.id,
    createdAt: iso(record.at),
    updatedAt: iso(Math.max(record.updatedAt, record.at)),
    contactId: record.contactId,
    ...told({ failure: record.error, externalId: record.altId }),
    // A recording is behind its own endpoint, never among the attachments.
    ...(record.call?.duration
      ? { attachments: [{ id: `${record.id}#recording`, contentType: 'audio/x-wav' }] }
      : record.attachments && { attachments: record.attachments.map((url) => ({ url })) }),
    ...(channel && { channel: { value: channel } }),
    ...(speaker &&
      record.source !== 'workflow' && {
        author: { kind: speaker, ...told({ id: speaker === 'contact' ? record.contactId : record.userId }) },
        sourcesState: speaker === 'agent' ? ('fetchable' as const) : ('unavailable' as const),
      }),
    ...(isActivity ? { type: { value: 'activity' as const } } : {}),
    ...(record.direction === 'inbound' && { direction: 'inbound' as const }),
    ...(record.messageType === 'TYPE_INTERNAL_COMMENT' && { direction: 'internal' as const }),
    // The text of an email is behind its own endpoint.
    ...(record.emailIds ? { text: undefined, email: { ids: record.emailIds } } : told({ text: record.body || null })),
    ...(record.call && { call: { duration: record.call.duration } }),
  }
}

const hour = 3_600_000

/** What the seeded actions do, told once more in the contract's words. */
const actionWords: Readonly<Record<string, Expected<AgentAction>>> = {
  humanHandOver: {
    kind: 'hand-over',
    trigger: { value: 'contact-request' },
    condition: 'The customer asks for a human being',
    examples: ['Can I talk to somebody?', 'A real person please'],
    finalMessage: 'A colleague will be with you shortly.',
    reactivation: { afterMs: 12 * hour },
    tags: ['handed-over'],
    createsTask: true,
    enabled: true,
  },
  appointmentBooking: {
    ...{ kind: 'book-appointment', onlySendsLink: false, canReschedule: true, canCancel: false },
    ...{ pauseMs: hour, transferToAgentId: null },
  },
  updateContactField: {
    kind: 'update-contact-field',
    description: 'The model of the bike that the customer owns',
    examples: [{ text: 'I ride the city model' }],
  },
  stopBot: {
    ...{ kind: 'stop-agent', trigger: { value: 'goodbye' }, condition: 'The customer says goodbye', tags: [] },
    ...{ examples: ['bye', 'that was all'], finalMessage: 'Have a good ride!', reactivation: { afterMs: null } },
    enabled: true,
  },
  customApi: { kind: 'api-call' },
  triggerWorkflow: {
    ...{ kind: 'trigger-workflow', condition: 'The customer wants printed information', message: 'It is on its way.' },
  },
  advancedFollowup: {
    kind: 'follow-up',
    scenario: { value: 'stopped-replying', native: 'contactStoppedReplying' },
    steps: [
      { id: 1, afterMs: 4 * hour, message: null },
      { id: 2, afterMs: 48 * hour, message: 'Still interested?' },
    ],
    enabled: true,
  },
  transferBot: { kind: 'transfer-bot', trigger: { value: 'default' }, enabled: true },
}

/** Ids are the record's own. */
const actionOf = ({ id, agentId, name, type, details }: ActionRecord): ExpectedEntity<AgentAction> =>
  ({
    ...actionWords[type],
    ...told({
      workflowIds: details['workflowIds'],
      calendarId: details['calendarId'],
      fieldId: details['contactFieldId'],
      assigneeId: details['assignToUserId'],
      toAgentId: details['transferToBot'],
    }),
    ...{ id, agentId, name, native: type },
  }) as ExpectedEntity<AgentAction>
