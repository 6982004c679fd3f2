import { ConfigurationError, checkFunctionOptions, flagOption, functionOption, isRecord, optional } from '@parley/core'
import type { WebhookReceiver } from '@parley/core/webhook'
import type { Desk, Store, Sync, SyncedInbox } from '@parley/inbox'
import { type Role, tokenId } from './access.ts'

/** Who may use the server, and what of it. */
interface Access {
  role: Role
  /** Only these accounts, as `vendor:account`. Default: all. */
  accounts?: readonly string[]
  /** The operator id in each account, as in `Person` of `@parley/inbox`. */
  operatorIds?: Readonly<Record<string, string>>
}

/** A person, who signs in with a link. */
export interface PersonAccess extends Access {
  /** The application's own id. The audit and the sends have it. */
  id: string
  name?: string
}

/** A program, which sends a secret with each request. Its id in the audit is `token:` and its name. */
export interface TokenAccess extends Access {
  name: string
  /** The secret: 32 to 1000 characters of ASCII, without spaces. Either this or `digest`. */
  secret?: string
  /** The SHA-256 of the secret in hexadecimal, so that the configuration has no secret. */
  digest?: string
}

/** A request that was answered, for a log. It has no secrets and no texts of customers. */
export interface RequestRecord {
  method: string
  /** The route as it is declared, such as `/v1/agents/{agent}`. `null`: there is no such route. */
  route: string | null
  status: number
  /** In milliseconds. */
  duration: number
  /** The id of the person or program. `null`: not known. */
  person: string | null
}

export interface ServerOptions {
  store: Store
  desk: Desk
  inbox: SyncedInbox
  sync: Sync
  /** The programs that may use the server. */
  tokens?: readonly TokenAccess[]
  /** The people who may sign in. */
  people?: readonly PersonAccess[]
  /** The receivers of the vendors' webhooks, by account. An account's address is `/webhooks/` and its name. */
  webhooks?: Readonly<Record<string, WebhookReceiver>>
  /**
   * The address under which browsers reach the server, such as `https://desk.example`. With `https:`, cookies are `Secure`. It is
   * required to listen on anything but loopback.
   */
  publicUrl?: string
  /** Whether a proxy in front of the server sets `X-Forwarded-For`. Default `false`. */
  trustProxy?: boolean
  /** How long a person stays signed in, in milliseconds. */
  sessions?: {
    /** Without a request. Default 43,200,000, twelve hours. */
    idle?: number
    /** In all. Default 604,800,000, a week. */
    absolute?: number
    /** How long a sign-in link is valid. Default 900,000, 15 minutes. */
    link?: number
  }
  /** Receives each request that was answered. */
  onRequest?: (request: RequestRecord) => void
  /** Receives what no answer shows: unexpected errors, and failures of the database while streams are open. */
  onError?: (error: unknown) => void
}

const roles: readonly Role[] = ['reader', 'operator', 'admin']

/** @throws ConfigurationError that names what is wrong. It quotes no secret. */
export function checkServerOptions(options: ServerOptions): void {
  const withMethods =
    (...names: string[]) =>
    (value: unknown) =>
      isRecord(value) && names.every((name) => typeof value[name] === 'function')
        ? undefined
        : `must be an object with ${names.join(' and ')}`
  checkFunctionOptions('createServer', options, {
    store: withMethods('accounts', 'erase'),
    desk: withMethods('as', 'conversations'),
    inbox: withMethods('changes', 'search'),
    sync: withMethods('receive', 'status'),
    tokens: optional((value) => (Array.isArray(value) ? undefined : 'must be a list')),
    people: optional((value) => (Array.isArray(value) ? undefined : 'must be a list')),
    webhooks: optional((value) => (isRecord(value) ? undefined : 'must be an object')),
    publicUrl: optional(urlProblem),
    trustProxy: optional(flagOption),
    sessions: optional(sessionsProblem),
    onRequest: optional(functionOption),
    onError: optional(functionOption),
  })
  const { inbox, tokens = [], people = [], webhooks = {} } = options
  checkAccess('tokens', tokens, ({ name }) => name, inbox)
  checkAccess('people', people, ({ id }) => id, inbox)
  for (const [index, { secret, digest }] of tokens.entries()) {
    if ((secret === undefined) === (digest === undefined))
      throw wrong(`tokens[${index}]`, 'must have either a secret or a digest')
    if (secret !== undefined && !(typeof secret === 'string' && /^[\x21-\x7e]{32,1000}$/.test(secret)))
      throw wrong(`tokens[${index}].secret`, 'must have 32 to 1000 characters of ASCII, without spaces')
    if (digest !== undefined && !/^[0-9a-f]{64}$/.test(digest))
      throw wrong(`tokens[${index}].digest`, 'must be a SHA-256 in hexadecimal')
  }
  for (const [index, { id }] of people.entries())
    if (id.startsWith(tokenId(''))) throw wrong(`people[${index}].id`, `must not begin with "${tokenId('')}"`)
  for (const name of Object.keys(webhooks))
    if (!inbox.accounts.includes(name)) throw wrong('webhooks', 'names an account that the inbox does not have')
}

function checkAccess<A extends Access>(
  option: string,
  all: readonly A[],
  nameOf: (access: A) => string,
  inbox: SyncedInbox,
): void {
  const names = new Set<string>()
  for (const [index, access] of all.entries()) {
    const at = `${option}[${index}]`
    if (!isRecord(access)) throw wrong(at, 'must be an object')
    const name = nameOf(access)
    if (typeof name !== 'string' || name.trim() === '' || name.length > 100)
      throw wrong(at, 'must have a name of at most 100 characters')
    if (names.has(name)) throw wrong(at, 'has the same name as another one')
    names.add(name)
    if (!roles.includes(access.role)) throw wrong(`${at}.role`, `must be one of ${roles.join(', ')}`)
    const { accounts, operatorIds = {} } = access
    // An empty list could be meant as all of them.
    if (accounts !== undefined && !(Array.isArray(accounts) && accounts.length > 0))
      throw wrong(`${at}.accounts`, 'must name at least one account')
    for (const account of [...(accounts ?? []), ...Object.keys(operatorIds)])
      if (!inbox.accounts.includes(account)) throw wrong(at, 'names an account that the inbox does not have')
  }
}

function urlProblem(value: unknown): string | undefined {
  const url = typeof value === 'string' && URL.canParse(value) ? new URL(value) : undefined
  return url && /^https?:$/.test(url.protocol) && url.pathname === '/' && !url.search && !url.username
    ? undefined
    : 'must be an address without a path, such as https://desk.example'
}

function sessionsProblem(value: unknown): string | undefined {
  if (!isRecord(value)) return 'must be an object'
  const isTime = (time: unknown) => typeof time === 'number' && time > 0 && Number.isFinite(time)
  const names = ['idle', 'absolute', 'link']
  return Object.entries(value).every(([name, time]) => names.includes(name) && isTime(time))
    ? undefined
    : `takes ${names.join(', ')}, each a number of milliseconds`
}

const wrong = (path: string, problem: string): ConfigurationError =>
  new ConfigurationError({ message: `createServer: option "${path}" ${problem}.`, fields: [{ path, problem }] })
