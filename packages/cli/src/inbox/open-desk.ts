import { type Adapter, accountName, isParleyError, type Operator, supports } from '@parley/core'
import type { Desk, Person, PersonalDesk, Store } from '@parley/inbox'
import { CommandError, type StoreOptions } from '../command.ts'
import type { Config, PersonConfig } from '../config-file.ts'
import { noteErrors, type Terminal } from '../terminal.ts'
import { oneLine } from '../text.ts'

export interface DeskCommandOptions extends StoreOptions {
  as?: string
}

export interface OpenedDesk {
  store: Store
  accounts: Adapter[]
  desk: Desk
  /** The desk of the person. @throws CommandError if it is not known who acts. */
  mine(): PersonalDesk
  /**
   * @param who `me`, `nobody`, the id of a person of the configuration, or that of an operator of the vendor.
   * @throws CommandError if it is none of them.
   */
  assigneeOf(conversation: string, who: string): Promise<Parameters<PersonalDesk['assign']>[1]>
}

/**
 * Opens the desk for as long as the work takes.
 *
 * @param isStored the vendors are not asked, so that no credentials are needed. All accounts are there that were ever synced.
 */
export async function withDesk<T>(
  options: DeskCommandOptions,
  terminal: Terminal,
  { isStored }: { isStored: boolean },
  work: (opened: OpenedDesk) => Promise<T>,
): Promise<T> {
  const [{ createDesk }, { withAccounts, withStoredAccounts }] = await Promise.all([
    import('@parley/inbox'),
    import('../open-store.ts'),
  ])
  const opened = async (store: Store, accounts: Adapter[], config: Config, sandboxIds: Person['operatorIds'] = {}) => {
    if (accounts.length === 0) throw new CommandError('The store has no account yet. "parley sync" reads them.')
    const desk = createDesk({ store, accounts, onError: noteErrors(terminal) })
    const person = findPerson(options, config, sandboxIds, desk.accounts)
    return work({
      ...{ store, accounts, desk },
      mine() {
        return desk.as(person ?? unknownPerson())
      },
      async assigneeOf(conversation, who) {
        if (who === 'me') return who
        if (who === 'nobody') return null
        const found = config.people?.find(({ id }) => id === who)
        if (!found) {
          await checkOperator(adapterOf(accounts, conversation), who)
          return { operatorId: who }
        }
        return { person: personIn(found, [accountIn(conversation)]) }
      },
    }).catch(wrongUsage)
  }
  // The emulated vendors know who works there.
  if (isStored && !options.sandbox) return withStoredAccounts(options, terminal, opened)
  return withAccounts(
    options,
    terminal,
    (store, accounts, { config, operatorIds }) => opened(store, accounts, config, operatorIds),
    { create: false },
  )
}

/** What a person types is checked by the desk, too. */
function wrongUsage(error: unknown): never {
  throw isParleyError(error) && error.code === 'invalid-request' ? new CommandError(error.message, 2) : error
}

/** `vendor:account` of a ref. */
const accountIn = (ref: string): string => ref.slice(0, ref.indexOf('/'))

const adapterOf = (accounts: readonly Adapter[], ref: string): Adapter | undefined =>
  accounts.find(({ vendor, account }) => accountName(vendor, account) === accountIn(ref))

/**
 * A vendor may accept any id, and a typing error would give the conversation to nobody. Nothing is checked if the vendor cannot list
 * its operators, or not now, and if only this store keeps who has the conversation.
 */
async function checkOperator(adapter: Adapter | undefined, id: string): Promise<void> {
  const known: Operator[] = []
  if (!adapter || !supports(adapter, 'conversations.assign')) return
  try {
    if (adapter.operators?.list) for await (const operator of adapter.operators.list()) known.push(operator)
  } catch (error) {
    if (isParleyError(error)) return
    throw error
  }
  if (known.length === 0 || known.some((operator) => operator.id === id)) return
  const list = known.map((operator) => `  ${operator.id}  ${oneLine(operator.name ?? operator.email ?? '')}`.trimEnd())
  const account = accountName(adapter.vendor, adapter.account)
  throw new CommandError([`${account} has no operator with this id. It has:`, ...list].join('\n'), 2)
}

/** Who acts, with the operator ids in the accounts that are open. @throws CommandError if it is not known. */
export const personOf = (...given: Parameters<typeof findPerson>): Person => findPerson(...given) ?? unknownPerson()

function unknownPerson(): never {
  throw new CommandError('It is not known who acts. Use --as, or "operator" in the configuration.', 2)
}

function findPerson(
  { as, sandbox }: DeskCommandOptions,
  { people, operator }: Config,
  sandboxIds: Person['operatorIds'],
  accounts: readonly string[],
): Person | undefined {
  const id = as ?? operator ?? (sandbox ? 'you' : undefined)
  if (id === undefined) return undefined
  const found = people?.find((person) => person.id === id)
  if (people && !found) {
    const ids = people.map((person) => person.id).join(', ')
    throw new CommandError(`The configuration has no person with the id of --as. It has ${ids}.`, 2)
  }
  return personIn({ operatorIds: sandboxIds, ...found, id }, accounts)
}

/** A person with the operator ids in these accounts. */
export function personIn({ id, name, operatorIds = {} }: PersonConfig, accounts: readonly string[]): Person {
  const open = Object.entries(operatorIds).filter(([account]) => accounts.includes(account))
  return { id, ...(name !== undefined && { name }), operatorIds: Object.fromEntries(open) }
}
