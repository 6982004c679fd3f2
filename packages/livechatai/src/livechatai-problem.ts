import { type ErrorCode, isRaw, type Problem, type Raw, type VendorAnswer } from '@parley/core'
import { readFields } from './read/read-livechatai-fields.ts'

/**
 * The error inside an answer: `{ status: 'error', message, code }`, but no endpoint shows an example ("Introduction").
 * The HTTP status decides its kind. Only in a 2xx, where there is no other sign, do the vendor's words.
 */
export function readProblem({ status, body, isErrorPart }: VendorAnswer): Problem | undefined {
  if (status < 300 && !isErrorPart && !(isRaw(body) && body['status'] === 'error')) return undefined
  const problem = isRaw(body) ? wordsOf(body) : pageProblem(body)
  if (status < 300) problem.code = codeOfWords(problem)
  if (isQuota(status, problem)) return { ...problem, ...usedUp(status) }
  if (status === 401) problem.advice = 'Check apiKey (LIVECHATAI_API_KEY).'
  // A page, where the API would say what is missing: there is no such route, whatever the id.
  if (status === 404 && typeof body === 'string' && isPage(body))
    return { ...problem, code: 'configuration', advice: 'This address does not serve the API; check baseUrl.' }
  return problem
}

/** Of a gateway that answered in its own way: enough to recognize it by. The transport makes its words the message. */
const pageProblem = (body: unknown): Problem => {
  const said = typeof body === 'string' ? body.slice(0, 4_000).trim() : ''
  return said === '' ? {} : { vendorMessage: said }
}

const isPage = (text: string): boolean => /^\s*</.test(text)

function wordsOf(body: Raw): Problem {
  const { message, error, detail, code } = body as Record<'message' | 'error' | 'detail' | 'code', unknown>
  const problem: Problem = {}
  const nested = isRaw(error) ? error['message'] : error
  const said = [message, nested, detail].find((part) => typeof part === 'string' || Array.isArray(part))
  const sentences = (Array.isArray(said) ? said : [said]).filter((part) => typeof part === 'string')
  if (sentences.length > 0) problem.vendorMessage = sentences.join('; ')
  const word = code ?? (isRaw(error) ? error['code'] : undefined)
  // Declared a text; only what looks like a code is one, since anything else may quote.
  if (typeof word === 'number' || (typeof word === 'string' && /^[\w.-]{1,60}$/.test(word)))
    problem.vendorCode = String(word)
  const fields = readFields(sentences)
  if (fields.length > 0) problem.fields = fields
  return problem
}

/** What an unknown failure did is unknown too: a fault, so that a write is read back before anybody repeats it. */
function codeOfWords({ vendorCode, vendorMessage }: Problem): ErrorCode {
  const words = vendorCode && !/^\w*error$/i.test(vendorCode) ? vendorCode : (vendorMessage ?? '')
  return kinds.find(([pattern]) => pattern.test(words))?.[1] ?? 'vendor-fault'
}

const kinds: readonly (readonly [RegExp, ErrorCode])[] = [
  [
    /unauthori[sz]ed|unauthenticated|invalid[ _-]?(?:api[ _-]?)?(?:key|token)|no valid api key|^401$/i,
    'authentication',
  ],
  [/forbidden|permission|access[ _-]?denied|^403$/i, 'permission'],
  [/not[ _-]?found|does not exist|^404$/i, 'not-found'],
  [/too[ _-]?many[ _-]?requests|rate[ _-]?limit|^429$/i, 'rate-limit'],
  [/conflict|already exists|^409$/i, 'conflict'],
  [/bad[ _-]?request|validation|invalid|required|missing|^4\d\d$/i, 'invalid-request'],
]

/** What happens once the plan's messages are used up is not documented; any of these may say so. */
const isQuota = (status: number, { vendorCode = '', vendorMessage = '' }: Problem): boolean =>
  (status < 300 || status === 402 || status === 403 || status === 429) &&
  /quota|credit|(?:message|monthly|plan|usage|workspace)[ _-]*limit/i.test(`${vendorCode} ${vendorMessage}`)

const usedUp = (status: number): Problem => ({
  advice: 'The messages of the workspace’s plan seem to be used up; waiting will not help before its next cycle.',
  ...(status === 429 ? { hopeless: true } : { code: 'permission' as const }),
})
