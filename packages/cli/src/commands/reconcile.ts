import { accountName as nameOfAccount, type Reconciliation, requireOperation, type SendAttempt } from '@parley/core'
import { Command } from 'commander'
import { CommandError, type CreateCommand, type Run } from '../command.ts'
import { type LiveOptions, withLiveAccount, withLiveOptions } from '../everyday/open.ts'
import { printOne } from '../everyday/print.ts'
import type { ExitCode } from '../exit-codes.ts'
import { accountName } from '../input.ts'
import { readText } from '../read-text.ts'

export const reconcileCommand: CreateCommand = (run) =>
  withLiveOptions(
    new Command('reconcile').description('find out whether a question or a reply was sent; it sends nothing'),
  )
    .addHelpText(
      'after',
      `
The standard input has the line that "ask" or "reply" wrote to the standard error: { "account", "attempt" }.
Ends with 0 if it was sent, 1 if it was certainly not, so that it can be sent again, and 4 if this is not known yet: try again later.`,
    )
    .action((options: LiveOptions) => reconcile(options, run))

const results: Record<Reconciliation['outcome'], { exitCode: ExitCode; meaning: string }> = {
  done: { exitCode: 0, meaning: 'It was sent.' },
  'not-done': { exitCode: 1, meaning: 'It was certainly not sent. It can be sent again.' },
  unknown: { exitCode: 4, meaning: 'It is not known yet. Try again in some minutes, and do not send it again.' },
}

async function reconcile(options: LiveOptions, run: Run): Promise<void> {
  if (process.stdin.isTTY) run.terminal.note('Paste the line of "ask" or "reply", then Ctrl-D on a line of its own.\n')
  const { account, attempt } = attemptIn(await readText('-'))
  await withLiveAccount(run, options, account, async (adapter, { signal }) => {
    if (nameOfAccount(adapter.vendor, adapter.account) !== account) throw unreadable()
    const found = await requireOperation(adapter, 'messages.reconcile')(attempt, { signal })
    const { exitCode, meaning } = results[found.outcome]
    run.exitCode = exitCode
    await printOne(run, options, found, ({ message }) => `${meaning}\n${message ? `${message.ref}\n` : ''}`)
  })
}

const unreadable = (): CommandError =>
  new CommandError('The standard input must have the line { "account", "attempt" } of "ask" or "reply".', 2)

/** The attempt itself is checked by the adapter. */
function attemptIn(input: string): { account: string; attempt: SendAttempt } {
  try {
    const line = input.split('\n').findLast((each) => each.trim().startsWith('{')) ?? ''
    const { account, attempt } = JSON.parse(line) as { account: unknown; attempt: unknown }
    if (typeof account === 'string' && typeof attempt === 'object' && attempt !== null)
      return { account: accountName(account), attempt: attempt as SendAttempt }
  } catch {
    // Neither JSON nor the name of an account.
  }
  throw unreadable()
}
