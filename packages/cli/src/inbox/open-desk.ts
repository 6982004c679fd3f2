import type { Adapter } from '@parley/core'
import type { Desk, Person, PersonalDesk, Store } from '@parley/inbox'
import { CommandError, type StoreOptions } from '../command.ts'
import type { Config } from '../config-file.ts'
import { noteErrors, type Terminal } from '../terminal.ts'

export interface DeskCommandOptions extends StoreOptions {
  as?: string
}

export interface OpenedDesk {
  store: Store
  accounts: Adapter[]
  desk: Desk
  /** The desk of the person. @throws CommandError if it is not known who acts. */
  mine(): PersonalDesk
  /** @param who `me`, `nobody`, the id of a person of the configuration, or that of an operator of the vendor. */
  assigneeOf(conversation: string, who: string): Parameters<PersonalDesk['assign']>[1]
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
  const opened = (store: Store, accounts: Adapter[], config: Config, sandboxIds: Person['operatorIds'] = {}) => {
    if (accounts.length === 0) throw new CommandError('The store has no account yet. "parley sync" reads them.')
    const desk = createDesk({ store, accounts, onError: noteErrors(terminal) })
    const person = personOf(options, config, sandboxIds, desk.accounts)
    return work({
      ...{ store, accounts, desk },
      mine() {
        if (person) return desk.as(person)
        throw new CommandError('It is not known who acts. Use --as, or "operator" in the configuration.', 2)
      },
      assigneeOf(conversation, who) {
        if (who === 'me') return who
        if (who === 'nobody') return null
        const found = config.people?.find(({ id }) => id === who)
        if (!found) return { operatorId: who }
        const operatorId = found.operatorIds?.[conversation.slice(0, conversation.indexOf('/'))]
        const name = found.name !== undefined && { name: found.name }
        return operatorId === undefined ? { person: { id: who, ...name } } : { operatorId, ...name }
      },
    })
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

/** Who acts, with the operator ids in the accounts that are open. */
function personOf(
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
  const { name, operatorIds = sandboxIds } = found ?? {}
  const open = Object.entries(operatorIds ?? {}).filter(([account]) => accounts.includes(account))
  return { id, ...(name !== undefined && { name }), operatorIds: Object.fromEntries(open) }
}
