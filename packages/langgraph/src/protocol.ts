import {
  baseUrlOf,
  type Call,
  checkId,
  DecodeError,
  type FieldProblem,
  invalid,
  isRecord,
  type Payload,
  type Problem,
  type Protocol,
  type Target,
  type Transport,
  type VendorAnswer,
} from '@parley/core'

/** What all operations of an adapter share. */
export interface Context extends Transport {
  /** The assistant that answers when a question names none. */
  readonly assistantId: string | undefined
  readonly graphId: string | undefined
  readonly messagesKey: string
  readonly operatorName: string
  readonly contactKey: string
}

export const vendor = 'langgraph' as const

/** The credential of an account without a key. It is never sent. */
export const noKey = 'none'

export function createProtocol(baseUrl: string): Protocol {
  const url = baseUrlOf(baseUrl, '')
  return {
    vendor,
    baseUrl: url,
    // Every server has threads of its own, so that a cursor of one means nothing at another.
    accountId: url,
    authorize: (key): Record<string, string> => (key === noKey ? {} : { 'x-api-key': key }),
    readProblem,
  }
}

/**
 * The error in an answer. A failed run is a 200 with `__error__`, which `readRun` reads, because only an answer to a
 * question can have it. All other errors have a status; their body is a sentence in plain text, or what the server's
 * validation found.
 */
export function readProblem({ status, body, isErrorPart }: VendorAnswer): Problem | undefined {
  if (isErrorPart) return partProblem(body)
  if (status < 300) return undefined
  if (isRecord(body)) {
    const problem = objectProblem(body)
    return { ...problem, ...stateProblem(status, problem.vendorMessage) }
  }
  if (typeof body !== 'string') return {}
  const conflict = stateProblem(status, body)
  if (conflict) return { vendorMessage: body, ...conflict }
  // The server's own words, so the address is right. To an address that it does not serve, it answers "404 Not Found".
  if (status === 404 && /^(?!404\b)[^<]*(?:not found|no assistant found)/i.test(body))
    return { code: 'not-found', vendorMessage: body, vendorCode: 'NOT_FOUND' }
  return /already exists/i.test(body) ? { vendorMessage: body, vendorCode: 'CONFLICT' } : { vendorMessage: body }
}

/** What the state of the thread does not allow. The Python server says it in `detail`, and may do so with HTTP 409. */
function stateProblem(status: number, words: string | undefined): Problem | undefined {
  // Nothing was stored, so the question can be asked again.
  if ((status === 422 || status === 409) && /already running/i.test(words ?? ''))
    return {
      code: 'conflict',
      advice: 'The thread is busy with another run: ask again later, or set multitaskStrategy to enqueue.',
    }
  if (status === 409 && /thread is busy/i.test(words ?? ''))
    return { code: 'conflict', advice: 'The thread is busy with a run: try again when it has ended.' }
  if (status === 400 && /has no graph ID/i.test(words ?? ''))
    return {
      code: 'conflict',
      advice:
        'Nothing was asked in this thread, so it has no graph: set graphId, or create it with vendor.langgraph.graphId.',
    }
  return undefined
}

/** `{ error, message }` in an event named `error`. */
function partProblem(part: unknown): Problem {
  if (!isRecord(part)) return { code: 'vendor-fault' }
  return { code: 'vendor-fault', ...wordsOf(part) }
}

function wordsOf({ error, message }: Payload): Problem {
  const problem: Problem = {}
  if (typeof error === 'string' && /^[\w.]{1,60}$/.test(error)) problem.vendorCode = error
  if (typeof message === 'string') problem.vendorMessage = message
  return problem
}

/** `{ success: false, error: { name: 'ZodError', issues } }` of the JavaScript server, `{ detail }` of the Python one. */
function objectProblem(body: Payload): Problem {
  const { error, detail } = body
  if (isRecord(error) && Array.isArray(error['issues'])) {
    if (error['issues'].length > 0 && error['issues'].every(isBadId))
      return { code: 'not-found', vendorCode: 'ZodError' }
    const fields = fieldsOf(error['issues'], 'path')
    return { vendorCode: 'ZodError', ...(fields.length > 0 && { fields }) }
  }
  if (Array.isArray(detail)) {
    const fields = fieldsOf(detail, 'loc')
    return fields.length > 0 ? { fields } : {}
  }
  if (typeof detail === 'string') return { vendorMessage: detail }
  return wordsOf(body)
}

/** The id in an address is no UUID, so nothing exists under it. */
const isBadId = (issue: unknown): boolean =>
  isRecord(issue) &&
  issue['message'] === 'Invalid uuid' &&
  /^(?:thread|run|assistant|checkpoint)_id$/.test(String(issue['path']))

const known =
  /^(?:Required|Invalid uuid|Field required|Input should be a valid \w+|Expected [\w |']+, received \w+|Invalid enum value\..{0,200})$/

function fieldsOf(issues: readonly unknown[], at: 'path' | 'loc'): FieldProblem[] {
  return issues.filter(isRecord).flatMap((issue): FieldProblem[] => {
    const steps = issue[at]
    if (!Array.isArray(steps) || steps.length === 0) return []
    const path = steps.filter((step) => step !== 'body' && step !== 'query').join('.')
    const said = issue['message'] ?? issue['msg']
    return [typeof said === 'string' && known.test(said) ? { path, problem: said } : { path }]
  })
}

/** The vendor's id of a thread. @throws InvalidRequestError */
export const threadIdOf = (call: Call, target: Target<{ id: string }> | null | undefined): string =>
  checkId(call, target, 'conversation')

/**
 * The assistant that answers: the one that the question names, or the account's.
 *
 * @throws InvalidRequestError when neither is given.
 */
export function assistantIdOf(call: Call, { assistantId }: Context, agentId: string | undefined): string {
  const id = agentId ?? assistantId
  if (id === undefined)
    throw invalid(call, 'agentId', 'is required, because the account has no assistantId (LANGGRAPH_ASSISTANT_ID)')
  return id
}

/** An answer that has to be an object. @throws DecodeError */
export function recordOf(body: unknown): Payload {
  if (isRecord(body)) return body
  throw new DecodeError('')
}
