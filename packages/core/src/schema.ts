import type { StandardSchemaV1 } from '@standard-schema/spec'
import { InvalidRequestError } from './errors/kinds.ts'
import type { FieldProblem } from './errors/parley-error.ts'
import type { Agent, AgentAction, WorkingHours } from './model/agent.ts'
import { agentActionSchema, agentSchema, workingHoursSchema } from './model/agent-schema.ts'
import type { Contact } from './model/contact.ts'
import type { Conversation } from './model/conversation.ts'
import {
  attachmentSchema,
  contactSchema,
  conversationSchema,
  feedbackSchema,
  messageSchema,
  operatorSchema,
  sourceSchema,
} from './model/conversation-schema.ts'
import type { Event, Webhook } from './model/event.ts'
import {
  eventSchema,
  generationSchema,
  knowledgeSchema,
  suggestionSchema,
  webhookSchema,
} from './model/event-schema.ts'
import type { Feedback, Suggestion } from './model/feedback.ts'
import type { Generation } from './model/generation.ts'
import type { KnowledgeItem, Source } from './model/knowledge.ts'
import type { Attachment, Message } from './model/message.ts'
import type { Operator } from './model/operator.ts'

/** The checkable models, by name. */
export interface Models {
  agent: Agent
  action: AgentAction
  workingHours: WorkingHours
  conversation: Conversation
  message: Message
  source: Source
  contact: Contact
  attachment: Attachment
  generation: Generation
  knowledge: KnowledgeItem
  suggestion: Suggestion
  webhook: Webhook
  operator: Operator
  feedback: Feedback
  event: Event
}

export type ModelKind = keyof Models

/**
 * A schema for each model, for programs that store or send models and read them back. The schemas are strict: they
 * refuse unknown fields, and `undefined` is not a missing field. `raw` is not checked.
 *
 * Any library that supports Standard Schema can use them.
 */
export const schemas: { readonly [Kind in ModelKind]: StandardSchemaV1<unknown, Models[Kind]> } = {
  agent: agentSchema,
  action: agentActionSchema,
  workingHours: workingHoursSchema,
  conversation: conversationSchema,
  message: messageSchema,
  source: sourceSchema,
  contact: contactSchema,
  attachment: attachmentSchema,
  generation: generationSchema,
  knowledge: knowledgeSchema,
  suggestion: suggestionSchema,
  webhook: webhookSchema,
  operator: operatorSchema,
  feedback: feedbackSchema,
  event: eventSchema,
}

/**
 * Checks that a value is a model of this kind, and returns it.
 *
 * @throws InvalidRequestError whose `fields` say what is wrong and where. It quotes no value.
 */
export function parseModel<Kind extends ModelKind>(kind: Kind, value: unknown): Models[Kind] {
  if (typeof kind !== 'string' || !Object.hasOwn(schemas, kind)) {
    const problem = `must be one of ${Object.keys(schemas).join(', ')}`
    throw new InvalidRequestError({ message: `parseModel: kind ${problem}.`, fields: [{ path: 'kind', problem }] })
  }
  const result = schemas[kind]['~standard'].validate(value)
  if (result instanceof Promise) {
    // The schemas are synchronous. This is how they answer if the value throws, or is nested too deeply.
    result.catch(() => {})
    throw new InvalidRequestError({
      message: `This is not a valid ${kind}: it cannot be read.`,
      fields: [{ path: '', problem: 'cannot be read' }],
    })
  }
  if (!result.issues) return result.value
  const fields = result.issues.map((issue): FieldProblem => ({ path: pathOf(issue), problem: issue.message }))
  const named = fields.map(({ path, problem }) => (path ? `${path} ${problem}` : `it ${problem}`)).join('; ')
  throw new InvalidRequestError({ message: `This is not a valid ${kind}: ${named}.`, fields })
}

/** Like `parseModel`, but narrows the type of the value. @throws InvalidRequestError like `parseModel`. */
export function assertModel<Kind extends ModelKind>(kind: Kind, value: unknown): asserts value is Models[Kind] {
  parseModel(kind, value)
}

/** `sources[0].title` */
function pathOf({ path = [] }: StandardSchemaV1.Issue): string {
  let text = ''
  for (const step of path) {
    const key = typeof step === 'object' ? step.key : step
    text += typeof key === 'number' ? `[${key}]` : `${text && '.'}${String(key)}`
  }
  return text
}
