import { once } from 'node:events'
import { stat, writeFile } from 'node:fs/promises'
import { accountName } from '@parley/core'
import { type Sandbox, sandbox, sandboxVendors } from '@parley/sandbox'
import { CommandError, type Run } from '../command.ts'
import { lines } from '../rows.ts'
import { stopSignal } from '../terminal.ts'
import { asJson, forPeople } from '../text.ts'
import { confirm } from './write.ts'

export interface SandboxOptions {
  port: number
  host: string
  seed: number
  thinkingTime: number
  life?: boolean
  writeConfig?: string
  yes?: boolean
  json?: boolean
}

const accountOfEach = 'sandbox'

const isOfPort = (code: string | undefined): boolean => code === 'EADDRINUSE' || code === 'EACCES'

/** Serves the emulated vendors until it is asked to stop. */
export async function serveSandbox(options: SandboxOptions, run: Run): Promise<void> {
  const { terminal } = run
  const { writeConfig: file, port, host, seed, thinkingTime, life = false } = options
  const last = 65_535 - (sandboxVendors.length - 1)
  if (port > last)
    throw new CommandError(`--port must be at most ${last}, because each emulated vendor takes the next port.`, 2)
  const found = file === undefined ? undefined : await stat(file).catch(() => undefined)
  if (found?.isDirectory()) throw new CommandError(`The file ${file} cannot be written, because it is a folder.`, 2)
  if (found) await confirm(run, options, `The file ${file} exists. Its content is replaced.`)
  using stop = stopSignal(terminal)
  const running = await sandbox
    .start({ port, host, seed, thinkingTime, life, idSeed: Date.now(), now: Date.now() })
    .catch((error: unknown) => {
      const { code, syscall } = error as NodeJS.ErrnoException
      throw syscall === undefined
        ? error
        : new CommandError(
            `The emulated vendors cannot listen at port ${port} of ${host} (${code}). Use another ${isOfPort(code) ? '--port' : '--host'}.`,
          )
    })
  try {
    if (file !== undefined) await write(file, running)
    await terminal.print(options.json ? asJson(summaryOf(running, file), 0) : forPeople(listing(running, file)))
    if (!options.json) terminal.note('All credentials are made up. Ctrl-C ends it.\n')
    if (!stop.signal.aborted) await once(stop.signal, 'abort')
  } finally {
    await running.stop()
  }
  if (stop.isUnheard) run.exitCode = 130
}

/** Its accounts, and a person who can answer in all of them. The store is one of its own, so that nothing comes among real data. */
const configOf = (running: Sandbox): object => {
  const accounts = sandboxVendors.map((name) => {
    const { vendor, accountOptions } = running[name]
    return { vendor, account: accountOfEach, ...accountOptions }
  })
  const operatorIds = Object.fromEntries(
    accounts.flatMap((account) =>
      'operatorId' in account ? [[accountName(account.vendor, accountOfEach), String(account.operatorId)]] : [],
    ),
  )
  return {
    accounts,
    store: { folder: 'parley-sandbox-store' },
    people: [{ id: 'you', name: 'You', operatorIds }],
    operator: 'you',
  }
}

async function write(file: string, running: Sandbox): Promise<void> {
  try {
    await writeFile(file, asJson(configOf(running)), { mode: 0o600 })
  } catch (error) {
    throw CommandError.ofFile(`The file ${file} cannot be written`, error)
  }
}

const vendorsOf = (running: Sandbox) =>
  sandboxVendors.map((name) => {
    const { vendor, url, credentials } = running[name]
    return { vendor, url, credentials }
  })

const summaryOf = (running: Sandbox, config: string | undefined): object => ({
  ready: true,
  ...(config !== undefined && { config }),
  vendors: Object.fromEntries(vendorsOf(running).map(({ vendor, ...rest }) => [vendor, rest])),
})

function listing(running: Sandbox, file: string | undefined): string {
  const blocks = vendorsOf(running).flatMap(({ vendor, url, credentials }) => {
    const space = Math.max(...Object.keys(credentials).map((name) => name.length))
    const rows = Object.entries(credentials).map(([name, value]) => `  ${name.padEnd(space)}  ${value}`)
    return [`${vendor}  ${url}`, ...rows, '']
  })
  return lines([...blocks, ...(file === undefined ? [] : [`parley conversations --config ${file}`])])
}
