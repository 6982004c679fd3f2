import type { Command } from 'commander'
import type { Terminal } from './terminal.ts'

/** How a command ended: 0 success, 1 failure, 2 wrong usage or configuration, 130 stopped before it was done. */
export type ExitCode = 0 | 1 | 2 | 130

/** One run of the command line. A command that fails after it has printed its result sets `exitCode`. */
export interface Run {
  readonly terminal: Terminal
  exitCode: ExitCode
}

/** Makes a command of the command line. It loads what it needs when it runs, so that help and completion are quick. */
export type CreateCommand = (run: Run) => Command
