import {
  type Adapter,
  type Agent,
  type AgentQuery,
  accountName,
  isParleyError,
  type OperationOptions,
  type Page,
  parseRef,
  requireOperation,
} from '@parley/core'
import {
  type AgentDifference,
  type AgentManifest,
  type AgentReport,
  type AgentReportRow,
  applyAgent,
  compareAgent,
  exportAgent,
  formatAgentManifest,
  type Omission,
  parseAgentManifest,
} from '@parley/swap'
import { color } from '../color.ts'
import { CommandError, type Run } from '../command.ts'
import { readText } from '../read-text.ts'
import { lines, rowsWithIds } from '../rows.ts'
import { asJson, count, cut, escapeControls, forPeople, oneLine, wrap } from '../text.ts'
import { accountIn, configOf, type LiveOptions, withLiveAccount } from './open.ts'
import { printOne } from './print.ts'
import { confirm } from './write.ts'

export interface OneAgentOptions extends LiveOptions {
  account?: string
}

export interface ApplyOptions extends OneAgentOptions {
  create?: boolean
  dryRun?: boolean
  yes?: boolean
}

/** The agents of several accounts. An account that cannot be read is noted. */
export const agentsOf = (
  adapters: readonly Adapter[],
  query: AgentQuery,
  signal: AbortSignal,
  run: Run,
): { pages(): AsyncIterable<Page<Agent>> } => ({
  async *pages() {
    for (const [index, adapter] of adapters.entries())
      try {
        const isLast = index === adapters.length - 1
        for await (const page of requireOperation(adapter, 'agents.list')(query, { signal }).pages())
          yield { ...page, next: page.next ?? (isLast ? null : 'the next account') }
      } catch (error) {
        if (!isParleyError(error)) throw error
        run.exitCode = 1
        run.terminal.note(`${error.message}\n`)
      }
  },
})

export const agentRows = (agents: readonly Agent[], width: number): string =>
  agents.length === 0
    ? 'No agent was found.\n'
    : rowsWithIds(
        ['agent', 'status', 'mode', 'default', 'channels'],
        agents.map(({ ref, name, status, mode, isDefault, channels = [] }) => ({
          cells: [
            cut(oneLine(name ?? '') || '-', 40),
            status.value === 'unknown' ? '' : status.value,
            mode?.value ?? '',
            isDefault ? 'yes' : '',
            [...new Set(channels.map(({ value }) => value))].join(', '),
          ],
          below: [color.dim(ref)],
        })),
        { lessImportant: ['default', 'channels', 'mode'], width },
      )

const isRef = (agent: string | undefined): agent is string =>
  agent !== undefined && /^[^/]+:[^/]+\/agent\/./.test(agent)

/** The account of an agent's ref, unless the option names one. */
const accountOf = (agent: string | undefined, { account }: OneAgentOptions): string | undefined =>
  account ?? (isRef(agent) ? accountIn(agent) : undefined)

/** The vendor's id of an agent that a person named: by its ref, its id or its exact name. */
async function idOf(adapter: Adapter, agent: string, options: OperationOptions): Promise<string> {
  if (isRef(agent)) {
    if (accountIn(agent) !== accountName(adapter.vendor, adapter.account))
      throw new CommandError(`The agent ${agent} is of another account.`, 2)
    return parseRef(agent).id
  }
  const id = await namedId(adapter, agent, options)
  if (id === undefined)
    throw new CommandError('There is no agent with this id or name. "parley agents list" lists them.')
  return id
}

async function namedId(adapter: Adapter, agent: string, options: OperationOptions): Promise<string | undefined> {
  const found = new Map<string, Agent>()
  for await (const each of requireOperation(adapter, 'agents.list')({}, options))
    if (each.id === agent || each.name === agent) found.set(each.id, each)
  const [only, ...more] = [...found.values()]
  if (only && more.length > 0)
    throw new CommandError(`Several agents have this name: ${[only, ...more].map(({ ref }) => ref).join(', ')}.`, 2)
  return only?.id
}

export async function showAgent(agent: string, options: OneAgentOptions, run: Run): Promise<void> {
  await withLiveAccount(run, options, accountOf(agent, options), async (adapter, { signal }) => {
    const id = await idOf(adapter, agent, { signal })
    if (options.json) return run.terminal.print(asJson(await requireOperation(adapter, 'agents.get')(id, { signal })))
    const { manifest, omitted } = await exportAgent(adapter, id, { signal })
    const { parley: _, version: __, source: ___, knowledge, ...shown } = manifest
    const kinds = grouped(knowledge ?? [], ({ kind }) => kind)
    const known = [...kinds].map(([kind, items]) => `${items.length} ${kind}`).join(', ')
    const yaml = formatAgentManifest({ parley: 'agent', version: 1, ...shown }, 'yaml')
    await run.terminal.print(
      forPeople(
        lines([
          ...yaml.trimEnd().split('\n').slice(2),
          ...(knowledge ? [`knowledge: ${known || 'none'}`] : []),
          ...omissionLines(omitted, run.terminal.width),
        ]),
      ),
    )
  })
}

export async function exportToFile(agent: string, options: OneAgentOptions, run: Run): Promise<void> {
  await withLiveAccount(run, options, accountOf(agent, options), async (adapter, { signal }) => {
    const { manifest, omitted } = await exportAgent(adapter, await idOf(adapter, agent, { signal }), { signal })
    const format = options.json ? 'json' : 'yaml'
    await run.terminal.print(escapeControls(formatAgentManifest(manifest, format)))
    run.terminal.note(lines(omissionLines(omitted, run.terminal.width)))
  })
}

function grouped<Item>(items: readonly Item[], keyOf: (item: Item) => string): Map<string, Item[]> {
  const groups = new Map<string, Item[]>()
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item])
  return groups
}

/** What the manifest does not have, by reason. */
function omissionLines(omitted: readonly Omission[], width: number): string[] {
  if (omitted.length === 0) return []
  const groups = grouped(omitted, ({ reason, advice }) => `${reason}\n${advice}`).values()
  return [
    '',
    ...wrap('Not in the manifest:', width),
    ...[...groups].flatMap((group) => [
      ...wrap(group.map(({ path }) => path).join(', '), width - 2).map((line) => `  ${line}`),
      ...wrap(`${group[0]?.reason} ${group[0]?.advice}`, width - 4).map((line) => color.dim(`    ${line}`)),
    ]),
  ]
}

async function readManifest(file: string): Promise<AgentManifest> {
  const content = await readText(file)
  try {
    return parseAgentManifest(content)
  } catch (error) {
    if (isParleyError(error)) throw new CommandError(error.message, 2)
    throw error
  }
}

/** The account that a manifest is about: the one that is named, the only one, or else that of the file if it is configured. */
async function accountFor(
  manifest: AgentManifest,
  agent: string | undefined,
  options: OneAgentOptions,
): Promise<string | undefined> {
  const named = accountOf(agent, options)
  const { source } = manifest
  if (named !== undefined || !source) return named
  const { accounts } = await configOf(options)
  const own = accountName(source.vendor, source.account)
  return accounts.length > 1 && accounts.some((each) => accountName(each.vendor, each.account) === own)
    ? own
    : undefined
}

/** The agent that is named, or the one of the file if it is of this account. */
async function agentFor(
  adapter: Adapter,
  { source }: AgentManifest,
  agent: string | undefined,
  options: OperationOptions,
): Promise<string | undefined> {
  if (agent !== undefined) return idOf(adapter, agent, options)
  const isOwn = source?.vendor === adapter.vendor && source.account === adapter.account
  return isOwn ? source?.agentId : undefined
}

export async function compareWithFile(
  file: string,
  agent: string | undefined,
  options: OneAgentOptions & { all?: boolean },
  run: Run,
): Promise<void> {
  const manifest = await readManifest(file)
  const account = await accountFor(manifest, agent, options)
  await withLiveAccount(run, options, account, async (adapter, { signal }) => {
    const id = (await agentFor(adapter, manifest, agent, { signal })) ?? (await nameOf(adapter, manifest, signal))
    const rows = await compareAgent(manifest, adapter, id, { signal })
    const isEqual = rows.every(({ state }) => state !== 'different' && state !== 'only-in-manifest')
    if (!isEqual) run.exitCode = 1
    const shown = options.all ? rows : rows.filter(({ state }) => state !== 'same')
    const hidden = rows.filter(({ state }) => state === 'unknown').length
    await printOne(run, options, { equal: isEqual, rows: shown }, ({ equal, rows }, width) =>
      lines([
        ...rows.flatMap((row) => differenceLines(row, width)),
        ...wrap(
          `The agent ${equal ? 'has everything in' : 'differs from'} the file${hidden === 0 ? '' : `, apart from ${count(hidden)} ${hidden === 1 ? 'value' : 'values'} that its vendor does not show`}.`,
          width,
        ),
      ]),
    )
  })
}

async function nameOf(adapter: Adapter, { name }: AgentManifest, signal: AbortSignal): Promise<string> {
  if (name) return idOf(adapter, name, { signal })
  throw nameless()
}

const nameless = (): CommandError => new CommandError('The file has no name. Say which agent is meant.', 2)

/** The agent that has the name in the file. `undefined`: none has it, and it is to be created. */
async function namedOrNew(
  adapter: Adapter,
  { name }: AgentManifest,
  create: boolean,
  options: OperationOptions,
): Promise<string | undefined> {
  if (!name) throw nameless()
  const id = await namedId(adapter, name, options)
  if (id !== undefined || create) return id
  const account = accountName(adapter.vendor, adapter.account)
  throw new CommandError(`No agent of ${account} has the name in the file. Name another one, or pass --create.`)
}

const states: Record<AgentDifference['state'], (text: string) => string> = {
  same: color.green,
  different: color.red,
  'only-in-manifest': color.red,
  'only-at-agent': color.yellow,
  unknown: color.yellow,
}

const differenceLines = ({ path, state, wanted, actual }: AgentDifference, width: number): string[] => [
  cut(`${states[state](state.padEnd(16))}  ${path}`, width),
  ...valueLines('file ', state === 'only-in-manifest' ? undefined : wanted, width),
  ...valueLines('agent', state === 'same' || state === 'only-at-agent' ? undefined : actual, width),
]

/** A value on one line. */
const valueLines = (name: string, value: unknown, width: number): string[] =>
  value === undefined ? [] : [color.dim(cut(`    ${name}  ${oneLine(JSON.stringify(value))}`, width))]

export async function applyFile(
  file: string,
  agent: string | undefined,
  options: ApplyOptions,
  run: Run,
): Promise<void> {
  const manifest = await readManifest(file)
  const account = await accountFor(manifest, agent, options)
  await withLiveAccount(run, options, account, async (adapter, { signal }) => {
    const { create = false, dryRun = false } = options
    const given = create && agent === undefined ? undefined : await agentFor(adapter, manifest, agent, { signal })
    const id = given ?? (await namedOrNew(adapter, manifest, create, { signal }))
    const how = { ...(id !== undefined && { agent: id }), create, signal }
    const planned = () => applyAgent(manifest, adapter, { ...how, dryRun: true })
    if (dryRun) return printOne(run, options, await planned(), reportText)
    if (!options.yes) {
      const plan = await agree(planned, adapter, run, signal)
      // Nobody has agreed to what the agent may need by now.
      if (plan.writes === 0) return printOne(run, options, { ...plan, dryRun: false }, reportText)
    }
    const report = await applyAgent(manifest, adapter, how)
    if (report.rows.some(({ action }) => action === 'failed' || action === 'not-kept')) run.exitCode = 1
    else if (report.rows.some(({ action }) => action === 'unverified')) run.exitCode = 4
    await printOne(run, options, report, reportText)
  })
}

/** Shows what would be written, and asks. @returns what the person agreed to. */
async function agree(
  planned: () => Promise<AgentReport>,
  adapter: Adapter,
  run: Run,
  signal: AbortSignal,
): Promise<AgentReport> {
  const plan = await planned()
  if (plan.writes === 0) return plan
  run.terminal.note(forPeople(reportText(plan, run.terminal.width)))
  const name = accountName(adapter.vendor, adapter.account)
  const what = plan.agentId === null ? 'It creates an agent' : `It changes the agent ${plan.agentId}`
  await confirm(run, {}, `${what} of ${name}: ${valuesOf(plan.rows.filter(isWrite).length)}.`, signal)
  // The person has agreed to what was shown, and to nothing else.
  if (JSON.stringify(await planned()) !== JSON.stringify(plan))
    throw new CommandError('The agent has changed meanwhile. Nothing was written: apply the file again.', 3)
  return plan
}

const isWrite = ({ action }: AgentReportRow): boolean => ['set', 'created', 'partial'].includes(action)

const valuesOf = (number: number): string => `${number} value${number === 1 ? '' : 's'}`

const actions: Record<AgentReportRow['action'], (text: string) => string> = {
  same: color.green,
  set: color.green,
  created: color.green,
  partial: color.yellow,
  'not-possible': color.yellow,
  'not-kept': color.red,
  unverified: color.yellow,
  failed: color.red,
}

function reportText({ rows, dryRun, agentId }: AgentReport, width: number): string {
  const counts = [...grouped(rows, ({ action }) => action)].map(([action, { length }]) => `${length} ${action}`)
  const head = agentId === null ? 'It would create the agent:' : `It would do this to the agent ${agentId}:`
  return lines([
    ...wrap(dryRun ? head : `The agent ${agentId}:`, width),
    ...rows.filter(({ action }) => action !== 'same').flatMap((row) => reportLines(row, width)),
    ...wrap(`${counts.join(', ') || 'The file mentions nothing'}.`, width),
  ])
}

const reportLines = ({ path, action, wanted, before, reason, advice }: AgentReportRow, width: number): string[] => [
  cut(`${actions[action](action.padEnd(12))}  ${path}`, width),
  ...(action === 'set' ? [...valueLines('from', before, width), ...valueLines('to  ', wanted, width)] : []),
  ...[reason ?? '', advice ? `→ ${advice}` : '']
    .filter(Boolean)
    .flatMap((text) => wrap(text, width - 14).map((line) => color.dim(`              ${line}`))),
]
