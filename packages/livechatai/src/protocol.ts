import {
  baseUrlOf,
  type Call,
  checkId,
  DecodeError,
  type ErrorCode,
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
  readonly agentId: string
  /** Whether `messages.stream` asks the vendor to stream. */
  readonly streaming: boolean
  /** Facts about the vendor that are read once and do not change. */
  readonly known: {
    /** `false`: the list of one contact's conversations is not where it is presumed to be. */
    contactConversations?: boolean
  }
}

/**
 * The agent of a conversation or contact, where it says so. Each belongs to one, and the vendor wants it named also
 * where that would tell it ("conversations/send-message").
 */
export const agentIdOf = (context: Context, of: unknown): string =>
  (of as { agentId?: string | null } | null | undefined)?.agentId || context.agentId

export const vendor = 'livechatai' as const

export const createProtocol = (baseUrl: string, agentId: string): Protocol => ({
  vendor,
  accountId: agentId,
  baseUrl: baseUrlOf(baseUrl, '/api/v2'),
  authorize: (key) => ({ authorization: `Bearer ${key}` }),
  readProblem,
})

/**
 * The error inside an answer: `{ status: 'error', message, code }`, but no endpoint shows an example ("Introduction").
 * The HTTP status decides its kind. Only in a 2xx, where there is no other sign, do the vendor's words.
 */
export function readProblem({ status, body, operation, isErrorPart }: VendorAnswer): Problem | undefined {
  if (status < 300 && !isErrorPart && !(isRecord(body) && body['status'] === 'error')) return undefined
  const problem = isRecord(body) ? wordsOf(body) : pageProblem(body)
  const names = callersNames[operation] ?? {}
  if (problem.fields)
    problem.fields = problem.fields.map((field) => ({ ...field, path: names[field.path] ?? field.path }))
  if (status < 300) problem.code = codeOfWords(problem)
  if (isQuota(status, problem)) return { ...problem, ...usedUp(status) }
  if (status === 401) problem.advice = 'Check apiKey (LIVECHATAI_API_KEY).'
  // A page, where the API would say what is missing: there is no such route, whatever the id.
  if (status === 404 && typeof body === 'string' && isPage(body))
    return { ...problem, code: 'configuration', advice: 'This address does not serve the API; check baseUrl.' }
  if (status === 404 && names['userId'] !== undefined) return { ...problem, ...missingOperator(problem) }
  return problem
}

/** What the caller calls a field that the vendor refuses under its own name. By operation. */
const callersNames: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'messages.reply': { userId: 'operatorId', message: 'text' },
  'conversations.close': { userId: 'operatorId' },
}

/** Two ids are sent, and only the vendor's words can say which of them it does not know. */
function missingOperator({ vendorMessage = '' }: Problem): Problem {
  if (/^\W*conversation\b/i.test(vendorMessage)) return {}
  if (!/^\W*(?:user|teammate|team ?member)\b/i.test(vendorMessage))
    return { advice: 'Either the conversation or the operatorId does not exist.' }
  return {
    reason: 'no teammate has this id',
    fields: [{ path: 'operatorId', problem: 'does not exist' }],
    advice: 'operators.list gives those that are configured.',
  }
}

/** Of a gateway that answered in its own way: enough to recognize it by. The transport makes its words the message. */
const pageProblem = (body: unknown): Problem => {
  const said = typeof body === 'string' ? body.slice(0, 4_000).trim() : ''
  return said === '' ? {} : { vendorMessage: said }
}

const isPage = (text: string): boolean => /^\s*</.test(text)

function wordsOf(body: Payload): Problem {
  const { message, error, detail, code } = body as Record<'message' | 'error' | 'detail' | 'code', unknown>
  const problem: Problem = {}
  const nested = isRecord(error) ? error['message'] : error
  const said = [message, nested, detail].find((part) => typeof part === 'string' || Array.isArray(part))
  const sentences = (Array.isArray(said) ? said : [said]).filter((part) => typeof part === 'string')
  if (sentences.length > 0) problem.vendorMessage = sentences.join('; ')
  const word = code ?? (isRecord(error) ? error['code'] : undefined)
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
  advice: 'The workspace’s message quota seems to be used up; retry in its next cycle.',
  ...(status === 429 ? { doNotRetry: true } : { code: 'permission' as const }),
})

/** The field and the validator's own sentence about it. Anything else may quote what was sent. */
const sentence =
  /^"?([a-zA-Z_][\w.[\]]{0,79})"? ((?:is|are) (?:required|invalid|missing)|(?:must|should) (?:not )?be (?:an? )?(?:string|number|boolean|object|array|integer|email|defined|empty)|should not be empty)\.?$/

/** The fields that a refusal names. The documentation shows none; these are the sentences that validators write. */
export function readFields(sentences: readonly string[]): FieldProblem[] {
  return sentences.flatMap((text): FieldProblem[] => {
    const [, path, problem] = sentence.exec(text.trim()) ?? []
    return path === undefined || problem === undefined ? [] : [{ path, problem }]
  })
}

// Nearly every endpoint wraps its answer in its own way ("Introduction" shows one of them), so each says how.

/** `{ status, data: { … } }`. */
export function dataOf(body: unknown): Payload {
  const data = isRecord(body) ? body['data'] : undefined
  if (isRecord(data)) return data
  throw new DecodeError('data')
}

/** The object itself: "contacts/retrieve". Should it be wrapped one day like the others, it is found all the same. */
export function bareOf(body: unknown): Payload {
  if (!isRecord(body)) throw new DecodeError('')
  const data = body['data']
  return body['id'] === undefined && isRecord(data) ? data : body
}

/** An agent, whose envelope is not documented: `{ data: { agent } }`, `{ data }`, `{ agent }` or itself. */
export function agentOf(body: unknown): Payload {
  if (!isRecord(body)) throw new DecodeError('')
  const data = body['data']
  for (const candidate of [isRecord(data) ? data['agent'] : undefined, data, body['agent'], body])
    if (isRecord(candidate) && candidate['id'] !== undefined) return candidate
  throw new DecodeError('data.id')
}

/** @throws InvalidRequestError */
export function checkFlag(call: Call, value: unknown, path: string, isRequired?: 'required'): boolean | undefined {
  if (typeof value === 'boolean' || (!isRequired && (value === undefined || value === null)))
    return value === null ? undefined : (value as boolean | undefined)
  throw invalid(call, path, 'must be true or false')
}

/** The vendor's id of a conversation. @throws InvalidRequestError */
export function conversationIdOf(
  call: Call,
  target: Target<{ id: string }> | null | undefined,
  path = 'conversation',
): string {
  const id = checkId(call, target, path)
  // Below /conversations these two are endpoints of their own ("conversations/list-views", "conversations/create").
  if (id === 'views' || id === 'create') throw invalid(call, path, 'is not an id')
  return id
}
