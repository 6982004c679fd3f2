import { Option } from 'commander'

// Options that several commands share. Commander changes an option that it is given, so each command gets its own.

export const configOption = (): Option =>
  new Option('--config <file>', 'use this configuration file instead of one account of each vendor')

export const jsonOption = (): Option => new Option('--json', 'print the result as JSON')
