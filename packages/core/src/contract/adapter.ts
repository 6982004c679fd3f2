import type { Limits } from './limits.ts'
import type { Operations } from './operations.ts'

type GroupName = keyof Operations

/** The name of an operation: `messages.reply`. */
export type OperationName = {
  [Group in GroupName]: `${Group}.${Extract<keyof Operations[Group], string>}`
}[GroupName]

/**
 * One account at one vendor: a plain object of operation groups.
 *
 * **Presence is the capability.** A group or an operation that the vendor lacks is not there. On an adapter's own type
 * (`LiveChatAI`) what it has is not optional; on this general type all of it is, and `can` and `need` narrow it.
 */
export type Adapter = AdapterIdentity & { [Group in GroupName]?: Partial<Operations[Group]> }

export interface AdapterIdentity {
  /** The vendor's name in lower case, the first part of every `ref`. */
  readonly vendor: string
  /** The user's name for this account, the second part of every `ref`. */
  readonly account: string
  readonly limits: Limits
  /** Why the operations that are not there are not there: shown by `need`, in the capability matrix and in the docs. */
  readonly absent: Readonly<Partial<Record<OperationName, string>>>
}

/** The signature of an operation by its name. */
export type OperationOf<Name extends OperationName> = Name extends `${infer Group extends GroupName}.${infer Verb}`
  ? Verb extends keyof Operations[Group]
    ? Operations[Group][Verb]
    : never
  : never

/** What an adapter is known to have once `can` said yes. */
export type With<Name extends OperationName> = Name extends `${infer Group extends GroupName}.${infer Verb}`
  ? { [G in Group]: { [V in Verb & keyof Operations[Group]]: Operations[Group][V] } }
  : never
