import { setTimeout as wait } from 'node:timers/promises'
import type { SyncStatus } from '@parley/inbox'
import { Command } from 'commander'
import { type CreateCommand, type Run, type StoreOptions, withStoreOptions } from '../command.ts'
import { runBoth } from '../run-both.ts'
import { hasFailed, kindOf, problemsOf, statusText, summaryOf } from '../status-text.ts'
import { noteErrors, stopSignal, type Terminal } from '../terminal.ts'
import { asJson, forPeople } from '../text.ts'

interface SyncOptions extends StoreOptions {
  once?: boolean
  full?: boolean
}

export const syncCommand: CreateCommand = (run) =>
  withStoreOptions(
    new Command('sync')
      .description('read all accounts into the store, and keep it up to date until Ctrl-C')
      .option('--once', 'end when everything that is due is read')
      .option('--full', 'with --once: read everything again, also what is not due'),
  )
    .addHelpText(
      'after',
      `
Ctrl-C ends it when what was read is stored; a second Ctrl-C ends it at once. The next run goes on from there.
With --once, it ends with 1 if an account or a stream failed, and with 130 if it was stopped before its end.
It also stops, with 130, when the reader of the standard error has gone.
It ends what "parley inbox" left behind, and wakes snoozed conversations.`,
    )
    .action(async (options: SyncOptions, command: Command) => {
      if (options.full && !options.once) command.error("error: option '--full' needs '--once'")
      await sync(options, run)
    })

async function sync(options: SyncOptions, run: Run): Promise<void> {
  const { terminal } = run
  const [{ createDesk, createSync }, { withAccounts }] = await Promise.all([
    import('@parley/inbox'),
    import('../open-store.ts'),
  ])
  using stop = stopSignal(terminal)
  const { signal } = stop
  const status = await withAccounts(options, terminal, async (store, accounts, { name }) => {
    terminal.note(`Syncing ${accounts.map(({ vendor, account }) => `${vendor}:${account}`).join(', ')} into ${name}.\n`)
    if (store.notice !== null) terminal.note(`${store.notice}\n`)
    const onError = noteErrors(terminal)
    const engine = createSync({ store, accounts, onError })
    const desk = createDesk({ store, accounts, onError })
    await using _progress = showProgress(() => engine.status(), terminal)
    try {
      if (options.once) {
        await engine.runOnce({ signal, full: options.full ?? false })
        await desk.runOnce({ signal })
      } else await runBoth(signal, engine, desk)
    } catch (error) {
      if (!signal.aborted) throw error
    }
    return engine.status()
  })
  if (signal.aborted && (options.once || stop.isUnheard)) run.exitCode = 130
  else if (options.once && hasFailed(status)) run.exitCode = 1
  await terminal.print(options.json ? asJson(status) : forPeople(statusText(status, terminal.width)))
}

/**
 * Shows how a sync goes on, until it is disposed: on a terminal as a table that is drawn again each second, elsewhere as a line
 * each minute. Elsewhere, a problem is written when it comes up.
 */
function showProgress(look: () => Promise<SyncStatus>, terminal: Terminal): AsyncDisposable {
  const end = new AbortController()
  const { renote } = terminal
  const every = renote ? 1_000 : 10_000
  let told: readonly string[] = []
  let rounds = 0
  const show = (status: SyncStatus) => {
    if (renote) return renote(statusText(status, terminal.width))
    const problems = problemsOf(status, Date.now())
    for (const problem of problems) if (!told.includes(kindOf(problem))) terminal.note(`${problem}\n`)
    told = problems.map(kindOf)
    if (rounds++ % 6 === 0) terminal.note(`${new Date().toISOString()} ${summaryOf(status)}\n`)
  }
  const ended = (async () => {
    for (;;) {
      // The sync itself says when the database is away.
      const status = await look().catch(() => undefined)
      if (end.signal.aborted) return
      if (status) show(status)
      await wait(every, undefined, { signal: end.signal }).catch(() => {})
    }
  })()
  return {
    async [Symbol.asyncDispose]() {
      end.abort()
      await ended
      renote?.('')
    },
  }
}
