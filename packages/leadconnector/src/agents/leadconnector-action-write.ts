import {
  type AgentActionChange,
  type AgentActionInput,
  type AgentActionType,
  type Call,
  checkText,
  checkWord,
  ignoreOptions,
  invalid,
  isRaw,
  type Raw,
} from '@parley/core'
import { actionFields, actionTypes } from './leadconnector-action-kinds.ts'
import { checkDetails } from './leadconnector-action-rules.ts'

/** What the vendor is sent: the same for a new action and for a changed one, which it replaces as a whole. */
export interface ActionBody {
  type: string
  name: string
  details: Record<string, unknown>
}

type Kind = AgentActionType | 'unknown'

const kinds = [...Object.keys(actionTypes), 'unknown'] as Kind[]

/** "Attach Action". @throws InvalidRequestError naming what is missing or over a limit. */
export function newActionBody(call: Call, input: AgentActionInput): ActionBody {
  const kind = checkWord(call, input.kind as Kind, 'kind', kinds)
  if (kind === undefined) throw invalid(call, 'kind', 'is required')
  const given = input as Raw
  const details: Record<string, unknown> = { ...attributesOf(call, given) }
  for (const { name, write, required, otherwise } of fieldsOf(kind)) {
    const value = given[name] === undefined ? otherwise : given[name]
    if (value !== undefined) Object.assign(details, write(call, value, name))
    else if (required) throw invalid(call, name, 'is required')
    else if (otherwise === null) Object.assign(details, write(call, null, name))
  }
  warnOfOthers(call, given, kind)
  checkDetails(call, kind, details)
  return { type: typeOf(call, kind, given['native']), name: nameOf(call, input.name), details }
}

/**
 * "Update Action" replaces an action: what the change leaves out is written back as it was read, with everything in it
 * that the contract does not know. An API call is the exception: the vendor merges what it is sent, and what comes back
 * of its secrets are placeholders.
 */
export function changedActionBody(call: Call, change: AgentActionChange, now: Raw, kind: Kind): ActionBody {
  const asked = checkWord(call, change.kind as Kind | undefined, 'kind', kinds)
  if (asked !== undefined && asked !== kind)
    throw invalid(call, 'kind', 'must be the kind that the action has: it cannot be changed')
  const given = change as Raw
  const stored = kind !== 'api-call' && isRaw(now['details']) ? now['details'] : {}
  const details: Record<string, unknown> = { ...stored, ...attributesOf(call, given) }
  for (const { name, write } of fieldsOf(kind))
    if (given[name] !== undefined) Object.assign(details, write(call, given[name], name))
  warnOfOthers(call, given, kind)
  if (kind !== 'api-call') checkDetails(call, kind, details)
  const name = change.name === undefined ? String(now['name'] ?? '') : nameOf(call, change.name)
  return { type: typeOf(call, kind, now['type']), name, details }
}

const fieldsOf = (kind: Kind) => (kind === 'unknown' ? [] : actionFields[kind])

function typeOf(call: Call, kind: Kind, native: unknown): string {
  return kind === 'unknown' ? checkText(call, native, 'native') : actionTypes[kind]
}

/** "Attach Action": 3 to 50 characters. */
function nameOf(call: Call, name: unknown): string {
  const text = checkText(call, name, 'name', 50)
  if ([...text].length < 3) throw invalid(call, 'name', 'must have at least 3 characters')
  return text
}

function attributesOf(call: Call, { attributes }: Raw): Raw {
  if (attributes === undefined) return {}
  if (!isRaw(attributes)) throw invalid(call, 'attributes', 'must be an object')
  return attributes
}

const envelope = ['kind', 'native', 'name', 'attributes', 'agentId', 'ref', 'vendor', 'account', 'id', 'raw']

/** An option of another kind means nothing to this one. */
function warnOfOthers(call: Call, given: Raw, kind: Kind): void {
  const known = new Set([...envelope, ...fieldsOf(kind).map(({ name }) => name)])
  const others = Object.keys(given).filter((name) => !known.has(name))
  ignoreOptions(call, given, others, `an action of the kind ${kind} has no such field.`)
}
