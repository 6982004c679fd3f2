import {
  accountName,
  type FieldProblem,
  InvalidRequestError,
  isRecord,
  NotFoundError,
  PermissionError,
  tryParseRef,
} from '@parley/core'
import type { Person } from '@parley/inbox'

/**
 * `reader`: reads. `operator`: also answers and does everything else that concerns single conversations and contacts. `admin`:
 * also changes agents and knowledge, deletes, exports and erases people, and sees the audit of others.
 */
export type Role = 'reader' | 'operator' | 'admin'

const rank: Readonly<Record<Role, number>> = { reader: 0, operator: 1, admin: 2 }

/** The person or the program that sent a request. */
export interface Caller {
  readonly person: Person
  readonly role: Role
  /** `vendor:account` of each account that the caller may see. */
  readonly accounts: ReadonlySet<string>
  /** Whether these are all accounts of the server, also what concerns none. */
  readonly hasAll: boolean
  /** A session has a cookie, which a browser also sends with the requests of other sites. */
  readonly by: 'token' | 'session'
}

/** @throws PermissionError unless the caller has at least this role. */
export function requireRole(caller: Caller, role: Role): void {
  if (rank[caller.role] >= rank[role]) return
  throw new PermissionError({ message: `This needs the role "${role}", and you have "${caller.role}".` })
}

/**
 * The fields that have refs or names of accounts, in requests and in answers. Everything else may be what somebody has typed, and a
 * text may look like a ref by chance or on purpose. A test lists every other field.
 */
export const naming: ReadonlySet<string> = new Set([
  ...['ref', 'items', 'record', 'target', 'expectLastMessage', 'shownBy', 'account', 'accounts', 'operatorIn'],
  ...['conversation', 'message', 'contact', 'contacts', 'agent', 'action', 'attachment', 'knowledge', 'suggestion'],
])

/** The fields whose objects have keys that are not ours. */
export const foreign: ReadonlySet<string> = new Set([
  'attributes',
  'customFields',
  'details',
  'fields',
  'headers',
  'raw',
  'value',
  'vendor',
])

/**
 * Whether the caller must not see an account: of a ref, or by its name.
 *
 * An account that the server does not have is hidden too, so that nobody learns which ones there are.
 */
const isHidden = (caller: Caller, value: string, known: ReadonlySet<string>): boolean => {
  const parts = tryParseRef(value)
  if (parts) return !caller.accounts.has(accountName(parts.vendor, parts.account))
  return known.has(value) && !caller.accounts.has(value)
}

/** Whether a record says that it is of a hidden account. Those of the models have the vendor apart; others have the whole name. */
const isOfHidden = (
  caller: Caller,
  { vendor, account }: Readonly<Record<string, unknown>>,
  known: ReadonlySet<string>,
) =>
  typeof account === 'string' &&
  (isHidden(caller, account, known) ||
    (typeof vendor === 'string' &&
      vendor !== '' &&
      account !== '' &&
      isHidden(caller, accountName(vendor, account), known)))

/**
 * Refuses a request that names anything of an account that the caller may not see, wherever in it: as if it did not exist.
 *
 * @throws NotFoundError
 */
export function checkScope(caller: Caller, request: unknown, known: ReadonlySet<string>): void {
  if (shownOf(caller, request, known, false) !== request) throw nothingThere()
}

export const nothingThere = (): NotFoundError => new NotFoundError({ message: 'There is nothing under this address.' })

/** The accounts that a list is read from. `undefined`: all, also what concerns none. @throws NotFoundError */
export function chosenAccounts(caller: Caller, asked: readonly string[] | undefined): string[] | undefined {
  if (asked?.some((name) => !caller.accounts.has(name))) throw nothingThere()
  return asked ? [...asked] : caller.hasAll ? undefined : [...caller.accounts]
}

/**
 * A result without what belongs to accounts that the caller may not see: such items of its lists are left out.
 *
 * @throws NotFoundError if the result itself is of such an account.
 */
export function withinScope(caller: Caller, result: unknown, known: ReadonlySet<string>): unknown {
  if (caller.hasAll) return result
  const shown = shownOf(caller, result, known, false)
  if (shown === hidden) throw nothingThere()
  return shown
}

/** Stands for a value that is of a hidden account. */
const hidden = Symbol('hidden')

/**
 * A value without what is of hidden accounts in its lists, or `hidden` if it is, or an object in it. Copied where it differs.
 *
 * @param isName whether a string is that of a field in `naming`.
 */
function shownOf(caller: Caller, value: unknown, known: ReadonlySet<string>, isName: boolean): unknown {
  if (typeof value === 'string') return isName && isHidden(caller, value, known) ? hidden : value
  if (Array.isArray(value)) {
    const items = value.map((item) => shownOf(caller, item, known, isName))
    return items.every((item, index) => item === value[index]) ? value : items.filter((item) => item !== hidden)
  }
  if (!isRecord(value)) return value
  if (isOfHidden(caller, value, known)) return hidden
  let copy: Record<string, unknown> | undefined
  for (const [key, item] of Object.entries(value)) {
    if (foreign.has(key)) continue
    const shown = shownOf(caller, item, known, naming.has(key) && key !== 'account')
    if (shown === item) continue
    if (shown === hidden || (pairs.has(key) && (shown as unknown[]).length < (item as unknown[]).length)) return hidden
    copy ??= { ...value }
    copy[key] = shown
  }
  return copy ?? value
}

/** Lists that make no sense without one of their items: the contacts of a link, the accounts of a view. */
const pairs: ReadonlySet<string> = new Set(['contacts', 'accounts'])

/** The id of a person in the audit never is that of a program. */
export const tokenId = (name: string): string => `token:${name}`

/** The error for what is wrong in a request. */
export const wrongRequest = (...fields: FieldProblem[]): InvalidRequestError =>
  new InvalidRequestError({
    message: `The request is wrong: ${fields.map(({ path, problem }) => `${path} ${problem}`).join('; ')}.`,
    fields,
  })
