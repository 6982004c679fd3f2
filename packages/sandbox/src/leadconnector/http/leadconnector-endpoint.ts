import type { Json } from '../leadconnector-json.ts'
import type { LocationState, State, TokenRecord } from '../state/leadconnector-state.ts'
import type { Reply } from './leadconnector-reply.ts'

/** A request that passed the gate. */
export interface Call {
  readonly state: State
  readonly token: TokenRecord
  readonly now: number
  /** One instant of the emulator's clock, and the host that the client called, for links. */
  readonly origin: string
  readonly version: string
  readonly params: Readonly<Record<string, string>>
  readonly query: Readonly<Record<string, string>>
  /** A repeated query parameter. */
  readonly all: (name: string) => readonly string[]
  readonly body: Json
  readonly form: FormData | null
}

/** A call with the location that its token implies. */
export interface LocationCall extends Call {
  readonly location: LocationState
}

export type Family = 'conversation-ai' | 'conversations' | 'contacts' | 'users' | 'knowledge-bases' | 'oauth' | 'files'

interface Route {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  readonly path: string
  readonly family: Family
  /** Null: any token of the location. */
  readonly scope: string | null
  /** Paths of one edition answer 404 under the other. */
  readonly only?: 'v3' | 'date'
}

export interface LocationEndpoint extends Route {
  readonly tenant?: 'location'
  /** The agent search is the one place that must not be sent a `locationId`. */
  readonly ignoresLocationId?: boolean
  /** A send was seen without rate limit headers. */
  readonly isSend?: boolean
  readonly handle: (call: LocationCall) => Reply | Promise<Reply>
}

export interface CompanyEndpoint extends Route {
  readonly tenant: 'company'
  readonly handle: (call: Call) => Reply | Promise<Reply>
}

export type Endpoint = LocationEndpoint | CompanyEndpoint
