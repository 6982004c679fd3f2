import {
  checkFunctionOptions,
  clockOption,
  functionOption,
  numberOption,
  optional,
  type Paged,
  systemClock,
} from '@parley/core'
import { type Accounts, accountsOf, accountsOption } from '../accounts.ts'
import { later } from '../addressed.ts'
import { createInbox } from '../create-inbox.ts'
import { argumentsOf } from '../ref-parts.ts'
import { storeOption } from '../store/connected.ts'
import { databaseOf } from '../store/database.ts'
import type { DeskContext } from './context.ts'
import type { Desk, DeskOptions, PersonalDesk } from './desk.ts'
import { checkPerson, type Person } from './person.ts'

/**
 * Opens the desk over a synced inbox: where people and programs answer.
 *
 * ```ts
 * const desk = createDesk({ store, accounts })
 * const ada = desk.as({ id: 'ada', operatorIds: { 'livechatai:shop': 'user_7' } })
 * const sent = await ada.reply(conversation, { text: 'We open at 9.', expectLastMessage: newest.ref })
 * ```
 *
 * The store must be filled by `createSync` with the same accounts. Run `desk.run` in at least one process.
 *
 * @throws ConfigurationError for an invalid option, and when two accounts have the same vendor and name.
 */
export function createDesk(options: DeskOptions): Desk {
  checkFunctionOptions('createDesk', options, {
    store: storeOption,
    accounts: accountsOption,
    deadline: optional(numberOption(1)),
    clock: optional(clockOption),
    onError: optional(functionOption),
  })
  const { onError, ...own } = options
  const accounts = accountsOf(options.accounts, 'createDesk')
  const context: DeskContext = {
    ...{ db: databaseOf(options.store), accounts, inbox: createInbox(own), clock: options.clock ?? systemClock },
    onError: (error) => onError?.(error),
  }
  let loading: Promise<typeof import('./opened.ts')> | undefined
  // Loaded when it is used, so that an inbox that nobody answers from loads none of it.
  const open = async (person: Person | undefined) => {
    loading ??= import('./opened.ts')
    return (await loading).openDesk(context, person)
  }
  return {
    ...facade<Desk>(open, undefined, [...reads, 'run', 'runOnce']),
    accounts: accounts.names,
    as: as(open, accounts),
  }
}

type Open = (person: Person | undefined) => Promise<Desk & PersonalDesk>

const as =
  (open: Open, accounts: Accounts) =>
  (given: Person): PersonalDesk => {
    const person = checkPerson(accounts, argumentsOf('as', [given] as const)()[0])
    return {
      ...facade<PersonalDesk>(open, person, [...reads, ...commands]),
      ...{ person, accounts: accounts.names, as: as(open, accounts) },
    }
  }

const lists = ['conversations', 'sends', 'audit'] as const
const reads = [
  ...lists,
  ...(['conversation', 'send', 'savedReplies', 'links', 'linkedContacts', 'linkSuggestions', 'quality'] as const),
] as const
const commands = [
  ...([
    'reply',
    'note',
    'retry',
    'settle',
    'dismiss',
    'takeOver',
    'release',
    'assign',
    'close',
    'reopen',
    'snooze',
    'tag',
  ] as const),
  ...([
    'markRead',
    'saveReply',
    'deleteReply',
    'savedViews',
    'saveView',
    'deleteView',
    'link',
    'unlink',
    'audited',
  ] as const),
] as const

/** The methods of the desk, each with its arguments as they are at the call. */
function facade<D extends Desk | PersonalDesk>(
  open: Open,
  person: Person | undefined,
  names: readonly (keyof D & string)[],
): D {
  type Method = (...given: unknown[]) => unknown
  const method = (name: string): Method => {
    const call = (desk: unknown, args: unknown[]) => (desk as Record<string, Method>)[name]?.(...args)
    if (!lists.some((list) => list === name))
      return async (...given) => {
        const args = passed(name, given)
        return call(await open(person), args())
      }
    return (...given) => {
      const args = passed(name, given)
      return later(async () => {
        const desk = await open(person)
        return () => call(desk, args()) as Paged<unknown>
      })
    }
  }
  return Object.fromEntries(names.map((name) => [name, method(name)])) as unknown as D
}

/** Functions are passed on as they are; everything else is copied. */
const passed = (name: string, given: unknown[]): (() => unknown[]) =>
  /^(?:run|runOnce|audited)$/.test(name) ? () => given : argumentsOf(name, given)
