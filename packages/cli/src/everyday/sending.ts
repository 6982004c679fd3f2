import { type Adapter, accountName, isParleyError, type SendAttempt, type SendOptions } from '@parley/core'
import { CommandError, type Run } from '../command.ts'
import type { ExitCode } from '../exit-codes.ts'
import { asJson } from '../text.ts'

/** What is known of a send while it goes on. */
export interface Sending {
  /** For the operation that sends. */
  options: SendOptions
  /** Writes the attempt to the standard error, with the command that finds out what became of it. */
  noteAttempt(): void
  /** What to throw in place of an error of the operation, which says what may have happened. */
  failure(error: unknown): unknown
}

/**
 * Watches one send, so that a stop in its middle can say whether the message may have been sent.
 *
 * @param what the message, as the subject of a sentence: `The reply`.
 */
export function watchSend(adapter: Adapter, what: string, signal: AbortSignal, { terminal }: Run): Sending {
  let attempt: SendAttempt | undefined
  let isOnItsWay = false
  const noteAttempt = () => {
    if (!attempt) return
    const account = accountName(adapter.vendor, adapter.account)
    terminal.note('To find out, give this line to the standard input of "parley reconcile":\n')
    terminal.note(asJson({ account, attempt }, 0))
  }
  const fail = (message: string, exitCode: ExitCode): CommandError => {
    if (exitCode === 4) noteAttempt()
    return new CommandError(message, exitCode)
  }
  return {
    options: {
      signal,
      onAttempt: (known) => {
        attempt = known
      },
      beforeSend: () => {
        isOnItsWay = true
      },
    },
    noteAttempt,
    failure(error) {
      if (isParleyError(error)) {
        if (error.outcome === 'unknown') return fail(`${error.message} ${what} may have been sent.`, 4)
        if (error.code === 'invalid-request') return fail(error.message, 2)
        if (error.code === 'conflict') return fail(error.message, 3)
        return error
      }
      if (!signal.aborted) return error
      if (isOnItsWay) return fail(`It was stopped while a request was on its way. ${what} may have been sent.`, 4)
      return fail(`It was stopped. ${what} was not sent.`, 130)
    },
  }
}
