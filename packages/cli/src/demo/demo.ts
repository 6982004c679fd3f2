import { type Adapter, isParleyError, operationNames, type RuntimeOptions, supports } from '@parley/core'
import { createInbox } from '@parley/inbox'
import { noAccount, type OpenedAccounts, oneOfEach, openLiveAccounts, openSandboxAccounts } from '../accounts.ts'
import { CommandError } from '../command.ts'
import { readConfigFile } from '../config-file.ts'
import { asJson, forPeople } from '../text.ts'
import { definitionOf } from '../vendors.ts'
import { readAgents, readLatest, readThread } from './read.ts'
import { render } from './render.ts'
import type { DemoReport, Part } from './report.ts'
import { ask, reply } from './speak.ts'

const question = 'When are you open on Saturday?'
const answer = 'Thank you for waiting. A colleague will call you back within the hour.'

export interface DemoOptions {
  json?: boolean
  live?: boolean
  config?: string
}

/** Runs the demo. @returns the text to print. */
export async function demo({ json = false, live = false, config }: DemoOptions, width: number): Promise<string> {
  const started = Date.now()
  const accounts = config === undefined ? oneOfEach('demo') : (await readConfigFile(config)).accounts
  const counted = { requests: 0, warnings: {} as Record<string, number> }
  const runtime: RuntimeOptions = {
    onRequest: () => {
      counted.requests++
    },
    onWarning: ({ code }) => {
      counted.warnings[code] = (counted.warnings[code] ?? 0) + 1
    },
  }
  const opened = live
    ? await openLiveAccounts(accounts, runtime)
    : await openSandboxAccounts(accounts, runtime, { now: started })
  const problem = noAccount(opened)
  if (problem !== undefined) throw new CommandError(problem, 2)
  try {
    const report = await collect(opened, live)
    const whole: DemoReport = { ...report, ...counted, durationMs: Date.now() - started }
    return json ? asJson(whole) : forPeople(render(whole, width))
  } finally {
    await opened.close()
  }
}

async function collect(
  { adapters, skipped }: OpenedAccounts,
  live: boolean,
): Promise<Omit<DemoReport, 'requests' | 'warnings' | 'durationMs'>> {
  const inbox = createInbox({ accounts: adapters })
  const each = <T>(job: (adapter: Adapter) => Promise<T>) => Promise.all(adapters.map((adapter) => part(adapter, job)))
  const [agents, conversations, threads] = await Promise.all([
    each(readAgents),
    readLatest(inbox, 14),
    each(readThread),
  ])
  return {
    mode: live ? 'live' : 'sandbox',
    question,
    accounts: adapters.map((adapter) => ({
      account: nameOf(adapter),
      vendor: adapter.vendor,
      label: definitionOf(adapter.vendor)?.label ?? adapter.vendor,
      operations: operationNames.filter((name) => supports(adapter, name)).length,
    })),
    skipped: skipped.map(({ account, reason }) => ({ account, reason })),
    agents,
    conversations,
    threads,
    // At real vendors, the demo sends no message.
    answers: live ? [] : await each((adapter) => ask(adapter, question)),
    replies: live ? [] : await each((adapter) => reply(adapter, answer)),
  }
}

async function part<T>(adapter: Adapter, job: (adapter: Adapter) => Promise<T>): Promise<Part<T>> {
  const account = nameOf(adapter)
  try {
    return { account, value: await job(adapter) }
  } catch (error) {
    if (!isParleyError(error)) throw error
    return { account, failure: { code: error.code, message: error.message } }
  }
}

const nameOf = ({ vendor, account }: Adapter): string => `${vendor}:${account}`
