import {
  ConfigurationError,
  checkFunctionOptions,
  type FieldProblem,
  flagOption,
  functionOption,
  isParleyError,
  isRecord,
  optional,
} from '@parley/core'
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
  /**
   * Whether a proxy in front of the server sets `X-Forwarded-For`. Default `false`: attempts to sign in with links that do not exist
   * are then counted for the proxy, and not for each client.
   */
  trustProxy?: boolean
  /** Whether the server serves the page of the inbox under `/`. Default `true`. `false`: it is an API only. */
  page?: boolean
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

/** @throws ConfigurationError that names each wrong option. It quotes no secret. */
export function checkServerOptions(options: ServerOptions): void {
  const fields = [...optionProblems(options), ...accessProblems(options)]
  if (fields.length === 0) return
  const problems = fields.map(({ path, problem }) => `option "${path}" ${problem}`)
  throw new ConfigurationError({ message: `createServer: ${problems.join('; ')}.`, fields })
}

function optionProblems(options: ServerOptions): readonly FieldProblem[] {
  const withMethods =
    (...names: string[]) =>
    (value: unknown) =>
      isRecord(value) && names.every((name) => typeof value[name] === 'function')
        ? undefined
        : `must be an object with ${names.join(' and ')}`
  const listOption = optional((value) => (Array.isArray(value) ? undefined : 'must be a list'))
  try {
    checkFunctionOptions('createServer', options, {
      store: withMethods('accounts', 'erase'),
      desk: withMethods('as', 'conversations'),
      inbox: withMethods('changes', 'search'),
      sync: withMethods('receive', 'status'),
      tokens: listOption,
      people: listOption,
      webhooks: optional((value) => (isRecord(value) ? undefined : 'must be an object')),
      publicUrl: optional(urlProblem),
      trustProxy: optional(flagOption),
      page: optional(flagOption),
      sessions: optional(sessionsProblem),
      onRequest: optional(functionOption),
      onError: optional(functionOption),
    })
    return []
  } catch (error) {
    if (isParleyError(error) && error.fields) return error.fields
    throw error
  }
}

/** What is wrong in the tokens, the people and the webhooks. */
function accessProblems(options: ServerOptions): FieldProblem[] {
  const { inbox, tokens, people, webhooks } = Object(options) as Readonly<Record<string, unknown>>
  const accounts = isRecord(inbox) ? inbox['accounts'] : undefined
  const problems: FieldProblem[] = []
  const wrong = (path: string, problem: string) => void problems.push({ path, problem })
  const checkAccounts = (path: string, names: readonly unknown[]) => {
    for (const name of names)
      if (Array.isArray(accounts) && !accounts.includes(name))
        wrong(path, `names the account ${JSON.stringify(name)}, which the inbox does not have`)
  }
  /** @returns the items that are objects, each with its place. */
  const checked = (option: string, list: unknown, named: 'id' | 'name', fields: readonly string[]) => {
    const names = new Set<unknown>()
    return (Array.isArray(list) ? list : []).flatMap((item: unknown, index) => {
      const at = `${option}[${index}]`
      if (!isRecord(item)) return wrong(at, 'must be an object') ?? []
      for (const field of Object.keys(item))
        if (![...fields, 'name', 'role', 'accounts', 'operatorIds'].includes(field))
          wrong(`${at}.${field}`, 'does not exist')
      for (const field of new Set([named, 'name']))
        if ((field === named || item[field] !== undefined) && !isName(item[field]))
          wrong(`${at}.${field}`, 'must be a string of 1 to 100 characters that can be printed')
      if (names.has(item[named])) wrong(`${at}.${named}`, 'is that of another one, too')
      names.add(item[named])
      if (!roles.includes(item['role'] as Role)) wrong(`${at}.role`, `must be one of ${roles.join(', ')}`)
      const { accounts: own, operatorIds = {} } = item
      // An empty list could be meant as all of them.
      if (own !== undefined && !(Array.isArray(own) && own.length > 0))
        wrong(`${at}.accounts`, 'must name at least one account')
      else checkAccounts(`${at}.accounts`, own ?? [])
      if (!isRecord(operatorIds)) wrong(`${at}.operatorIds`, 'must be an object of operator ids by account')
      else {
        checkAccounts(`${at}.operatorIds`, Object.keys(operatorIds))
        for (const [account, id] of Object.entries(operatorIds))
          if (typeof id !== 'string' || !/^\S+$/.test(id))
            wrong(`${at}.operatorIds.${account}`, 'must be an id, a string without spaces')
      }
      return [{ at, item }]
    })
  }
  for (const { at, item } of checked('tokens', tokens, 'name', ['secret', 'digest'])) {
    const { secret, digest } = item
    if ((secret === undefined) === (digest === undefined)) wrong(at, 'must have either a secret or a digest')
    if (secret !== undefined && !(typeof secret === 'string' && /^[\x21-\x7e]{32,1000}$/.test(secret)))
      wrong(`${at}.secret`, 'must have 32 to 1000 characters of ASCII, without spaces')
    if (digest !== undefined && !(typeof digest === 'string' && /^[0-9a-f]{64}$/.test(digest)))
      wrong(`${at}.digest`, 'must be a SHA-256 in hexadecimal')
  }
  for (const { at, item } of checked('people', people, 'id', ['id']))
    if (typeof item['id'] === 'string' && item['id'].startsWith(tokenId('')))
      wrong(`${at}.id`, `must not begin with "${tokenId('')}"`)
    else if (item['id'] === 'me' || item['id'] === 'none')
      wrong(`${at}.id`, 'must not be "me" or "none", which lists use')
  for (const [name, receiver] of Object.entries(isRecord(webhooks) ? webhooks : {})) {
    checkAccounts('webhooks', [name])
    if (!isRecord(receiver) || typeof receiver['receive'] !== 'function')
      wrong(`webhooks.${name}`, 'must be the receiver of a webhook')
  }
  return problems
}

/** The database and the desk refuse others. */
const isName = (value: unknown): boolean =>
  typeof value === 'string' && value.trim() !== '' && value.length <= 100 && !/\p{Cc}|\p{Cs}/u.test(value)

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
