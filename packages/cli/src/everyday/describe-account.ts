import { type Adapter, accountName, type OperationName, supports } from '@parley/core'
import { isUnset } from '../accounts.ts'
import { color } from '../color.ts'
import type { AccountConfig } from '../config-file.ts'
import { lines, rowsWithIds } from '../rows.ts'
import { isSecretCommand, isSecretOption } from '../secrets.ts'
import { wrap } from '../text.ts'
import { definitionOf } from '../vendors.ts'
import { openForLooks } from './open-for-looks.ts'

/** What is known of an account without a request. It has no secret. */
export interface DescribedAccount {
  /** `vendor:account`. */
  account: string
  vendor: string
  label: string
  /** Where each secret comes from. Empty: the account has none. */
  credentials: { option: string; from: 'environment' | 'command' | 'file'; variable?: string; isSet: boolean }[]
  /** Whether all options are there that the vendor needs. A command for a secret counts as one that works. */
  isReady: boolean
  problem?: string
  /** What the account can do, in words. `docs/capabilities.md` has every operation. */
  can: string[]
}

const abilities: readonly (readonly [OperationName, string])[] = [
  ['conversations.list', 'list conversations'],
  ['messages.list', 'read messages'],
  ['messages.ask', 'ask'],
  ['messages.reply', 'reply'],
  ['messages.note', 'note'],
  ['control.takeOver', 'take over'],
  ['conversations.assign', 'assign'],
  ['conversations.close', 'close'],
  ['agents.list', 'list agents'],
  ['agents.update', 'change agents'],
  ['contacts.list', 'list contacts'],
  ['knowledge.list', 'list knowledge'],
  ['knowledge.add', 'add knowledge'],
  ['webhooks.create', 'make webhooks'],
]

export function describeAccount(config: AccountConfig, isEmulated: boolean): DescribedAccount {
  const { vendor, account } = config
  const definition = definitionOf(vendor)
  const { adapter, problem } = openForLooks(config, isEmulated)
  const unset = !isEmulated && isUnset(config)
  const missing = problem?.replace(`${vendor}: `, '') ?? (unset ? 'nothing is set for this account' : undefined)
  return {
    account: accountName(vendor, account),
    vendor,
    label: definition?.label ?? vendor,
    credentials: isEmulated ? [] : credentialsOf(config),
    isReady: missing === undefined,
    ...(missing !== undefined && { problem: missing }),
    can: abilitiesOf(adapter),
  }
}

const abilitiesOf = (adapter: Adapter): string[] =>
  abilities.flatMap(([operation, words]) => (supports(adapter, operation) ? [words] : []))

function credentialsOf(config: AccountConfig): DescribedAccount['credentials'] {
  const definition = definitionOf(config.vendor)
  if (!definition) return []
  const env = definition.env as Readonly<Record<string, string | undefined>>
  const options = [...new Set([...Object.keys(env), ...Object.keys(config)])]
  return options
    .filter((option) => isSecretOption(definition, option))
    .map((option) => {
      const given = config[option]
      if (isSecretCommand(given)) return { option, from: 'command', isSet: true }
      const own = (given as { env?: unknown } | undefined)?.env
      if (given !== undefined && typeof own !== 'string') return { option, from: 'file', isSet: true }
      const variable = typeof own === 'string' ? own : (env[option] ?? '')
      return { option, from: 'environment', variable, isSet: Boolean(process.env[variable]) }
    })
}

const fromText: Record<DescribedAccount['credentials'][number]['from'], string> = {
  environment: '',
  command: 'a command',
  file: 'the configuration (emulated)',
}

export const accountRows = (accounts: readonly DescribedAccount[], width: number): string =>
  accounts.length === 0
    ? lines(['There is no account.'])
    : rowsWithIds(
        ['account', 'ready', 'vendor', 'credentials'],
        accounts.map(({ account, label, isReady, credentials, problem, can }) => ({
          cells: [
            account,
            isReady ? color.green('yes') : color.yellow('no'),
            label,
            credentials
              .filter(({ isSet }) => isSet)
              .map(({ option, from, variable }) => `${option} from ${variable ?? fromText[from]}`)
              .join(', '),
          ],
          below: [
            ...(problem === undefined ? [] : wrap(problem, width - 2).map(color.yellow)),
            ...wrap(can.join(', '), width - 2).map(color.dim),
          ],
        })),
        { lessImportant: ['vendor', 'credentials'], width },
      )
