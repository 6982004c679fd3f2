import {
  type Agent,
  type AgentAction,
  type AgentActionType,
  compact,
  isRecord,
  type Payload,
  type PayloadReader,
  type Term,
  vocabulary,
  type WorkingHours,
} from '@parley/core'
import { channel } from './read.ts'

const kind = vocabulary<AgentActionType>({
  flow: 'trigger-workflow',
  field: 'update-contact-field',
  booking: 'book-appointment',
  stop: 'stop-agent',
  human: 'hand-over',
  nudge: 'follow-up',
  pass: 'transfer-bot',
  http: 'api-call',
})
const trigger = vocabulary({
  ...{ goodbye: 'goodbye', custom: 'custom', default: 'default', stuck: 'unresolved' },
  ...{ asked: 'contact-request', unsure: 'lack-of-information' },
})
const scenario = vocabulary({ busy: 'busy', silent: 'stopped-replying', asked: 'requested' })
const change = vocabulary({ add: 'add', update: 'update', delete: 'delete' })
const clock = vocabulary({ customer: 'contact', house: 'business' })

const nothing: Term<never> = { value: 'unknown', native: null }

export const readAgent = (raw: Payload, reading: PayloadReader): Agent => {
  const on = reading.flag(raw, 'on')
  return {
    ...reading.entity('agent', reading.id(raw), raw),
    name: reading.text(raw, 'name') ?? null,
    status: on === undefined ? nothing : { value: on ? 'active' : 'inactive', native: on },
    ...compact<Partial<Agent>>({
      goal: reading.text(raw, 'purpose'),
      personality: reading.text(raw, 'tone'),
      instructions: reading.text(raw, 'orders'),
    }),
  }
}

export function readAction(raw: Payload, reading: PayloadReader): AgentAction {
  const { value, native } = reading.term(raw, 'kind', kind) ?? nothing
  const does = isRecord(raw['does']) ? raw['does'] : {}
  const known = parts[value]
  return compact<Record<string, unknown>>({
    ...reading.entity('action', reading.id(raw), raw),
    kind: value,
    native: native === null ? null : String(native),
    name: reading.text(raw, 'name') ?? null,
    agentId: reading.text(raw, 'agent') ?? '',
    enabled: reading.flag(raw, 'on'),
    ...known(does, reading),
    attributes: reading.object(does, 'more') ?? undefined,
  }) as AgentAction & Record<string, unknown>
}

type Parts = (does: Payload, reading: PayloadReader) => Record<string, unknown>

const told: Parts = (does, reading) => ({
  condition: reading.text(does, 'when'),
  examples: reading.texts(does, 'examples'),
})
const lastly: Parts = (does, reading) => ({
  finalMessage: reading.text(does, 'last'),
  reactivation: 'wake' in does ? { afterMs: times1000(reading.number(does, 'wake')) } : undefined,
  tags: reading.texts(does, 'tags'),
  trigger: reading.term(does, 'trigger', trigger),
})
const times1000 = (seconds: number | null | undefined): number | null => (seconds ? seconds * 1000 : null)

const parts: Readonly<Record<AgentActionType | 'unknown', Parts>> = {
  'trigger-workflow': (does, reading) => ({
    workflowIds: reading.texts(does, 'flows') ?? [],
    condition: reading.text(does, 'when'),
    message: reading.text(does, 'say'),
  }),
  'update-contact-field': (does, reading) => ({
    fieldId: reading.text(does, 'field') ?? null,
    description: reading.text(does, 'note'),
    examples: reading.list(does, 'examples', (example) =>
      compact<Record<string, unknown>>({
        text: reading.text(example, 'text'),
        change: reading.term(example, 'change', change),
      }),
    ),
  }),
  'book-appointment': (does, reading) => ({
    calendarId: reading.text(does, 'calendar'),
    onlySendsLink: reading.flag(does, 'link'),
  }),
  'stop-agent': (does, reading) => ({ ...told(does, reading), ...lastly(does, reading) }),
  'hand-over': (does, reading) => ({
    ...told(does, reading),
    ...lastly(does, reading),
    assigneeId: reading.text(does, 'to'),
  }),
  'follow-up': (does, reading) => ({
    scenario: reading.term(does, 'scenario', scenario),
    steps: reading.list(does, 'steps', (step) => ({
      id: reading.number(step, 'id'),
      afterMs: times1000(reading.number(step, 'after')),
      message: reading.text(step, 'say') ?? null,
      workflowId: reading.text(step, 'flow') ?? null,
    })),
    settings: reading.nested(does, 'settings', (settings) =>
      compact<Record<string, unknown>>({
        switchesChannel: reading.flag(settings, 'switches'),
        withinHours: reading.flag(settings, 'kept'),
        timezone: reading.term(settings, 'clock', clock),
        hours: reading.list(settings, 'days', (day) => ({
          day: reading.number(day, 'day'),
          intervals: reading.list(day, 'spans', readSpan(reading)) ?? [],
        })),
      }),
    ),
  }),
  'transfer-bot': (does, reading) => ({
    ...told(does, reading),
    trigger: reading.term(does, 'trigger', trigger),
    toAgentId: reading.text(does, 'to') ?? null,
  }),
  'api-call': () => ({}),
  unknown: () => ({}),
}

const readSpan = (reading: PayloadReader) => (span: Payload) => ({
  from: reading.text(span, 'from') ?? '',
  to: reading.text(span, 'to') ?? '',
})

export const readHours = (raw: Payload, reading: PayloadReader): WorkingHours => ({
  agentId: reading.text(raw, 'agent') ?? '',
  enabled: reading.flag(raw, 'on') ?? false,
  channels: (reading.texts(raw, 'where') ?? []).map((word) => reading.word(word, 'where', channel)),
  timezone: reading.term(raw, 'clock', clock) ?? nothing,
  schedule:
    reading.list(raw, 'week', (day) => ({
      day: day['day'] as WorkingHours['schedule'][0]['day'],
      intervals: reading.list(day, 'spans', readSpan(reading)) ?? [],
    })) ?? [],
  continuesForMs: times1000(reading.number(raw, 'linger')),
  autoReply: reading.text(raw, 'away') ?? null,
  followUp: reading.text(raw, 'back') ?? null,
  ...(reading.keepRaw && { raw }),
})
