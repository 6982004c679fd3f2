import {
  type Control,
  compact,
  type InputChoice,
  type InputRequest,
  isRecord,
  type JsonValue,
  type Payload,
  type PayloadReader,
  readTimestamp,
} from '@parley/core'
import { mapStatus } from '../vocabulary.ts'

/**
 * Who answers next, by a thread's `status` and `interrupts`. A thread that is interrupted waits for a person. The keys of
 * `interrupts` stay after a run has ended or failed, with empty lists.
 */
export function readControl(raw: Payload, reading: PayloadReader): Control {
  const native = reading.text(raw, 'status') ?? null
  if (native === null || reading.word(native, 'status', mapStatus).value === 'unknown')
    return { holder: 'unknown', basis: 'none', native }
  if (native !== 'interrupted') return { holder: 'agent', basis: 'vendor', native }
  return { holder: 'operator', basis: 'vendor', native, inputRequests: readInterrupts(raw, reading) }
}

/** Everything that a thread waits for, of all its tasks. */
export function readInterrupts(raw: Payload, reading: PayloadReader): InputRequest[] {
  const byTask = reading.object(raw, 'interrupts') ?? {}
  const requests = Object.keys(byTask).flatMap((task) => readRequests(byTask, task, reading))
  return identified(requests, reading.id(raw, 'thread_id'))
}

/** What the tasks of a state wait for. A task that has a result has got its input. */
export const readOpen = (state: Payload, reading: PayloadReader): InputRequest[] | undefined =>
  reading
    .list(state, 'tasks', (task) => (task['result'] == null ? readRequests(task, 'interrupts', reading) : []))
    ?.flat()

/** A list of interrupts: of a task, or `__interrupt__` of a run. One of an older server may have no id, then it is empty. */
export const readRequests = (raw: Payload, key: string, reading: PayloadReader): InputRequest[] =>
  reading.list(raw, key, (interrupt) => {
    const value = interrupt['value']
    const request: InputRequest = {
      id: reading.text(interrupt, 'id') || reading.text(interrupt, 'interrupt_id') || '',
      ...asked(value),
    }
    if (reading.keepRaw) request.raw = value
    const actions = actionsIn(value)
    if (actions) decisions.set(request, actions.length)
    return request
  }) ?? []

/** The requests that take decisions, and how many. */
const decisions = new WeakMap<InputRequest, number>()

/** How many decisions a request of LangChain's human-in-the-loop middleware takes. `undefined`: it is another request. */
export const decisionsOf = (request: InputRequest): number | undefined => decisions.get(request)

function actionsIn(value: unknown): unknown[] | undefined {
  const actions = isRecord(value) ? (value['action_requests'] ?? value['actionRequests']) : undefined
  return Array.isArray(actions) ? actions : undefined
}

/** Gives an id to the requests without one: the same in the result of a run and in its thread. */
export function identified(requests: readonly InputRequest[], threadId: string): InputRequest[] {
  let count = 0
  return requests.map((request) => (request.id === '' ? { ...request, id: `${threadId}#${count++}` } : request))
}

/**
 * What a graph asks. It may be anything that is JSON. Read are a text, an object with a question and maybe choices, the
 * requests of LangChain's human-in-the-loop middleware (`action_requests` and `review_configs`), and those for its Agent
 * Inbox (`HumanInterrupt` of `@langchain/langgraph/prebuilt`, mostly in a list).
 */
function asked(value: unknown): Omit<InputRequest, 'id'> {
  if (typeof value === 'string') return { text: value }
  const inbox = (Array.isArray(value) ? value : [value]).filter(
    (one) => isRecord(one) && isRecord(one['action_request']),
  )
  if (inbox.length > 0) return inboxRequest(inbox, Array.isArray(value) && value.length === 1)
  if (!isRecord(value)) return { text: null }
  const actions = actionsIn(value)
  if (actions) return approval(actions.filter(isRecord), value)
  return compact<Omit<InputRequest, 'id'>>({
    text: textIn(value) ?? null,
    choices: choicesIn(value),
    expiresAt: expiryIn(value),
    raw: undefined,
  })
}

/** When a question expires is up to the graph, which keeps the instant beside it under one of the usual names. */
const expiryIn = (value: Payload): string | undefined => readTimestamp(value['expires_at'] ?? value['expiresAt'])

const questions = ['question', 'prompt', 'message', 'text', 'description', 'title', 'instruction']

const textIn = (value: Payload): string | undefined =>
  questions.map((key) => value[key]).find((text): text is string => typeof text === 'string' && text !== '')

function choicesIn(value: Payload): InputChoice[] | undefined {
  const given = value['choices'] ?? value['options']
  if (!Array.isArray(given) || given.length === 0) return undefined
  const choices = given.map((choice: unknown): InputChoice | undefined => {
    if (typeof choice === 'string' || typeof choice === 'number') return { value: choice, label: String(choice) }
    if (!isRecord(choice) || choice['value'] === undefined) return undefined
    const { label, name } = choice as { label?: unknown; name?: unknown }
    const shown = [label, name].find((text): text is string => typeof text === 'string') ?? String(choice['value'])
    return { value: choice['value'] as JsonValue, label: shown }
  })
  return choices.every((choice) => choice !== undefined) ? choices : undefined
}

/** The middleware takes one decision for each action, so choices make sense only for a single one. */
function approval(actions: readonly Payload[], value: Payload): Omit<InputRequest, 'id'> {
  const texts = actions.flatMap((action) => {
    const { description, name, action: called } = action as Record<string, unknown>
    return [description, name, called].find((text): text is string => typeof text === 'string' && text !== '') ?? []
  })
  const configs = value['review_configs'] ?? value['reviewConfigs']
  const [config] = Array.isArray(configs) ? configs.filter(isRecord) : []
  const allowed = config?.['allowed_decisions'] ?? config?.['allowedDecisions']
  // An edit needs the changed arguments, so it cannot be chosen without them.
  const words = Array.isArray(allowed) ? allowed.filter((word) => word === 'approve' || word === 'reject') : []
  return {
    text: texts.length > 0 ? texts.join('\n') : null,
    ...compact<Pick<InputRequest, 'expiresAt'>>({ expiresAt: expiryIn(value) }),
    ...(actions.length === 1 &&
      words.length > 0 && { choices: words.map((type) => ({ value: { decisions: [{ type }] }, label: type })) }),
  }
}

/**
 * A request of the Agent Inbox: `{ action_request: { action, args }, config, description }`.
 *
 * @param isAlone whether it is the only one of a list. The graph then takes a list with one response.
 */
function inboxRequest(requests: readonly Payload[], isAlone: boolean): Omit<InputRequest, 'id'> {
  const texts = requests.flatMap(({ action_request: request, description }: Record<string, unknown>) => {
    const words = [description, (request as Payload)['action']]
    return words.find((text): text is string => typeof text === 'string' && text !== '') ?? []
  })
  const config = requests[0]?.['config']
  // A response and an edit need more than a choice.
  const allowed = (isAlone && isRecord(config) ? ['accept', 'ignore'] : []).filter(
    (type) => (config as Payload)[`allow_${type}`] === true,
  )
  return {
    text: texts.length > 0 ? texts.join('\n') : null,
    ...(allowed.length > 0 && { choices: allowed.map((type) => ({ value: [{ type, args: null }], label: type })) }),
  }
}
