import { accountName, isParleyError } from '@parley/core'
import type { Person } from '@parley/inbox'
import type { InboxServer, PersonAccess } from '@parley/server'
import { CommandError, type Run } from '../command.ts'
import type { Config } from '../config-file.ts'
import { runBoth } from '../run-both.ts'
import { noteErrors, stopSignal, type Terminal } from '../terminal.ts'
import { asJson, forPeople, oneLine } from '../text.ts'
import { noteFirstSync } from './first-sync.ts'
import { type DeskCommandOptions, personIn, personOf } from './open-desk.ts'

export interface ServeOptions extends DeskCommandOptions {
  host?: string
  port?: number
  publicUrl?: string
}

/** How often the emulated vendors are looked at, in milliseconds. They are on this machine and limit nothing. */
const often = 3_000

/** Reads the accounts, answers what waits, and serves the page, until it is asked to stop. */
export async function serveInbox(options: ServeOptions, run: Run): Promise<void> {
  const { terminal } = run
  const [{ createDesk, createInbox, createSync }, { createServer }, { configure, withAccounts }] = await Promise.all([
    import('@parley/inbox'),
    import('@parley/server'),
    import('../open-store.ts'),
  ])
  // Who signs in must be known before a store is created.
  personOf(options, (await configure(options)).config, {}, [])
  using stop = stopSignal(terminal)
  const { signal } = stop
  await withAccounts(
    options,
    terminal,
    async (store, accounts, { name, config, operatorIds }) => {
      const names = accounts.map(({ vendor, account }) => accountName(vendor, account))
      const person = personOf(options, config, operatorIds, names)
      const onError = noteErrors(terminal)
      const every = options.sandbox ? { every: { conversations: often } } : {}
      const sync = createSync({ store, accounts, onError, ...every })
      const desk = createDesk({ store, accounts, onError })
      const server = createServer({
        ...{
          store,
          sync,
          desk,
          onError,
          inbox: createInbox({ store, accounts }),
          people: peopleOf(config, person, names),
        },
        ...(options.publicUrl !== undefined && { publicUrl: options.publicUrl }),
      })
      terminal.note(`Syncing ${names.join(', ')} into ${name}.\n`)
      if (store.notice !== null) terminal.note(`${store.notice}\n`)
      try {
        const url = await listen(server, options)
        const printLink = async () =>
          printSignIn(terminal, options, person, { url, signIn: await server.signInLink(person.id) })
        await printLink()
        using _ = onEnter(process.stdin, () => void printLink().catch(onError))
        await using _progress = noteFirstSync(() => sync.status(), terminal)
        await runBoth(signal, sync, desk)
      } catch (error) {
        if (!signal.aborted) throw error
      } finally {
        await server.close()
      }
    },
    { isLive: true },
  )
  if (stop.isUnheard) run.exitCode = 130
}

/** The people of the configuration, of whom only the one who acts gets a link. */
const peopleOf = ({ people = [] }: Config, person: Person, accounts: readonly string[]): PersonAccess[] => [
  { ...person, role: 'admin' },
  ...people
    .filter(({ id }) => id !== person.id)
    .map((each): PersonAccess => ({ ...personIn(each, accounts), role: 'operator' })),
]

const defaultPort = 8642

/** Without a port in the options, it takes the next free one. */
async function listen(server: InboxServer, { host = '127.0.0.1', port, publicUrl }: ServeOptions): Promise<string> {
  for (let next = port ?? defaultPort; ; next += 1)
    try {
      const { url } = await server.listen({ host, port: next })
      return publicUrl ?? url
    } catch (error) {
      const isTaken = (error as NodeJS.ErrnoException).code === 'EADDRINUSE'
      if (!isTaken || port !== undefined || next === defaultPort + 20) throw inOwnWords(error, host, next)
    }
}

function inOwnWords(error: unknown, host: string, port: number): unknown {
  const { code, syscall } = error as NodeJS.ErrnoException
  if (code === 'EADDRINUSE')
    return new CommandError(`Port ${port} of ${host} is in use. Use another --port, or 0 for any.`)
  if (syscall !== undefined)
    return new CommandError(`The page cannot be served at port ${port} of ${oneLine(host)} (${code}).`)
  if (isParleyError(error) && error.fields?.some(({ path }) => path === 'host'))
    return new CommandError('--host needs --public-url, the address under which browsers reach the page.', 2)
  return error
}

/** The link is a result, so that a script can take it. It is in no note and no log. */
async function printSignIn(
  terminal: Terminal,
  { json }: ServeOptions,
  { id, name = id }: Person,
  shown: { url: string; signIn: string },
): Promise<void> {
  // The next note of the progress must not take the place of these lines.
  terminal.note('')
  if (json) return terminal.print(asJson(shown, 0))
  const another = process.stdin.isTTY ? ' Press Enter for another one.' : ''
  const { url, signIn } = shown
  await terminal.print(forPeople(`\nInbox:   ${url}\nSign in: ${signIn}\n`))
  terminal.note(`The link signs ${oneLine(name)} in, once, within 15 minutes.${another} Ctrl-C ends it.\n\n`)
}

/** Calls back for each line that a person enters at a terminal. */
export function onEnter(
  input: Pick<NodeJS.ReadStream, 'on' | 'off' | 'pause' | 'isTTY'>,
  callBack: () => void,
): Disposable {
  if (!input.isTTY) return { [Symbol.dispose]() {} }
  input.on('data', callBack)
  return {
    [Symbol.dispose]() {
      input.off('data', callBack)
      input.pause()
    },
  }
}
