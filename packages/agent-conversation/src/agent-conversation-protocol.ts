import {
  type ErrorCode,
  isRaw,
  type Problem,
  type Protocol,
  type Raw,
  saysMissing,
  type VendorAnswer,
} from '@parley/core'
import { readFields } from './read/read-agent-conversation-fields.ts'

export const vendor = 'agent-conversation' as const

/** How one deployment is reached. Everything about raia is a default of the options, none of it is here. */
export interface Deployment {
  baseUrl: string
  authHeader: string
  authPrefix: string
}

export const createProtocol = (deployment: Deployment): Protocol => ({
  vendor,
  baseUrl: baseUrlOf(deployment.baseUrl),
  authorize: (credential) => ({ [deployment.authHeader]: prefixOf(deployment.authPrefix) + credential }),
  readProblem,
})

/** Only an address without any path gets the route prefix of the known deployment; a path is trusted as it is. */
export function baseUrlOf(given: string): string {
  const url = given.trim().replace(/\/+$/, '')
  return new URL(url).pathname === '/' ? `${url}/external` : url
}

/** `Bearer` means `Bearer `: no scheme is written without a space after it. */
const prefixOf = (prefix: string): string => (/[a-z]$/i.test(prefix) ? `${prefix} ` : prefix)

const keyAdvice = 'The key may be wrong, expired, revoked or of another region, or the id may belong to another agent.'

/**
 * The error inside an answer. The HTTP status decides what kind it is: the `status` in the body of a 400 says 500 by
 * default ("Errors"). Only in a 2xx, where there is no other sign, does the body's name decide.
 */
function readProblem({ status, body }: VendorAnswer): Problem | undefined {
  if (status < 300) return isRaw(body) && isErrorBody(body) ? { ...wordsOf(body), code: codeOfName(body) } : undefined
  // Of a page the transport makes its words the vendor's message.
  const problem: Problem = isRaw(body) ? wordsOf(body) : {}
  // A key that is not good is answered with 403 here, and with 401 by whatever stands in front of the API.
  if (status === 401 || status === 403) return { ...problem, code: 'authentication', advice: keyAdvice }
  // A 404 stays one: older deployments lack some calls, which the operations that can do without them find out by it.
  if (status === 405 || (status === 404 && isMissingRoute(typeof body === 'string' ? body : problem.vendorMessage)))
    return { ...problem, advice: 'This deployment has no such call; check baseUrl.' }
  return problem
}

/** No entity and no envelope has a numeric `status` of this size. */
const isErrorBody = (body: Raw): boolean =>
  typeof body['status'] === 'number' &&
  body['status'] >= 400 &&
  typeof body['message'] === 'string' &&
  body['id'] === undefined &&
  body['data'] === undefined

const codeOfName = ({ name }: Raw): ErrorCode => {
  if (name === 'FORBIDDEN_ERROR') return 'authentication'
  if (name === 'ENTITY_NOT_FOUND_ERROR') return 'not-found'
  return name === 'BAD_REQUEST' ? 'invalid-request' : 'vendor-fault'
}

const isCode = (value: unknown): value is string => typeof value === 'string' && /^[A-Z][A-Z0-9_]{2,59}$/.test(value)

/** `name` is the code, declared as an object and sent as a text; a fault of the server has none. */
function wordsOf(body: Raw): Problem {
  const { name, message, details } = body as { name?: unknown; message?: unknown; details?: unknown }
  const problem: Problem = {}
  const code = [name, message].find(isCode)
  if (code !== undefined) problem.vendorCode = code
  const said = [message, ...(Array.isArray(details) ? details : [])].filter((part) => typeof part === 'string')
  if (said.length > 0) problem.vendorMessage = said.join('; ')
  const fields = readFields(details)
  if (fields.length > 0) problem.fields = fields
  return problem
}

/** What a web server or framework says about a path that it does not serve, as opposed to an entity that is not there. */
export const isMissingRoute = (said: string | undefined): boolean =>
  said !== undefined && /^(?:\s*<|Cannot [A-Z]+ \/)/.test(said)

/** The documented words for "nobody and nothing there" ("Errors"). Anything else that comes with a 404 proves nothing. */
export const isEntityMissing = (error: unknown): boolean => saysMissing(error, /^ENTITY_NOT_FOUND/)
