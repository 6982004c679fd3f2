import { didYouMean } from '@parley/core'
import * as z from 'zod/mini'
import type { AgentManifest, ManifestAction, ManifestHours, ManifestKnowledge } from './agent-manifest.ts'

type Identical<A, B> =
  (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : 'schema and interface differ'

/** Compiles only if the schema and the interface describe the same values. */
const schemaOf =
  <Model>() =>
  <Schema extends z.ZodMiniType>(
    schema: Schema & (Identical<Flat<z.output<Schema>>, Flat<Model>> extends true ? unknown : never),
  ): z.ZodMiniType<Model> =>
    schema as unknown as z.ZodMiniType<Model>

/** Intersections and interfaces as plain objects, because only these can be compared. */
type Flat<T> = T extends readonly (infer Item)[]
  ? Flat<Item>[]
  : T extends object
    ? { [Key in keyof T]: Flat<T[Key]> }
    : T

const descriptions: z.core.$ZodRegistry<{ title?: string; description?: string; id?: string }> = z.registry()

const said = <Schema extends z.ZodMiniType>(schema: Schema, description: string): Schema => {
  descriptions.add(schema, { description })
  return schema
}

/** An object of exactly these fields. The message has a line for each unknown field. */
const object = <Shape extends z.core.$ZodShape>(
  shape: Shape,
): z.ZodMiniObject<z.core.util.Writeable<Shape>, z.core.$strict> =>
  z.strictObject(shape, {
    error: (issue) =>
      issue.code === 'unrecognized_keys'
        ? issue.keys.map((key) => `is no field of the manifest${didYouMean(key, Object.keys(shape))}`).join('\n')
        : missingOr(issue, 'must be an object'),
  })

const missingOr = ({ input }: { readonly input?: unknown }, problem: string): string =>
  input === undefined ? 'is required' : problem

const or = (problem: string) => ({ error: (issue: { readonly input?: unknown }) => missingOr(issue, problem) })

const list = <Schema extends z.ZodMiniType>(item: Schema): z.ZodMiniArray<Schema> => z.array(item, or('must be a list'))
const oneOf = <const Word extends string>(...words: Word[]) =>
  z.enum(words, {
    error: ({ input }) =>
      missingOr(
        { input },
        `must be one of ${words.join(', ')}${typeof input === 'string' ? didYouMean(input, words) : ''}`,
      ),
  }) as unknown as z.ZodMiniType<Word>
const text = () => z.string(or('must be a string'))
const filled = () => text().check(z.minLength(1, 'must be a non-empty string'))
const number = () => z.number(or('must be a number'))
const flag = () => z.boolean(or('must be true or false'))
const optional = z.exactOptional
const maybe = <Schema extends z.ZodMiniType>(schema: Schema) => z.exactOptional(z.nullable(schema))
const milliseconds = (description: string) => said(number(), `${description}, in milliseconds.`)

const channel = () =>
  oneOf(
    ...(['sms', 'email', 'whatsapp', 'messenger', 'instagram', 'tiktok', 'google', 'slack', 'teams', 'web'] as const),
    ...(['voice', 'api', 'internal', 'system'] as const),
  )

const base = () => ({
  name: said(filled(), 'Finds the action again, with its kind.'),
  enabled: optional(said(flag(), 'false: kept but not used.')),
})
const condition = () => maybe(said(text(), 'When the agent acts, in natural language.'))
const examples = () => optional(said(list(text()), 'What a contact says when the agent should act.'))
const ending = () => ({
  finalMessage: maybe(said(text(), 'The last message of the agent.')),
  reactivation: optional(
    object({ afterMs: z.nullable(milliseconds('How long the agent is silent; null: until someone resumes it')) }),
  ),
  tags: optional(said(list(text()), 'Tags that the contact gets.')),
})
const workflowIds = () => optional(said(list(text()), 'Ids of the account of source.'))
const interval = () => object({ from: said(text(), 'Such as 08:15.'), to: said(text(), 'Such as 17:30.') })

const actions = {
  'trigger-workflow': object({
    kind: z.literal('trigger-workflow'),
    ...base(),
    workflowIds: workflowIds(),
    condition: condition(),
    message: maybe(said(text(), 'What the agent says when it starts the workflow.')),
  }),
  'update-contact-field': object({
    kind: z.literal('update-contact-field'),
    ...base(),
    fieldId: maybe(said(text(), 'An id of the account of source.')),
    description: maybe(said(text(), 'The information that the agent asks for.')),
    examples: optional(list(object({ text: text(), change: optional(oneOf('add', 'update', 'delete')) }))),
  }),
  'book-appointment': object({
    kind: z.literal('book-appointment'),
    ...base(),
    calendarId: maybe(said(text(), 'An id of the account of source.')),
    calendars: optional(said(list(object({ id: text(), condition: condition() })), 'Ids of the account of source.')),
    onlySendsLink: optional(flag()),
    canReschedule: optional(flag()),
    canCancel: optional(flag()),
    workflowIds: workflowIds(),
    pauseMs: maybe(milliseconds('How long the agent is silent after a booking')),
    transferToAgentId: maybe(said(text(), 'An id of the account of source.')),
  }),
  'stop-agent': object({
    kind: z.literal('stop-agent'),
    ...base(),
    trigger: optional(oneOf('goodbye', 'custom')),
    condition: condition(),
    examples: examples(),
    ...ending(),
  }),
  'hand-over': object({
    kind: z.literal('hand-over'),
    ...base(),
    trigger: optional(oneOf('contact-request', 'lack-of-information', 'unresolved', 'custom')),
    condition: condition(),
    examples: examples(),
    ...ending(),
    assigneeId: maybe(said(text(), 'An id of the account of source.')),
    assigns: optional(said(flag(), 'false: the conversation keeps its owner.')),
    createsTask: optional(flag()),
  }),
  'follow-up': object({
    kind: z.literal('follow-up'),
    ...base(),
    scenario: optional(oneOf('stopped-replying', 'busy', 'requested')),
    steps: optional(
      list(
        object({
          id: said(number(), 'The number of the step in the sequence.'),
          afterMs: milliseconds('How long after the last message of the contact'),
          message: maybe(said(text(), 'null: the agent writes it itself.')),
          workflowId: maybe(said(text(), 'An id of the account of source.')),
        }),
      ),
    ),
    settings: optional(
      object({
        switchesChannel: flag(),
        withinHours: optional(flag()),
        timezone: optional(oneOf('contact', 'business')),
        hours: optional(
          list(object({ day: said(number(), 'The vendor’s number of the day.'), intervals: list(interval()) })),
        ),
      }),
    ),
  }),
  'transfer-bot': object({
    kind: z.literal('transfer-bot'),
    ...base(),
    trigger: optional(oneOf('default', 'custom')),
    toAgentId: maybe(said(text(), 'An id of the account of source.')),
    condition: condition(),
    examples: examples(),
  }),
  'api-call': object({ kind: z.literal('api-call'), ...base() }),
}

/** One of several objects, told apart by their kind. The message names the known kinds. */
const byKind = <const Schemas extends readonly [z.core.$ZodTypeDiscriminable, ...z.core.$ZodTypeDiscriminable[]]>(
  kinds: readonly string[],
  schemas: Schemas,
): z.ZodMiniDiscriminatedUnion<Schemas, 'kind'> =>
  z.discriminatedUnion('kind', schemas, {
    error: ({ code, input }) => {
      const kind = code === 'invalid_union' ? (input as { kind?: unknown }).kind : undefined
      if (code !== 'invalid_union') return 'must be an object'
      const guess = typeof kind === 'string' ? didYouMean(kind, kinds) : ''
      return `must be one of ${kinds.join(', ')}${guess}`
    },
  })

const action = schemaOf<ManifestAction>()(
  byKind(Object.keys(actions), [
    actions['trigger-workflow'],
    actions['update-contact-field'],
    actions['book-appointment'],
    actions['stop-agent'],
    actions['hand-over'],
    actions['follow-up'],
    actions['transfer-bot'],
    actions['api-call'],
  ]),
)

const knowledgeBaseId = () => optional(said(text(), 'An id of the account of source.'))
const knowledge = schemaOf<ManifestKnowledge>()(
  byKind(
    ['website', 'faq', 'text'],
    [
      object({ kind: z.literal('website'), url: filled(), knowledgeBaseId: knowledgeBaseId() }),
      object({ kind: z.literal('faq'), question: filled(), answer: text(), knowledgeBaseId: knowledgeBaseId() }),
      object({ kind: z.literal('text'), title: text(), text: filled(), knowledgeBaseId: knowledgeBaseId() }),
    ],
  ),
)

const hours = schemaOf<ManifestHours>()(
  object({
    enabled: optional(flag()),
    channels: optional(list(channel())),
    timezone: optional(said(oneOf('contact', 'business'), 'Whose time zone applies.')),
    schedule: optional(
      said(
        list(object({ day: oneOf('mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'), intervals: list(interval()) })),
        'A missing day is closed.',
      ),
    ),
    continuesForMs: maybe(milliseconds('How long a conversation that began within the hours may be idle')),
    autoReply: maybe(said(text(), 'The reply to contacts who write outside the hours. null: none.')),
    followUp: maybe(said(text(), 'The message that is sent when the hours begin again. null: none.')),
  }),
)

/** The schema of a manifest. Its order is the order of the fields in a file. */
export const agentManifestSchema: z.ZodMiniType<AgentManifest> = schemaOf<AgentManifest>()(
  object({
    parley: said(z.literal('agent', or('must be agent')), 'Marks the file as the manifest of an agent.'),
    version: said(z.literal(1, or('must be 1')), 'The version of the manifest.'),
    source: optional(
      said(
        object({ vendor: filled(), account: filled(), agentId: filled() }),
        'The agent that was exported. Ids in the manifest belong to its account.',
      ),
    ),
    name: maybe(said(text(), 'Finds the agent again, unless its id is given.')),
    displayName: maybe(said(text(), 'The name that contacts see.')),
    description: maybe(text()),
    businessName: maybe(text()),
    status: optional(oneOf('active', 'inactive', 'draft', 'archived')),
    mode: optional(
      said(
        oneOf('autopilot', 'suggestive', 'off'),
        'autopilot: it answers by itself. suggestive: it proposes answers to operators. off: it does nothing.',
      ),
    ),
    channels: optional(said(list(channel()), 'The channels that the agent answers on, in any order.')),
    isDefault: optional(said(flag(), 'Whether it answers when nothing else selects an agent.')),
    liveChatEnabled: optional(said(flag(), 'Whether operators can take over in a live chat.')),
    language: maybe(said(text(), 'A language code in the form of the vendor, such as en.')),
    avatarUrl: maybe(text()),
    prompt: optional(
      object({
        instructions: maybe(text()),
        personality: maybe(text()),
        goal: maybe(text()),
        whole: maybe(said(text(), 'Replaces the other parts, where a vendor has it.')),
      }),
    ),
    model: maybe(text()),
    limits: optional(
      object({
        replyDelayMs: optional(milliseconds('How long the agent waits before it answers')),
        maxMessages: optional(said(number(), 'How many messages it sends in a conversation before it stops.')),
        pause: optional(
          object({
            onOperatorMessage: optional(said(flag(), 'Whether it pauses when an operator writes.')),
            onAutomationMessage: optional(said(flag(), 'Whether it pauses when an automation writes.')),
            durationMs: maybe(milliseconds('How long it pauses; null: until someone resumes it')),
          }),
        ),
      }),
    ),
    tags: optional(said(list(text()), 'In any order.')),
    knowledgeBaseIds: optional(said(list(text()), 'Ids of the account of source.')),
    actions: optional(said(list(action), 'Actions (tools), found again by kind and name.')),
    workingHours: optional(said(z.nullable(hours), 'null: the agent works at any time.')),
    knowledge: optional(said(list(knowledge), 'What the agent answers from, found again by kind and content.')),
  }),
)

/** The JSON Schema (draft 2020-12) of a manifest, which the package also has as `agent-manifest.schema.json`. */
export function agentManifestJsonSchema(): Record<string, unknown> {
  const { $schema, ...schema } = z.toJSONSchema(agentManifestSchema, { metadata: descriptions })
  return {
    $schema,
    $id: 'https://git.parley.example/parley/schemas/agent-manifest/1.json',
    title: 'The manifest of an agent, version 1',
    description:
      'A chatbot agent in words that no vendor owns. A missing field is not mentioned: applying the manifest leaves it alone. null: there is no such value.',
    ...schema,
  }
}
