import type { OperationName, OperationOptions } from '@parley/core'
import type { PersonalDesk, Store, Sync, SyncedInbox } from '@parley/inbox'
import type * as z from 'zod'
import type { Caller, Role } from './access.ts'
import type { PersonAccess } from './options.ts'

type Shape = Readonly<Record<string, z.ZodType>>
type Values<S extends Shape> = z.output<z.ZodObject<S>>

/**
 * Where the account of a request comes from. Whatever it is, no ref and no account name in a request may be of an account that the
 * caller does not see, and no such thing is in the answer (`access.ts`).
 *
 * `ref`: a ref in the path. `name`: an account in the path. `accounts`: it is a list over accounts, and `call.accounts` has
 * those that the caller chose and may see. `send`: the send in the path. `none`: it concerns no account, because of the reason.
 */
type AccountSource<Param extends string> =
  | { ref: Param }
  | { name: Param }
  | { send: Param }
  | 'accounts'
  | { none: string }

/** What the handlers of routes work with. */
export interface Call {
  readonly caller: Caller
  /** The desk in the caller's name. */
  readonly desk: PersonalDesk
  /** The inbox in the caller's name. */
  readonly inbox: SyncedInbox
  readonly store: Store
  readonly sync: Sync
  /** Of a list: those that it is read from. `undefined`: all, also what concerns none. */
  readonly accounts: string[] | undefined
  /** Without the payloads of vendors. A read ends with the request; a write is finished. */
  readonly options: OperationOptions
  /** An operation of the inbox by its name. */
  readonly run: (name: OperationName, args: readonly unknown[]) => Promise<unknown>
  /** A stream of the changes. */
  readonly events: () => Promise<Response>
  /** The people of the server who see an account that the caller sees, too. */
  readonly people: readonly PersonAccess[]
  readonly signOut: () => Promise<void>
  /** Whether the caller may see all accounts that a value names. */
  readonly sees: (value: unknown) => boolean
  /** The header `Idempotency-Key`. */
  readonly key: string | undefined
}

/** A route as it is declared. Without its role and the source of its account it does not compile. */
interface RouteOptions<P extends Shape, Q extends Shape, B extends z.ZodType> {
  /** `group.verb`, as in the library. */
  id: string
  method: Method
  /** As in OpenAPI: `/v1/agents/{agent}`. */
  path: string
  /** One sentence. */
  summary: string
  role: Role
  account: AccountSource<Extract<keyof P, string>>
  params?: P
  query?: Q
  body?: B
  /** The JSON of the answer. Missing: there is none, or it is described by `answers`. */
  result?: z.ZodType
  /** Of an answer that is not JSON: its media type. */
  answers?: string
  /** Whether it takes the header `Idempotency-Key`. */
  takesKey?: true
  /** The longest body, in bytes. Default 262,144. */
  maxBody?: number
  run(input: { params: Values<P>; query: Values<Q>; body: z.output<B>; call: Call }): unknown
}

export type Method = 'get' | 'post' | 'put' | 'patch' | 'delete'

/** A route, whatever its input is. */
export interface Route extends Omit<RouteOptions<Shape, Shape, z.ZodType>, 'run' | 'account' | 'params' | 'query'> {
  params: Shape
  query: Shape
  account: AccountSource<string>
  run(input: { params: unknown; query: unknown; body: unknown; call: Call }): unknown
}

/** Declares a route. */
export function route<
  P extends Shape = Record<never, z.ZodType>,
  Q extends Shape = Record<never, z.ZodType>,
  B extends z.ZodType = z.ZodType<undefined>,
>(options: RouteOptions<P, Q, B>): Route {
  const { params = {}, query = {}, ...rest } = options
  return { ...rest, params, query, run: options.run as Route['run'] } as Route
}
