import { type Command, Option } from 'commander'
import type { ExitCode } from './exit-codes.ts'
import { path, wholeNumber } from './input.ts'
import type { Terminal } from './terminal.ts'

/**
 * One run of the command line. A command that fails although it has a result sets `exitCode` before it prints this, because
 * nobody may read it.
 */
export interface Run {
  readonly terminal: Terminal
  exitCode: ExitCode
}

/** Makes a command of the command line. It loads what it needs when it runs, so that help and completion are quick. */
export type CreateCommand = (run: Run) => Command

/** A failure whose message is for people. */
export class CommandError extends Error {
  readonly exitCode: ExitCode

  constructor(message: string, exitCode: ExitCode = 1) {
    super(message)
    this.exitCode = exitCode
  }

  /** The error itself, unless it is one of the file system. That one is explained by its code. */
  static ofFile(what: string, error: unknown): unknown {
    const { code, syscall } = error as NodeJS.ErrnoException
    return code !== undefined && syscall !== undefined ? new CommandError(`${what} (${code}).`) : error
  }
}

// Options that several commands share. Commander changes an option that it is given, so each command gets its own.

export const configOption = (): Option =>
  new Option(
    '--config <file>',
    'use this configuration file instead of one account of each vendor; default: PARLEY_CONFIG',
  ).argParser(path)

export const jsonOption = (): Option => new Option('--json', 'print the result as JSON')

/** Of a list that shows the first of many. */
export const limitOption = (what: string, limit: number): Option =>
  new Option('--limit <number>', `at most so many ${what}`).argParser(wholeNumber).default(limit)

/** With accounts or a store of one's own, what the emulated vendors say would come among real conversations. */
const sandboxOption = (): Option =>
  new Option(
    '--sandbox',
    'use the emulated vendors, which need no credentials, and the folder parley-sandbox',
  ).conflicts(['config', 'store'])

/** Of a command that can use the store. */
export const storeOption = (): Option =>
  new Option(
    '--store <url-or-folder>',
    'the database; default: PARLEY_STORE, else that of the configuration, else the folder parley-store',
  )

/** The options of every command that uses the store. */
export interface StoreOptions {
  config?: string
  json?: boolean
  sandbox?: boolean
  store?: string
}

/** Adds the options of every command that uses the store. */
export const withStoreOptions = (command: Command): Command =>
  command.addOption(storeOption()).addOption(configOption()).addOption(sandboxOption()).addOption(jsonOption())
