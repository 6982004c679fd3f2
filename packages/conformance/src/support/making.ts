import {
  type Adapter,
  type AgentActionInput,
  type CreateAgentInput,
  type FollowUpSettingsInput,
  supports,
  type WorkingHoursInput,
} from '@parley/core'
import { Violation } from '../check.ts'

/** Turns a value that was read into one that can be written: a term becomes its value. */
export function asInput(read: unknown): unknown {
  if (Array.isArray(read)) return read.map(asInput)
  if (typeof read !== 'object' || read === null) return read
  if ('value' in read && 'native' in read) return read.value
  return Object.fromEntries(
    Object.entries(read).map(([key, value]) => [key, key === 'raw' || key === 'attributes' ? value : asInput(value)]),
  )
}

export const sampleAgent: CreateAgentInput = {
  name: 'Conformance',
  personality: 'Calm',
  goal: 'Help with orders',
  instructions: 'Answer in one sentence.',
  liveChatEnabled: true,
}

/** The id of an agent that may be changed: a new agent, or the first one of the list. */
export async function someAgentId(adapter: Adapter): Promise<string> {
  if (supports(adapter, 'agents.create')) return (await adapter.agents.create(sampleAgent)).id
  return firstAgentId(adapter)
}

export async function firstAgentId(adapter: Adapter): Promise<string> {
  const [agent] = (await adapter.agents?.list?.())?.items ?? []
  if (!agent) throw new Violation('The account has no agent.')
  return agent.id
}

const followUp: AgentActionInput = {
  kind: 'follow-up',
  name: 'Still there',
  scenario: 'stopped-replying',
  steps: [
    { id: 1, afterMs: 600_000, message: null, workflowId: null },
    { id: 2, afterMs: 7_200_000, message: 'Are you still there?', workflowId: null },
  ],
}

/** A complete action of each kind. @param other the agent that a conversation is handed to. */
export const sampleActions = (other: string): readonly AgentActionInput[] => [
  {
    kind: 'trigger-workflow',
    name: 'Refund',
    workflowIds: ['conformance-workflow'],
    condition: 'They want their money back.',
    message: 'I pass it on.',
  },
  {
    kind: 'update-contact-field',
    name: 'Shoe size',
    fieldId: 'conformance-field',
    description: 'The size of their shoes.',
    examples: [{ text: 'I wear 42.' }, { text: 'Mine is 38.' }],
  },
  { kind: 'book-appointment', name: 'Booking', calendarId: 'conformance-calendar', onlySendsLink: true },
  {
    kind: 'stop-agent',
    name: 'Goodbye',
    enabled: true,
    trigger: 'custom',
    condition: 'They ask for silence.',
    examples: ['Leave me alone.', 'Stop writing.'],
    finalMessage: 'As you wish.',
    reactivation: { afterMs: 7_200_000 },
    tags: ['silent'],
  },
  {
    kind: 'hand-over',
    name: 'To a person',
    enabled: true,
    trigger: 'lack-of-information',
    condition: 'The agent does not know.',
    examples: [],
    finalMessage: 'A colleague takes over.',
    reactivation: { afterMs: null },
    tags: ['to-a-person'],
  },
  { ...followUp, enabled: true },
  {
    kind: 'transfer-bot',
    name: 'To sales',
    enabled: true,
    trigger: 'custom',
    toAgentId: other,
    condition: 'They want to buy.',
    examples: ['I want two.', 'How can I pay?'],
  },
]

export const sampleFollowUp: AgentActionInput = followUp

export const sampleSettings: Omit<FollowUpSettingsInput, 'actionIds'> = {
  switchesChannel: false,
  withinHours: true,
  timezone: 'contact',
  hours: [{ day: 1, intervals: [{ from: '09:00', to: '17:30' }] }],
}

export const sampleHours: WorkingHoursInput = {
  enabled: true,
  channels: ['email'],
  timezone: 'business',
  schedule: [
    { day: 'mon', intervals: [{ from: '09:00', to: '12:30' }] },
    { day: 'fri', intervals: [{ from: '08:15', to: '16:00' }] },
  ],
  continuesForMs: 3_600_000,
  autoReply: 'We are closed.',
  followUp: 'We are back.',
}
