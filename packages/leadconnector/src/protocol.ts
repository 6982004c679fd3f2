import {
  createTransport,
  DecodeError,
  type FieldProblem,
  isRecord,
  isWindow,
  type LimitReading,
  type Payload,
  type Problem,
  type Protocol,
  type RequestSpec,
  type RuntimeOptions,
  readHeaderNumber,
  type Transport,
  type VendorAnswer,
} from '@parley/core'
import { documentedVersions, type LeadConnectorConfig, type LeadConnectorVersions } from './config.ts'

/** What the operations of one account share. */
export interface Context extends Transport {
  readonly locationId: string
  readonly externalIdField: string | undefined
  readonly versions: Required<LeadConnectorVersions>
  readonly now: () => number
  /** A request with the `Version` of its family, which the vendor demands on each; one of its own stays. */
  spec(family: keyof LeadConnectorVersions, spec: RequestSpec): RequestSpec
}

export function createContext(config: LeadConnectorConfig, runtime: RuntimeOptions): Context {
  const {
    token,
    locationId,
    externalIdField,
    version,
    baseUrl = 'https://services.leadconnectorhq.com',
    ...options
  } = config
  const versions = { ...documentedVersions, ...version }
  const protocol = createProtocol(baseUrl, locationId, runtime.random)
  const transport = createTransport(protocol, { ...options, ...runtime, credential: token })
  return {
    ...transport,
    locationId,
    externalIdField,
    versions,
    now: () => transport.settings.clock.now(),
    spec: (family, spec) => ({ ...spec, headers: { version: versions[family], ...spec.headers } }),
  }
}

export const vendor = 'leadconnector'

export const createProtocol = (baseUrl: string, locationId: string, random: () => number = Math.random): Protocol => ({
  vendor,
  accountId: locationId,
  baseUrl,
  authorize: (token) => ({ authorization: `Bearer ${token}` }),
  // The vendor's edge refuses some requests that do not say who they come from.
  headers: { 'user-agent': 'Parley' },
  scope: `${vendor} ${baseUrl} ${locationId}`,
  rate,
  readLimits,
  rateLimitDelay: (headers) => rateDelay(headers, random),
  readProblem,
  requestId,
})

const notFound = /not found|does not exist|\bno (?:\w+ ){1,3}found\b/i
const noGeneration = /no ai suggestion found/i
const alreadyExists = /already exists/i
const foreignProvider = /access to the conversation ?provider|no conversation ?provider found/i

/**
 * The vendor's error in an answer. What is missing is usually a 400 (an agent, a message) and sometimes a 500, a missing
 * scope or `Version` a 401, so the text decides the kind; a cancelled schedule reports its failure inside a 200.
 */
export function readProblem(answer: VendorAnswer): Problem | undefined {
  const status = failureStatus(answer)
  if (status === undefined) return undefined
  const texts = errorTexts(answer.body)
  const text = texts.join('; ')
  const problem: Problem = {
    ...kindOf(status, text, answer),
    vendorMessage: text || undefined,
    vendorCode: codeOf(answer.body),
    requestId: requestId(answer),
  } as Problem
  const names = callersNames[answer.operation] ?? {}
  if (status === 400 || status === 422)
    problem.fields = fieldsOf(texts).map((field) => ({ ...field, path: names[field.path] ?? field.path }))
  return problem
}

/** What the caller calls a field that the vendor refuses under its own name. By operation. */
const callersNames: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'conversations.assign': { assignedTo: 'operatorId' },
  'messages.reply': { message: 'text' },
  'messages.note': { message: 'text', userId: 'operatorId' },
}

/** `traceId` is in most bodies, good and bad. */
export function requestId({ body }: VendorAnswer): string | undefined {
  const id = isRecord(body) ? body['traceId'] : undefined
  return typeof id === 'string' && id !== '' ? id : undefined
}

/** `undefined`: the answer is good. */
function failureStatus({ status, body, operation }: VendorAnswer): number | undefined {
  if (status >= 300) return status
  if (!isRecord(body)) return undefined
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

function errorTexts(body: unknown): string[] {
  if (typeof body === 'string') return [body.slice(0, pageSearched)]
  if (!isRecord(body)) return []
  const { message, error } = body
  if (typeof message === 'string') return [message]
  if (Array.isArray(message)) return message.filter((text) => typeof text === 'string')
  if (isRecord(error) && typeof error['message'] === 'string') return [error['message']]
  return typeof error === 'string' ? [error] : []
}

function codeOf(body: unknown): string | undefined {
  const error = isRecord(body) ? body['error'] : undefined
  const code = isRecord(error) ? error['code'] : undefined
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
const edge = "The response comes from the vendor's edge network, not from its API."
const provider = 'A conversation provider belongs to a marketplace app and works only with that app.'
const badTokenToo = 'When a message is added, the vendor gives this response to a wrong token too.'

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

const agents = 'conversation-ai.readonly'
const readConversations = 'conversations.readonly'
const writeConversations = 'conversations.write'
const readMessages = 'conversations/message.readonly'
const writeMessages = 'conversations/message.write'
const contacts = 'contacts.readonly'
const writeContacts = 'contacts.write'
const files = 'files.readonly'
const readKnowledge = 'knowledge-bases.readonly'
const writeKnowledge = 'knowledge-bases.write'

/** What the vendor's "Scopes" page and its endpoints ask for; the first is needed, the others for parts of it. */
const scopes: ReadonlyMap<string, readonly string[]> = new Map([
  ['agents.list', [agents]],
  ['agents.get', [agents]],
  ['conversations.list', [readConversations]],
  ['conversations.get', [readConversations]],
  ['conversations.create', [writeConversations, readConversations]],
  ['conversations.update', [writeConversations]],
  ['conversations.assign', [writeContacts, readConversations]],
  ['conversations.delete', [writeConversations]],
  ['messages.list', [readMessages]],
  ['messages.get', [readMessages]],
  ['messages.ask', [writeMessages, readMessages, readConversations, agents]],
  ['messages.stream', [writeMessages, readMessages, readConversations, agents]],
  ['messages.reply', [writeMessages, readMessages, readConversations]],
  ['messages.note', [writeMessages, readMessages, readConversations]],
  ['messages.export', [readMessages]],
  ['messages.cancel', [writeMessages, readMessages]],
  ['messages.setStatus', [writeMessages]],
  ['messages.reconcile', [readMessages, agents]],
  ['sources.list', [agents]],
  ['generations.get', [agents]],
  ['contacts.get', [contacts]],
  ['contacts.search', [contacts]],
  ['contacts.upsert', [writeContacts]],
  // Named by newer editions only; where they are missing, the account asks for them.
  ['knowledge.list', [readKnowledge]],
  ['knowledge.add', [writeKnowledge, readKnowledge]],
  ['knowledge.remove', [writeKnowledge]],
  ['attachments.upload', [writeMessages]],
  ['attachments.url', [files]],
  ['attachments.read', [files, readMessages]],
])

/** The scopes that an operation of the contract needs, in words; `undefined` for one that is not known. */
const scopesOf = (operation: string): string | undefined => scopes.get(operation)?.join(', ')

/** "Rate limits": so many requests in so many milliseconds, per app and location. */
export const rate: { readonly requests: number; readonly perMs: number } = {
  requests: 100,
  perMs: 10_000,
}

/** The headers may be missing, as on answers to sends. */
function readLimits(headers: Headers): LimitReading | undefined {
  const fields = {
    remaining: readHeaderNumber(headers, 'x-ratelimit-remaining'),
    windowMs: readHeaderNumber(headers, 'x-ratelimit-interval-milliseconds'),
    max: readHeaderNumber(headers, 'x-ratelimit-max'),
    dailyMax: readHeaderNumber(headers, 'x-ratelimit-limit-daily'),
    dailyRemaining: readHeaderNumber(headers, 'x-ratelimit-daily-remaining'),
    dailyResetMs: readHeaderNumber(headers, 'x-ratelimit-daily-reset'),
  }
  const given = Object.entries(fields).filter(([, value]) => value !== undefined)
  return given.length > 0 ? Object.fromEntries(given) : undefined
}

/**
 * How long to wait after a 429 that names no time: the burst window, plus up to a tenth so that several programs do not
 * come back in the same instant. `null` when the day's requests are used up, because no short wait helps then.
 */
function rateDelay(headers: Headers, random: () => number): number | null {
  if (readHeaderNumber(headers, 'x-ratelimit-daily-remaining') === 0) return null
  const said = readHeaderNumber(headers, 'x-ratelimit-interval-milliseconds')
  const windowMs = isWindow(said) ? said : rate.perMs
  return Math.round(windowMs * (1 + random() / 10))
}

/** The object of an answer that may be wrapped: live answers differ from the documents in this, and editions do. */
export function unwrap(body: unknown, ...wrappers: readonly string[]): Payload {
  if (!isRecord(body)) throw new DecodeError('')
  for (const wrapper of wrappers) {
    const inner = body[wrapper]
    if (isRecord(inner)) return inner
  }
  return body
}
