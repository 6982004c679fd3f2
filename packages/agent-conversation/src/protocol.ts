import {
  baseUrlOf,
  type Call,
  type ErrorCode,
  errorOf,
  type FieldProblem,
  invalid,
  isRecord,
  type ParleyError,
  type Payload,
  type Problem,
  type Protocol,
  saysMissing,
  type Transport,
  type VendorAnswer,
} from '@parley/core'

/** What all operations of an adapter share. */
export interface Context extends Transport {
  /** With the organisation's key, if there is one. */
  readonly organization: Transport | undefined
  readonly placeholderName: { readonly firstName: string; readonly lastName: string }
  /** In milliseconds. */
  readonly replyTimeout: number
  readonly stateNames: boolean
  /** Facts that are read once and do not change. */
  readonly known: {
    /** The key's own agent. */
    agentId?: string
    states?: { names: ReadonlyMap<string, string>; at: number }
  }
}

export const vendor = 'agent-conversation' as const

/** How one deployment is reached. Everything about raia is a default of the options, none of it is here. */
interface Deployment {
  baseUrl: string
  authHeader: string
  authPrefix: string
}

export const createProtocol = (deployment: Deployment): Protocol => ({
  vendor,
  baseUrl: baseUrlOf(deployment.baseUrl, '/external'),
  authorize: (credential) => ({ [deployment.authHeader]: prefixOf(deployment.authPrefix) + credential }),
  readProblem,
})

/** `Bearer` means `Bearer `: no scheme is written without a space after it. */
const prefixOf = (prefix: string): string => (/[a-z]$/i.test(prefix) ? `${prefix} ` : prefix)

/** What the caller calls a field that the vendor refuses under its own name. By operation. */
const callersNames: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'messages.reply': { authorId: 'operatorId', message: 'text', conversationMessageId: 'inReplyTo' },
  'contacts.create': { phoneNumber: 'phone', fkId: 'externalId', customData: 'customFields' },
  'contacts.ensure': { phoneNumber: 'phone', fkId: 'externalId', customData: 'customFields' },
}

const keyAdvice = 'The key may be wrong, expired, revoked or of another region, or the id may belong to another agent.'

/**
 * The error inside an answer. The HTTP status decides what kind it is: the `status` in the body of a 400 says 500 by
 * default ("Errors"). Only in a 2xx, where there is no other sign, does the body's name decide.
 */
function readProblem({ status, body, operation }: VendorAnswer): Problem | undefined {
  const names = callersNames[operation] ?? {}
  if (status < 300)
    return isRecord(body) && isErrorBody(body) ? { ...wordsOf(body, names), code: codeOfName(body) } : undefined
  // Of a page the transport makes its words the vendor's message.
  const problem: Problem = isRecord(body) ? wordsOf(body, names) : {}
  // A key that is not good is answered with 403 here, and with 401 by whatever stands in front of the API.
  if (status === 401 || status === 403) return { ...problem, code: 'authentication', advice: keyAdvice }
  // A 404 stays one: older deployments lack some calls, which the operations that can do without them find out by it.
  if (status === 405 || (status === 404 && isMissingRoute(typeof body === 'string' ? body : problem.vendorMessage)))
    return { ...problem, advice: 'This deployment has no such endpoint; check baseUrl.' }
  return problem
}

/** No entity and no envelope has a numeric `status` of this size. */
const isErrorBody = (body: Payload): boolean =>
  typeof body['status'] === 'number' &&
  body['status'] >= 400 &&
  typeof body['message'] === 'string' &&
  body['id'] === undefined &&
  body['data'] === undefined

const codeOfName = ({ name }: Payload): ErrorCode => {
  if (name === 'FORBIDDEN_ERROR') return 'authentication'
  if (name === 'ENTITY_NOT_FOUND_ERROR') return 'not-found'
  return name === 'BAD_REQUEST' ? 'invalid-request' : 'vendor-fault'
}

const isCode = (value: unknown): value is string => typeof value === 'string' && /^[A-Z][A-Z0-9_]{2,59}$/.test(value)

/** `name` is the code, declared as an object and sent as a text; a fault of the server has none. */
function wordsOf(body: Payload, names: Readonly<Record<string, string>>): Problem {
  const { name, message, details } = body as { name?: unknown; message?: unknown; details?: unknown }
  const problem: Problem = {}
  const code = [name, message].find(isCode)
  if (code !== undefined) problem.vendorCode = code
  const said = [message, ...(Array.isArray(details) ? details : [])].filter((part) => typeof part === 'string')
  if (said.length > 0) problem.vendorMessage = said.join('; ')
  const fields = readFields(details)
  if (fields.length > 0) problem.fields = fields.map((field) => ({ ...field, path: names[field.path] ?? field.path }))
  return problem
}

/**
 * What a web server or framework says about a path that it does not serve, as opposed to an entity that is not there.
 */
export const isMissingRoute = (said: string | undefined): boolean =>
  said !== undefined && /^(?:\s*<|Cannot [A-Z]+ \/)/.test(said)

/**
 * The documented words for "nobody and nothing there" ("Errors"). Anything else that comes with a 404 proves nothing.
 */
export const isEntityMissing = (error: unknown): boolean => saysMissing(error, /^ENTITY_NOT_FOUND/)

const path = /^(?:property )?([a-zA-Z_][\w.[\]]*) (.+)$/

/** The validator's own sentences. Anything else may quote what was sent, and stays with the vendor's words. */
const grammar =
  /^(?:is required|does not exist|should not (?:be empty|exist)|must (?:not )?be (?:(?:an? )?(?:valid )?(?:string|number|integer number|boolean(?: value)?|object|array|email|UUID|phone number|URL address|ISO 8601 date string|empty)|(?:longer|shorter) than or equal to \d+ characters|(?:less|greater) than \d+))$/

/**
 * The fields that `details` of a 400 names. Its items are not documented: sentences of the validator, or objects with a
 * field and sentences.
 */
export function readFields(details: unknown): FieldProblem[] {
  if (!Array.isArray(details)) return []
  return details.flatMap((detail): FieldProblem[] => {
    if (typeof detail === 'string') return fromSentence(detail)
    return isRecord(detail)
      ? fromObject(detail['property'] ?? detail['field'] ?? detail['path'], detail['message'])
      : []
  })
}

function fromSentence(sentence: string): FieldProblem[] {
  const [, field, rest = ''] = path.exec(sentence.trim()) ?? []
  if (field === undefined) return []
  if (/^must be one of the following values:/.test(rest)) return [{ path: field, problem: 'is not an allowed value' }]
  return grammar.test(rest) ? [{ path: field, problem: rest }] : []
}

function fromObject(field: unknown, message: unknown): FieldProblem[] {
  if (typeof field !== 'string' || !/^[\w.[\]]{1,80}$/.test(field)) return []
  const problem = typeof message === 'string' ? message.replace(`${field} `, '') : ''
  return [grammar.test(problem) ? { path: field, problem } : { path: field }]
}

/** The error for a refusal of the vendor of which we know more than the vendor said. */
export const refusalOf = (call: Call, code: ErrorCode, said: string, cause: ParleyError): ParleyError => {
  const { status, requestId, vendorCode, vendorMessage } = cause
  return errorOf(call, code, said, { status, requestId, vendorCode, vendorMessage, cause })
}

export function optionalObject<T extends object>(call: Call, value: T | undefined, path: string): T | undefined {
  if (value === undefined || value === null) return undefined
  if (typeof value !== 'object' || Array.isArray(value)) throw invalid(call, path, 'must be an object')
  return value
}
