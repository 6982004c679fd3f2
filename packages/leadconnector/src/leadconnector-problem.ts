import { type FieldProblem, isRaw, type Problem, type VendorAnswer } from '@parley/core'
import { scopesOf } from './leadconnector-scopes.ts'

const notFound = /not found|does not exist|\bno (?:\w+ ){1,3}found\b/i
const noGeneration = /no ai suggestion found/i
const alreadyExists = /already exists/i
const foreignProvider = /access to the conversation ?provider|no conversation ?provider found/i

/**
 * The vendor's error in an answer. What is missing is usually a 400 (an agent, a message) and sometimes a 500, a missing
 * scope or `Version` a 401, so the text decides the kind; a cancelled schedule reports its failure inside a 200.
 */
export function readLeadConnectorProblem(answer: VendorAnswer): Problem | undefined {
  const status = failureStatus(answer)
  if (status === undefined) return undefined
  const texts = textsOf(answer.body)
  const text = texts.join('; ')
  const problem: Problem = {
    ...kindOf(status, text, answer),
    vendorMessage: text || undefined,
    vendorCode: codeOf(answer.body),
    requestId: leadConnectorRequestId(answer),
  } as Problem
  if (status === 400 || status === 422) problem.fields = fieldsOf(texts)
  return problem
}

/** `traceId` is in most bodies, good and bad. */
export function leadConnectorRequestId({ body }: VendorAnswer): string | undefined {
  const id = isRaw(body) ? body['traceId'] : undefined
  return typeof id === 'string' && id !== '' ? id : undefined
}

/** `undefined`: the answer is good. */
function failureStatus({ status, body, operation }: VendorAnswer): number | undefined {
  if (status >= 300) return status
  if (!isRaw(body)) return undefined
  for (const inner of [body['statusCode'], body['status']]) {
    if (typeof inner === 'number' && inner >= 400 && body['message'] !== undefined) return inner
  }
  if (body['success'] === false) return 500
  // The agent search was seen to count agents and to leave the list itself away: that is not an empty list.
  const lost = operation === 'agents.list' && body['agents'] == null && Number(body['count']) > 0
  return lost ? 500 : undefined
}

/** Enough of a page to recognize it by. The transport makes its words the vendor's message. */
const pageSearched = 4_000

function textsOf(body: unknown): string[] {
  if (typeof body === 'string') return [body.slice(0, pageSearched)]
  if (!isRaw(body)) return []
  const { message, error } = body
  if (typeof message === 'string') return [message]
  if (Array.isArray(message)) return message.filter((text) => typeof text === 'string')
  if (isRaw(error) && typeof error['message'] === 'string') return [error['message']]
  return typeof error === 'string' ? [error] : []
}

function codeOf(body: unknown): string | undefined {
  const error = isRaw(body) ? body['error'] : undefined
  const code = isRaw(error) ? error['code'] : undefined
  return typeof code === 'string' && /^[\w.-]{1,60}$/.test(code) ? code : undefined
}

function kindOf(status: number, text: string, answer: VendorAnswer): Problem {
  if (noGeneration.test(text) && status !== 401 && status !== 403) return { code: 'not-found' }
  if (status === 401) return kindOfUnauthorized(text, answer.operation)
  if (foreignProvider.test(text)) return { code: 'permission', advice: provider }
  if (status === 403) return { code: 'permission', advice: typeof answer.body === 'string' ? edge : location }
  if (status === 400 || status === 500) {
    if (notFound.test(text)) return { code: 'not-found' }
    if (alreadyExists.test(text)) return { code: 'conflict' }
  }
  if (status === 400 && answer.operation === 'messages.cancel') return { code: 'conflict' }
  if (status === 500 && answer.operation === 'messages.ask') return { code: 'vendor-fault', advice: badTokenToo }
  return answer.status < 300 ? { code: inside(status) } : {}
}

/** Of a failure inside a 2xx the kind has to be said, because the HTTP status says the opposite. */
const inside = (status: number): NonNullable<Problem['code']> =>
  status === 404 ? 'not-found' : status === 409 ? 'conflict' : status >= 500 ? 'vendor-fault' : 'invalid-request'

function kindOfUnauthorized(text: string, operation: string): Problem {
  if (/\bversion\b/i.test(text)) return { code: 'configuration', aboutCredential: false, advice: version }
  if (/\bscope\b/i.test(text)) {
    const scopes = scopesOf(operation)
    const advice = `A scope is missing.${scopes ? ` This operation needs ${scopes}.` : ''}`
    return { code: 'permission', aboutCredential: false, advice }
  }
  if (foreignProvider.test(text)) return { code: 'permission', aboutCredential: false, advice: provider }
  return { code: 'authentication', advice: 'Check the option "token" (LEADCONNECTOR_TOKEN).' }
}

const version = 'The vendor does not accept the Version header; check the option "version".'
const location =
  'The token belongs to another location or to an agency; check the options "token" (LEADCONNECTOR_TOKEN) and "locationId" (LEADCONNECTOR_LOCATION_ID).'
const edge = "The answer is a page of the vendor's edge, not of its API."
const provider = 'A conversation provider belongs to a marketplace app and works with that app only.'
const badTokenToo = 'The vendor answers this to a wrong token as well when a message is added.'

const sentence = /^(?:property )?(each value in )?([a-z_][\w.[\]]{0,80}) ((?:must|should|is) .*)$/
const noun =
  'an? (?:valid |positive |negative )?(?:string|number|boolean|array|object|integer|date|email|URL|UUID|phone|enum|ISO|JSON)[a-z0-9 ]{0,30}'
const grammar = [
  `must be ${noun}`,
  'must be one of the following values',
  'must be (?:longer|shorter) than or equal to \\d+ characters',
  'must not be (?:less|greater) than \\d+',
  'must contain (?:at least|not? more than) \\d+ elements',
  'should not (?:be empty|be null or undefined|exist)',
  'is required',
]
const plainProblem = new RegExp(`^(?:${grammar.join('|')})$`, 'i')

/**
 * What the validator says about single fields: `name must be a string`. Only its own grammar is taken over, up to the
 * colon behind which it lists values; any other text may quote a customer.
 */
function fieldsOf(texts: readonly string[]): FieldProblem[] {
  const fields: FieldProblem[] = []
  for (const text of texts) {
    const match = sentence.exec(text.trim())
    if (!match) continue
    const [, each, path = '', rest = ''] = match
    const problem = rest.split(':', 1)[0] as string
    if (!plainProblem.test(problem)) continue
    fields.push({ path, problem: each ? `each value ${problem}` : problem })
  }
  return fields
}
