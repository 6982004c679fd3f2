import * as z from 'zod'
import { channel, jsonObject, vendorOptions, word } from './schemas.ts'

// The inputs of the operations. They say what a field is; the inbox and the adapter check the rest, and name the field.

const text = z.string().max(1_000_000)
const id = word(2000)
const strings = z.array(word(2000)).max(1000)
const vendor = vendorOptions.exactOptional()
const maybe = <Schema extends z.ZodType>(schema: Schema) => schema.exactOptional()

const agentFields = {
  displayName: maybe(text),
  description: maybe(text),
  businessName: maybe(text),
  status: maybe(z.enum(['active', 'inactive', 'draft'])),
  mode: maybe(z.enum(['autopilot', 'suggestive', 'off'])),
  channels: maybe(z.array(channel).max(100)),
  isDefault: maybe(z.boolean()),
  liveChatEnabled: maybe(z.boolean()),
  instructions: maybe(text),
  personality: maybe(text),
  goal: maybe(text),
  prompt: maybe(text),
  model: maybe(text),
  knowledgeBaseIds: maybe(strings),
  replyDelayMs: maybe(z.number().min(0)),
  maxMessages: maybe(z.number().int().min(1)),
  pause: maybe(
    z.strictObject({
      onOperatorMessage: maybe(z.boolean()),
      onAutomationMessage: maybe(z.boolean()),
      durationMs: maybe(z.number().min(0).nullable()),
    }),
  ),
  tags: maybe(strings),
  vendor,
}
export const newAgent: z.ZodType = z.strictObject({ name: word(1000), ...agentFields })
export const agentChange: z.ZodType = z.strictObject({ name: maybe(word(1000)), ...agentFields })

/** Its `kind` determines its other fields. */
export const newAction: z.ZodType = z.looseObject({ kind: word(), name: word(1000), enabled: maybe(z.boolean()) })
export const actionChange: z.ZodType = z.looseObject({ name: maybe(word(1000)), enabled: maybe(z.boolean()) })

const hours = z.array(
  z.strictObject({
    day: z.number().int(),
    intervals: z.array(z.strictObject({ from: word(5), to: word(5) })),
  }),
)
export const followUpSettings: z.ZodType = z.strictObject({
  actionIds: strings,
  switchesChannel: z.boolean(),
  withinHours: maybe(z.boolean()),
  timezone: maybe(z.enum(['contact', 'business'])),
  hours: maybe(hours),
})
export const workingHoursInput: z.ZodType = z.strictObject({
  enabled: z.boolean(),
  channels: z.array(channel).max(100),
  timezone: z.enum(['contact', 'business']),
  schedule: z.array(
    z.strictObject({
      day: z.enum(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']),
      intervals: z.array(z.strictObject({ from: word(5), to: word(5) })),
    }),
  ),
  continuesForMs: maybe(z.number().min(0).nullable()),
  autoReply: maybe(text.nullable()),
  followUp: maybe(text.nullable()),
  attributes: maybe(jsonObject),
})

export const newConversation: z.ZodType<Record<string, unknown>> = z.strictObject({
  agentId: maybe(id),
  title: maybe(text),
  context: maybe(text),
  customFields: maybe(jsonObject),
  stateId: maybe(id),
  channel: maybe(channel),
  vendor,
})
/** The status is changed by the commands. */
export const conversationChange: z.ZodType = z.strictObject({
  title: maybe(text),
  context: maybe(text),
  stateId: maybe(id),
  isStarred: maybe(z.boolean()),
  vendor,
})
export const providedInput: z.ZodType = z.strictObject({
  requestId: maybe(id),
  value: z.unknown(),
  operatorId: maybe(id),
  vendor,
})
export const messageStatus: z.ZodType = z.strictObject({
  status: z.enum(['pending', 'delivered', 'read', 'failed']),
  failure: maybe(z.strictObject({ code: maybe(text), type: maybe(text), message: text })),
  vendor,
})

const personFields = {
  name: maybe(text),
  firstName: maybe(text),
  lastName: maybe(text),
  email: maybe(text),
  phone: maybe(text),
  externalId: maybe(word(2000)),
  customFields: maybe(jsonObject),
}
const contactFields = { ...personFields, country: maybe(text), tags: maybe(strings), vendor }
export const newContact: z.ZodType = z.strictObject(contactFields)
export const contactChange: z.ZodType = z.strictObject({ ...contactFields, id: maybe(id) })
export const visitor: z.ZodType = z.strictObject({ ...personFields, verified: maybe(z.boolean()) })

/** What a search for contacts may have besides its accounts and its page. */
export const contactSearch: Record<'email' | 'phone' | 'externalId' | 'text', z.ZodType> = {
  email: maybe(word(1000)),
  phone: maybe(word(1000)),
  externalId: maybe(word(2000)),
  text: maybe(word(1000)),
}

const ofBase = { knowledgeBaseId: maybe(id), vendor }
export const newKnowledge: z.ZodType = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('website'),
    url: z.url({ protocol: /^https?$/ }),
    scope: maybe(z.enum(['page', 'path', 'site'])),
    ...ofBase,
  }),
  z.strictObject({ kind: z.literal('text'), title: word(2000), text, ...ofBase }),
  z.strictObject({ kind: z.literal('faq'), question: text, answer: text, ...ofBase }),
  z.strictObject({
    kind: z.literal('file'),
    title: maybe(word(2000)),
    fileName: maybe(word(500)),
    text: maybe(text),
    content: maybe(z.base64()),
    contentType: maybe(word(200)),
    ...ofBase,
  }),
])

export const rating: z.ZodType = z.strictObject({
  vote: z.enum(['up', 'down']),
  authorId: maybe(id),
  question: maybe(text),
  answer: maybe(text),
  comment: maybe(text),
  vendor,
})

export const newWebhook: z.ZodType = z.strictObject({
  title: word(1000),
  description: maybe(text),
  url: z.url({ protocol: /^https$/ }),
  trigger: z.enum([
    ...(['message.created', 'conversation.created', 'conversation.ended'] as const),
    ...(['conversation.archived', 'chat.unavailable', 'manual'] as const),
  ]),
  headers: maybe(z.record(z.string(), z.string())),
  vendor,
})
