import { type Adapter, accountName, ConfigurationError, isRecord, NotFoundError, type OptionCheck } from '@parley/core'
import { refIn, refParts } from './ref-parts.ts'

/** The accounts of an inbox by name (`vendor:account`, encoded as in refs). */
export interface Accounts {
  readonly names: readonly string[]
  readonly all: readonly { name: string; adapter: Adapter }[]
  /** By account name, ref or entity. */
  of(target: string | { ref: string }): Adapter
  /** The chosen accounts in the order of the inbox. */
  chosen(names: readonly string[] | undefined): readonly { name: string; adapter: Adapter }[]
}

/** The check of an option that lists accounts. `accountsOf` checks each of them. */
export const accountsOption: OptionCheck = (value) =>
  Array.isArray(value) && value.length > 0 ? undefined : 'must be a non-empty list of adapters'

const isAdapter = (value: unknown): value is Adapter =>
  isRecord(value) && typeof value['vendor'] === 'string' && typeof value['account'] === 'string'

/**
 * @throws ConfigurationError for a value that is not an adapter, and when two adapters have the same vendor and
 * account.
 */
export function accountsOf(adapters: readonly Adapter[], of = 'createInbox'): Accounts {
  const byName = new Map<string, Adapter>()
  const index = adapters.findIndex((each) => !isAdapter(each))
  if (index >= 0) throw wrongOption(of, `accounts[${index}]`, 'must be an adapter that an adapter factory returned')
  for (const adapter of adapters) {
    const name = accountName(adapter.vendor, adapter.account)
    if (byName.has(name)) {
      throw new ConfigurationError({
        message: `Two accounts are both called ${name}; give each its own "account" option.`,
        fields: [{ path: 'account', problem: 'must be different for each account of a vendor' }],
      })
    }
    byName.set(name, adapter)
  }
  const all = [...byName].map(([name, adapter]) => ({ name, adapter }))
  const find = (name: string): Adapter => {
    const adapter = byName.get(name)
    if (adapter) return adapter
    throw new NotFoundError({
      message: `This inbox has no account ${name}; it has ${[...byName.keys()].join(', ')}.`,
    })
  }
  return {
    names: [...byName.keys()],
    all,
    of(target) {
      const text = refIn(target, 'inbox.adapter', 'of')
      if (typeof text === 'string' && byName.has(text)) return find(text)
      const { vendor, account } = refParts(
        text,
        'inbox.adapter',
        'of',
        'an account (vendor:account), a ref or an entity with one',
      )
      return find(accountName(vendor, account))
    },
    chosen(names) {
      if (!names) return all
      for (const name of names) find(name)
      return all.filter(({ name }) => names.includes(name))
    },
  }
}

/** The error for an invalid option of `createInbox`. */
const wrongOption = (of: string, path: string, problem: string): ConfigurationError =>
  new ConfigurationError({ message: `${of}: option "${path}" ${problem}.`, fields: [{ path, problem }] })
