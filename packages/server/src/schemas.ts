import { type Channel, type EntityKind, type JsonValue, tryParseRef, type Warning } from '@parley/core'
import { type ModelKind, type Models, schemas } from '@parley/core/schema'
import type {
  AccountState,
  AuditEntry,
  Change,
  CommandResult,
  ContactLink,
  DeskConversation,
  DeskFilter,
  LinkSuggestion,
  Quality,
  SavedReply,
  SavedView,
  SearchCoverage,
  SearchHit,
  Send,
  SendState,
} from '@parley/inbox'
import * as z from 'zod'

// What requests and answers look like. The models are those of `@parley/core/schema`; here is what the server adds.

/** The schemas with a name of their own in the description. */
export const named: z.core.$ZodRegistry<{ id: string }> = z.registry<{ id: string }>()

/** Names a schema. */
const as = <Schema extends z.ZodType>(id: string, schema: Schema): Schema => {
  named.add(schema, { id })
  return schema
}

/** A model of the library. It is a schema of `zod/mini`, which can be used inside those of `zod`. */
export const model = <Kind extends ModelKind>(kind: Kind): z.ZodType<Models[Kind]> => models[kind]

const models = Object.fromEntries(
  (Object.keys(schemas) as ModelKind[]).map((kind) => [
    kind,
    as(`${kind.charAt(0).toUpperCase()}${kind.slice(1)}`, schemas[kind] as unknown as z.ZodType),
  ]),
) as { [Kind in ModelKind]: z.ZodType<Models[Kind]> }

export const refOf = (...kinds: EntityKind[]): z.ZodType<string> =>
  z.string().refine(
    (value) => {
      const parts = tryParseRef(value)
      return parts !== undefined && kinds.includes(parts.kind)
    },
    `must be the ref of a ${kinds.join(' or ')}`,
  )

export const word = (most = 200): z.ZodString => z.string().min(1).max(most)
export const account: z.ZodType<string> = word(500).describe('`vendor:account`')
export const uuid: z.ZodType<string> = z.guid()
const timestamp: z.ZodType<string> = z.string().describe('ISO 8601')
const count = z.number().int().min(0)
const ref = z.string()

/** An instant that a caller writes, in any form of ISO 8601 that the library reads. */
export const instant: z.ZodType<string> = word(100).describe('An instant in ISO 8601')
export const cursor: z.ZodType<string> = word(20_000).describe('The `next` of the previous page')
export const limit: z.ZodType<number> = z.number().int().min(1).max(1000)

export const channel: z.ZodType<Channel> = z.enum([
  ...(['sms', 'email', 'whatsapp', 'messenger', 'instagram', 'tiktok', 'google'] as const),
  ...(['slack', 'teams', 'web', 'voice', 'api', 'internal', 'system'] as const),
])

/** Its description is that of the models’ JSON. */
const jsonValue: z.ZodType<JsonValue> = z.custom<JsonValue>((value) => value !== undefined)

export const jsonObject: z.ZodType<Record<string, unknown>> = z.record(z.string(), z.unknown())

/** Options for single vendors. The adapter checks its own. */
export const vendorOptions: z.ZodType<Record<string, Record<string, unknown>>> = z.record(z.string(), jsonObject)

const warning: z.ZodType<Warning> = as(
  'Warning',
  z.strictObject({
    code: z.enum([
      ...(['unknown-term', 'unreadable-field', 'bad-item', 'local-filter', 'ignored-option'] as const),
      ...(['no-streaming', 'degraded'] as const),
    ]),
    message: z.string(),
    vendor: z.string(),
    account: z.string(),
    operation: z.string(),
    path: z.string().exactOptional(),
  }),
)

const failure = z.strictObject({
  code: z.string(),
  message: z.string(),
  retryable: z.boolean(),
  retryAfterMs: z.number().exactOptional(),
})

const accountState: z.ZodType<AccountState> = as(
  'AccountState',
  z.strictObject({
    account: z.string(),
    state: z.enum(['ok', 'error', 'timeout', 'unsupported', 'done', 'unsynced']),
    asOf: timestamp.nullable(),
    unapplied: z.array(z.string()).exactOptional(),
    stoppedBy: z.enum(['deadline', 'requests']).exactOptional(),
    searched: z.array(z.enum(['titles', 'names', 'previews', 'bodies'])).exactOptional(),
    error: failure.exactOptional(),
  }),
)

const pageFields = {
  next: z.string().nullable(),
  warnings: z.array(warning),
  total: z.number().exactOptional(),
  unapplied: z.array(z.string()).exactOptional(),
}

export const pageOf = (item: z.ZodType): z.ZodType => z.strictObject({ items: z.array(item), ...pageFields })

/** A page over several accounts. */
export const pageOverAccounts = (item: z.ZodType): z.ZodType =>
  z.strictObject({ items: z.array(item), ...pageFields, accounts: z.array(accountState) })

const person = z.strictObject({ id: z.string(), name: z.string().exactOptional() })
const place = z.enum(['vendor', 'overlay'])
const term = <Value extends z.ZodType>(value: Value) =>
  z.strictObject({ value, native: z.union([z.string(), z.number(), z.boolean()]).nullable() })
const placed = <Value extends z.ZodType>(value: Value) => z.strictObject({ value, place })

export const deskConversation: z.ZodType<DeskConversation> = as(
  'DeskConversation',
  z.strictObject({
    ref,
    account: z.string(),
    conversation: model('conversation'),
    status: placed(z.enum(['open', 'closed', 'archived', 'deleted', 'unknown'])),
    assignee: placed(
      z.strictObject({ id: z.string(), name: z.string().nullable().exactOptional() }).nullable(),
    ).exactOptional(),
    lastMessage: z
      .strictObject({
        text: z.string().nullable().exactOptional(),
        at: timestamp.nullable().exactOptional(),
        author: z.enum(['contact', 'agent', 'operator', 'automation', 'system', 'unknown']).exactOptional(),
        channel: term(z.union([channel, z.literal('unknown')])).exactOptional(),
      })
      .nullable()
      .exactOptional(),
    unreadCount: placed(z.number().nullable()),
    snoozedUntil: timestamp.nullable(),
    tags: z.array(z.string()),
    openSends: count,
  }),
)

export const sendState: z.ZodType<SendState> = z.enum(['recorded', 'claimed', 'sent', 'failed', 'unknown'])
export const send: z.ZodType<Send> = as(
  'Send',
  z.strictObject({
    id: z.string(),
    kind: z.enum(['reply', 'note']),
    place,
    state: sendState,
    conversation: ref,
    account: z.string(),
    text: z.string(),
    html: z.string().exactOptional(),
    subject: z.string().exactOptional(),
    channel: channel.exactOptional(),
    attachments: z.array(
      z.strictObject({
        fileName: z.string().nullable(),
        contentType: z.string().nullable(),
        size: z.number().nullable(),
      }),
    ),
    by: person,
    operatorId: z.string().exactOptional(),
    key: z.string().exactOptional(),
    message: ref.nullable(),
    shownBy: ref.nullable(),
    recordedAt: timestamp,
    endedAt: timestamp.nullable(),
    error: z.strictObject({ code: z.string(), message: z.string() }).exactOptional(),
    retryOf: z.string().nullable(),
    retriedBy: z.string().nullable(),
    dismissedAt: timestamp.nullable(),
    warnings: z.array(warning),
  }),
)

export const commandResult: z.ZodType<CommandResult> = as(
  'CommandResult',
  z.strictObject({ place, conversation: deskConversation, warnings: z.array(warning) }),
)

export const auditEntry: z.ZodType<AuditEntry> = as(
  'AuditEntry',
  z.strictObject({
    id: z.string(),
    at: timestamp,
    by: person,
    action: z.string(),
    target: z.string(),
    account: z.string().nullable(),
    outcome: z.enum(['started', 'done', 'overlay', 'refused', 'failed', 'unknown']),
    code: z.string().exactOptional(),
    details: z.record(z.string(), z.union([z.string(), z.null(), z.array(z.string())])).exactOptional(),
    send: z.string().exactOptional(),
  }),
)

export const savedReply: z.ZodType<SavedReply> = as(
  'SavedReply',
  z.strictObject({
    id: z.string(),
    title: z.string(),
    text: z.string(),
    shortcut: z.string().exactOptional(),
    by: person,
    updatedAt: timestamp,
  }),
)

/** One value, or several of which any matches. */
const anyOf = <Item extends z.ZodType>(item: Item) => z.union([item, z.array(item).max(100)]).exactOptional()

export const deskFilter: z.ZodType<DeskFilter> = as(
  'DeskFilter',
  z.strictObject({
    status: anyOf(z.enum(['open', 'closed'])),
    channel: anyOf(channel),
    agentId: anyOf(word()),
    contactId: anyOf(word()),
    assignee: z.union([word(), z.null(), z.array(word().nullable()).max(100)]).exactOptional(),
    control: anyOf(z.enum(['agent', 'operator', 'unknown'])),
    unread: z.boolean().exactOptional(),
    isStarred: z.boolean().exactOptional(),
    snoozed: z.union([z.boolean(), z.literal('any')]).exactOptional(),
    tag: anyOf(word(100)),
    hasOpenSends: z.boolean().exactOptional(),
    since: instant.exactOptional(),
    until: instant.exactOptional(),
    search: word(1000).exactOptional(),
    accounts: z.array(account).max(1000).exactOptional(),
    unknown: z.enum(['include', 'exclude']).exactOptional(),
  }),
)

export const savedView: z.ZodType<SavedView> = as(
  'SavedView',
  z.strictObject({
    id: z.string(),
    name: z.string(),
    filter: deskFilter,
    isShared: z.boolean(),
    by: person,
    updatedAt: timestamp,
  }),
)

export const contactLink: z.ZodType<ContactLink> = as(
  'ContactLink',
  z.strictObject({
    id: z.string(),
    contacts: z.tuple([ref, ref]),
    reason: z.string(),
    confidence: z.number(),
    by: person.nullable(),
    at: timestamp,
    undone: z.strictObject({ by: person, at: timestamp }).exactOptional(),
  }),
)

export const linkSuggestion: z.ZodType<LinkSuggestion> = as(
  'LinkSuggestion',
  z.strictObject({
    contact: model('contact'),
    reason: z.enum(['email', 'phone', 'externalId']),
    confidence: z.number(),
  }),
)

const coverage: z.ZodType<SearchCoverage> = z.strictObject({
  account: z.string(),
  isComplete: z.boolean(),
  since: timestamp.nullable(),
  asOf: timestamp.nullable(),
})

const searchHit: z.ZodType<SearchHit> = as(
  'SearchHit',
  z.strictObject({
    message: model('message'),
    conversation: z.nullable(model('conversation')),
    snippet: z.string(),
    marks: z.array(z.strictObject({ start: count, end: count })),
  }),
)

export const searchPage: z.ZodType = z.strictObject({
  items: z.array(searchHit),
  ...pageFields,
  coverage: z.array(coverage),
})

export const change: z.ZodType<Change> = as(
  'Change',
  z.strictObject({
    id: z.string(),
    at: timestamp,
    account: z.string(),
    kind: z.enum(['agent', 'contact', 'conversation', 'message']),
    change: z.enum(['added', 'updated', 'deleted', 'restored', 'erased']),
    ref,
    conversation: ref.nullable(),
    fields: jsonValue.exactOptional(),
  }) as unknown as z.ZodType<Change>,
)

export const changePage: z.ZodType = z.strictObject({ items: z.array(change), next: z.string() })

export const deleted: z.ZodType = as('Deleted', z.strictObject({ id: z.string(), confirmed: z.boolean() }))

export const problem: z.ZodType = as(
  'Problem',
  z.looseObject({
    type: z.string(),
    title: z.string(),
    status: z.number().int(),
    detail: z.string(),
    code: z.string(),
    fields: z.array(z.looseObject({ path: z.string(), problem: z.string().exactOptional() })).exactOptional(),
    retryable: z.boolean().exactOptional(),
    retryAfterMs: z.number().exactOptional(),
    outcome: z.enum(['not-done', 'partly-done', 'unknown']).exactOptional(),
    newer: z.array(model('message')).exactOptional(),
    sends: z.array(send).exactOptional(),
  }),
)

const firstAnswers = as(
  'FirstAnswers',
  z.strictObject({
    ...{ conversations: count, agent: count, operator: count, unanswered: count },
    ...{ median: z.number().nullable(), percentile90: z.number().nullable() },
  }),
)
const handOffs = as('HandOffs', z.strictObject({ toOperator: count.nullable(), toAgent: count.nullable() }))
const qualityCounts = as(
  'QualityCounts',
  z.strictObject({
    answers: z.strictObject({ agent: count, operator: count, automation: count, unknown: count }),
    sources: z.strictObject({ cited: count, uncited: count, unknown: count }),
    firstAnswers,
    handOffs,
    ratings: z.strictObject({ up: count, down: count, other: count }),
  }),
)
const qualityPeriod = as('QualityPeriod', z.strictObject({ start: timestamp, date: z.string(), counts: qualityCounts }))
const agentAnswers = as(
  'AgentAnswers',
  z.strictObject({
    ...{ account: z.string(), agent: ref.nullable(), name: z.string().nullable() },
    ...{ answers: count, periods: z.array(count) },
  }),
)
const qualityCoverage = as(
  'QualityCoverage',
  z.strictObject({
    ...{ account: z.string(), isComplete: z.boolean(), since: timestamp.nullable(), asOf: timestamp.nullable() },
    ...{ untimed: count, hasControl: z.boolean() },
  }),
)

export const periodUnit: z.ZodEnum<{ day: 'day'; week: 'week'; month: 'month' }> = z.enum(['day', 'week', 'month'])

export const quality: z.ZodType<Quality> = as(
  'Quality',
  z.strictObject({
    ...{ since: timestamp, until: timestamp, unit: periodUnit, timeZone: z.string() },
    total: qualityCounts,
    periods: z.array(qualityPeriod),
    agents: z.array(agentAnswers),
    handOffsSince: timestamp.nullable(),
    coverage: z.array(qualityCoverage),
  }),
)
