import { Option } from 'commander'

// Options that several commands share. Commander changes an option that it is given, so each command gets its own.

export const configOption = (): Option =>
  new Option('--config <file>', 'use this configuration file instead of one account of each vendor')

export const jsonOption = (): Option => new Option('--json', 'print the result as JSON')

export const sandboxOption = (): Option =>
  new Option('--sandbox', 'use the emulated vendors, which need no credentials')

export const storeOption = (): Option =>
  new Option(
    '--store <url-or-folder>',
    'the database; default: PARLEY_STORE, else that of the configuration, else a folder',
  )

/** The options of every command that uses the store. */
export interface StoreOptions {
  config?: string
  json?: boolean
  sandbox?: boolean
  store?: string
}
