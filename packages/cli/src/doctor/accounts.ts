import {
  type Adapter,
  type ErrorCode,
  isParleyError,
  type ParleyError,
  type RequestTrace,
  requireOperation,
  supports,
} from '@parley/core'
import { noAccount, openLiveAccounts, openSandboxAccounts } from '../accounts.ts'
import type { StoreOptions } from '../command.ts'
import type { Config } from '../config-file.ts'
import { definitionOf } from '../vendors.ts'
import { type Check, type ClockOffset, offsetOf } from './check.ts'

/** What a sync reads. The first one that the vendor has shows whether the credentials work. */
const lists = ['agents.list', 'conversations.list', 'contacts.list'] as const

export async function checkAccounts(options: StoreOptions, config: Config, clocks: ClockOffset[]): Promise<Check[]> {
  const traces: RequestTrace[] = []
  const runtime = { fetch: clockedFetch(clocks), onRequest: (trace: RequestTrace) => void traces.push(trace) }
  const opened = options.sandbox
    ? await openSandboxAccounts(config.accounts, runtime)
    : await openLiveAccounts(config.accounts, runtime)
  const problem = noAccount(opened)
  if (problem !== undefined) {
    const action = 'Set the environment variables of an account, or correct the configuration.'
    return [{ check: 'accounts', state: 'failed', detail: problem, action }]
  }
  try {
    const checks = await Promise.all(opened.adapters.map((adapter) => checkAccount(adapter, traces)))
    const wrong = opened.skipped
      .filter(({ isUnset }) => options.config !== undefined || !isUnset)
      .map(({ account, reason }): Check => ({ check: account, state: 'failed', detail: reason }))
    return [...checks.flat(), ...wrong]
  } finally {
    await opened.close()
  }
}

async function checkAccount(adapter: Adapter, traces: readonly RequestTrace[]): Promise<Check[]> {
  const check = `${adapter.vendor}:${adapter.account}`
  const [first, ...others] = lists.filter((list) => supports(adapter, list))
  if (first === undefined) return [{ check, state: 'warning', detail: 'the vendor has no list that could be read' }]
  const failed = async (list: (typeof lists)[number], error: ParleyError): Promise<Check> => {
    const scope = await scopeOf(adapter, list, traces)
    const needs = scope === undefined ? '' : ` It needs the scope ${scope}.`
    return {
      check,
      state: 'failed',
      detail: `${list}: ${error.message}`,
      action: `${actionFor(error, adapter)}${needs}`,
    }
  }
  const refused = await failureOf(adapter, first)
  // Without a way to the vendor, or with credentials that it does not accept, the others fail for the same reason.
  if (refused && refused.code !== 'permission') return [await failed(first, refused)]
  const checks: Check[] = refused ? [await failed(first, refused)] : []
  const answered: string[] = refused ? [] : [first]
  for (const list of others) {
    const error = await failureOf(adapter, list)
    if (error) checks.push(await failed(list, error))
    else answered.push(list)
  }
  return answered.length === 0 ? checks : [{ check, state: 'ok', detail: `answers ${answered.join(', ')}` }, ...checks]
}

async function failureOf(adapter: Adapter, list: (typeof lists)[number]): Promise<ParleyError | undefined> {
  try {
    await requireOperation(adapter, list)({ limit: 1 }, { timeout: 15_000 })
    return undefined
  } catch (error) {
    if (isParleyError(error)) return error
    throw error
  }
}

/** The permission that the vendor's documentation names for the request that was refused. */
async function scopeOf(
  { vendor, account, native }: Adapter,
  list: string,
  traces: readonly RequestTrace[],
): Promise<string | undefined> {
  const refused = traces.findLast(
    (trace) => trace.vendor === vendor && trace.account === account && trace.operation === list,
  )
  if (native === undefined || refused === undefined || (refused.status !== 401 && refused.status !== 403))
    return undefined
  const endpoints = Object.entries(await native.endpoints())
  const match = endpoints.find(([route]) => {
    const [method, path = ''] = route.split(' ')
    const pattern = path.replaceAll(/[.*+?^$()|[\]\\]/g, '\\$&').replaceAll(/\{\w+\}/g, '[^/]+')
    return method === refused.method && new RegExp(`${pattern}$`).test(refused.path)
  })
  return match?.[1].scope
}

function actionFor({ code }: ParleyError, { vendor }: Adapter): string {
  const variables = Object.values(definitionOf(vendor)?.env ?? {}).filter((name) => name !== undefined)
  const from = variables.length === 0 ? '' : ` Without a configuration, they are read from ${variables.join(', ')}.`
  if (code === 'authentication') return `Renew the credentials of the account.${from}`
  return actions[code] ?? 'Look the code of the error up in the documentation.'
}

const actions: Partial<Record<ErrorCode, string>> = {
  permission: 'Give the credentials access to this part of the account.',
  network: 'Check the way to the vendor: the network, a proxy, the option "baseUrl".',
  timeout: 'Check the way to the vendor: the network, a proxy, the option "baseUrl".',
  'rate-limit': 'Try again later: the vendor has had too many requests of this account.',
  'vendor-fault': "Try again later, and look at the vendor's status page.",
  response: 'Check the option "baseUrl": the answer is not one of the API.',
  configuration: 'Correct the configuration of the account.',
}

/** A `fetch` that compares the vendors' clocks with that of this machine. */
const clockedFetch =
  (clocks: ClockOffset[]): typeof fetch =>
  async (input, init) => {
    const sent = Date.now()
    const response = await fetch(input, init)
    const date = Date.parse(response.headers.get('date') ?? '')
    const of = new URL(response.url).host
    // The header has whole seconds.
    const offset = offsetOf([date, date + 999], [sent, Date.now()])
    if (!Number.isNaN(date) && !clocks.some((clock) => clock.of === of)) clocks.push({ of, offset })
    return response
  }
