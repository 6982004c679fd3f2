import {
  type Adapter,
  type Agent,
  ConflictError,
  InvalidRequestError,
  isParleyError,
  mayPass,
  NotFoundError,
  type OperationOptions,
  type ParleyError,
  requireOperation,
  supports,
  type Target,
} from '@parley/core'
import type { AgentManifest } from './agent-manifest.ts'
import { compareManifests, type Difference, isForeign } from './compare-agent.ts'
import { tableOf } from './compare-fields.ts'
import { knowledgePlace, type LiveAgent, readKnowledge, readLiveAgent } from './export-agent.ts'
import { isSame, json } from './manifest-fields.ts'
import { parseAgentManifest } from './manifest-text.ts'
import type { AgentReportRow, Plan } from './plan.ts'
import { planAgent } from './plan-agent.ts'

export interface ApplyAgentOptions extends Pick<OperationOptions, 'signal' | 'timeout' | 'priority'> {
  /** The agent, or its id. Default: the only agent whose name is exactly that of the manifest. */
  agent?: Target<Agent>
  /** Creates the agent if none has the name of the manifest. Default `false`. */
  create?: boolean
  /** Plans and writes nothing. The rows are those of a real run, but for what the vendor does not keep. Default `false`. */
  dryRun?: boolean
}

/** What happened, or in a dry run would happen, to every value that the manifest mentions. */
export interface AgentReport {
  vendor: string
  account: string
  /** `null`: a dry run that would create the agent. */
  agentId: string | null
  dryRun: boolean
  /** How many operations that write the plan has. 0: the agent has everything that its vendor takes. */
  writes: number
  /** In the order of the manifest. */
  rows: AgentReportRow[]
}

/**
 * Brings an agent as near to a manifest as the vendor allows, and reports every value.
 *
 * Only values that differ are written, and nothing that the manifest does not mention is touched: other actions and other knowledge
 * stay. Ids are written only in the account that they come from. What the vendor or its adapter refuses is known before the first
 * write. After the writes, everything is read back, and only what reads back equal is `set` or `created`. Applying again changes
 * nothing; after a run that was cut off, it finishes.
 *
 * A failed write does not end the run: its rows are `failed`.
 *
 * @throws InvalidRequestError for a bad manifest, or if a new agent lacks a field that the vendor requires.
 * @throws UnsupportedError if the agent is to be created and the vendor cannot do that.
 * @throws NotFoundError if there is no such agent and `create` is not set.
 * @throws ConflictError if several agents have the name; the message has their ids.
 */
export async function applyAgent(
  manifest: AgentManifest,
  adapter: Adapter,
  options: ApplyAgentOptions = {},
): Promise<AgentReport> {
  const { agent, create = false, dryRun = false, ...how } = options
  const wanted = parseAgentManifest(manifest)
  const table = await tableOf(adapter)
  const target = agent ?? (await findByName(adapter, wanted, how))
  if (target === undefined && !create) throw noSuchAgent(adapter)
  if (target === undefined) requireOperation(adapter, 'agents.create')
  const live = target === undefined ? newAgent(adapter) : await readLiveAgent(adapter, target, how)
  await readEffectiveKnowledge(live, wanted, adapter, target === undefined, how)
  const plan = await planAgent({ adapter, table, wanted, live, isNew: target === undefined, how })
  const report = (agentId: string | null): AgentReport => ({
    vendor: adapter.vendor,
    account: adapter.account,
    agentId,
    dryRun,
    writes: plan.steps.length + (plan.create === undefined ? 0 : 1),
    rows: plan.rows,
  })
  if (dryRun) return report(target === undefined ? null : live.id)
  const agentId = target === undefined ? await createOnce(adapter, wanted, plan, how) : live.id
  const failed = await runSteps(plan, agentId, how)
  if (plan.create !== undefined || plan.steps.length > 0) await verify(plan, agentId, wanted, adapter, failed, how)
  return report(agentId)
}

async function findByName(
  adapter: Adapter,
  { name }: AgentManifest,
  options: OperationOptions,
): Promise<string | undefined> {
  if (!name) {
    const problem = 'is required where no agent is given'
    throw new InvalidRequestError({
      message: `The name of the manifest ${problem}.`,
      fields: [{ path: 'name', problem }],
    })
  }
  const ids = new Set<string>()
  for await (const agent of requireOperation(adapter, 'agents.list')({}, options))
    if (agent.name === name) ids.add(agent.id)
  if (ids.size < 2) return [...ids][0]
  throw new ConflictError({
    vendor: adapter.vendor,
    account: adapter.account,
    message: `Several agents have the name of the manifest: ${[...ids].join(', ')}. Say which one is meant. Nothing was written.`,
    outcome: 'not-done',
  })
}

const noSuchAgent = ({ vendor, account }: Adapter): NotFoundError =>
  new NotFoundError({
    vendor,
    account,
    message: `${vendor}:${account} has no agent with the name of the manifest. Say which agent is meant, or allow to create it.`,
    outcome: 'not-done',
  })

/** What is known of an agent that does not exist yet: it has nothing that the adapter can read. */
const newAgent = (adapter: Adapter): LiveAgent => ({
  id: 'new',
  manifest: {
    parley: 'agent',
    version: 1,
    ...(supports(adapter, 'agents.actions.list') && { actions: [] }),
    ...(supports(adapter, 'agents.workingHours.get') && { workingHours: null }),
    ...(supports(adapter, 'knowledge.list') && { knowledge: [] }),
  },
  omitted: [],
  actions: [],
  hours: null,
  knowledgeOf: undefined,
})

/** The agent will have the knowledge bases of the manifest, if they belong to this account. What is in them is there already. */
async function readEffectiveKnowledge(
  live: LiveAgent,
  wanted: AgentManifest,
  adapter: Adapter,
  isNew: boolean,
  options: OperationOptions,
): Promise<void> {
  if (!wanted.knowledge?.length) return
  const bases = isForeign(wanted, adapter) ? undefined : wanted.knowledgeBaseIds
  if (!isNew && (bases === undefined || live.knowledgeOf?.bases === undefined)) return
  const agent = { ...(!isNew && { id: live.id }), knowledgeBaseIds: bases ?? [] }
  live.knowledgeOf = await knowledgePlace(adapter, agent, await tableOf(adapter), options)
  if (live.knowledgeOf?.bases)
    live.manifest.knowledge = (await readKnowledge(adapter, live.knowledgeOf, [], options)) ?? []
}

/** Creates the agent. If it is unknown whether that happened, the agent is looked for and never created a second time. */
async function createOnce(
  adapter: Adapter,
  wanted: AgentManifest,
  plan: Plan,
  options: OperationOptions,
): Promise<string> {
  try {
    return (await requireOperation(adapter, 'agents.create')(plan.create as never, options)).id
  } catch (error) {
    if (!isParleyError(error) || error.outcome !== 'unknown') throw error
    const found = await findByName(adapter, wanted, options).catch(() => undefined)
    if (found === undefined) throw error
    return found
  }
}

/** Runs the writes in their order. @returns why the write of a row failed or was not tried. */
async function runSteps(plan: Plan, agentId: string, options: OperationOptions): Promise<Map<AgentReportRow, string>> {
  const failed = new Map<AgentReportRow, string>()
  let stop: ParleyError | undefined
  for (const { rows, run } of plan.steps) {
    try {
      if (!stop) await run(agentId, options)
    } catch (error) {
      if (!isParleyError(error)) throw error
      for (const row of rows) failed.set(row, error.message)
      if (endsAll(error)) stop = error
      continue
    }
    if (stop) for (const row of rows) failed.set(row, `Not tried, because an earlier write failed: ${stop.message}`)
  }
  return failed
}

/** Whether the next write would fail as well. */
const endsAll = (error: ParleyError): boolean =>
  mayPass(error) || ['authentication', 'permission', 'configuration', 'response'].includes(error.code)

/** Reads everything back, and corrects the rows whose values did not arrive. */
async function verify(
  plan: Plan,
  agentId: string,
  wanted: AgentManifest,
  adapter: Adapter,
  failed: ReadonlyMap<AgentReportRow, string>,
  options: OperationOptions,
): Promise<void> {
  const written = plan.rows.filter(({ action }) => action === 'set' || action === 'created' || action === 'partial')
  const now = await readLiveAgent(adapter, agentId, options).catch((error: unknown) => {
    if (isParleyError(error)) return error
    throw error
  })
  if (isParleyError(now)) {
    for (const row of written) unverified(row, `Reading it back failed: ${now.message}`)
  } else {
    const all = compareManifests(wanted, now.manifest, await tableOf(adapter), isForeign(wanted, adapter))
    for (const row of written) check(row, all, plan)
  }
  for (const [row, reason] of failed)
    if (row.action === 'not-kept' || row.action === 'unverified')
      Object.assign(row, { action: 'failed', reason, advice: 'Apply the manifest again.' })
}

const unverified = (row: AgentReportRow, reason: string): void => {
  Object.assign(row, { action: 'unverified', reason, advice: 'Compare the agent with the manifest later.' })
}

function check(row: AgentReportRow, all: readonly Difference[], plan: Plan): void {
  const exact = all.find(({ path }) => path === row.path)
  const inside = exact ? [] : all.filter(({ path }) => path.startsWith(`${row.path}.`))
  const taken = plan.taken.get(row.path)
  if (taken !== undefined) {
    if (!isSame(row.path, taken, exact?.actual)) notKept(row, exact?.actual)
    return
  }
  // Of a new action, each field is compared, but for those whose rows say that they were not written.
  const lost = new Set(plan.rows.filter(({ action }) => action === 'not-possible').map(({ path }) => path))
  const wrong = inside.filter(({ state, path }) => state === 'different' && !lost.has(path))
  if (inside.length > 0) {
    for (const difference of wrong) notKept(row, difference.actual, difference.path)
    const isUnread = inside.some(
      ({ state, path, wanted }) => state === 'unknown' && wanted !== undefined && !lost.has(path),
    )
    if (wrong.length === 0 && isUnread) unverified(row, 'The vendor accepted it, and reading does not show all of it.')
    return
  }
  if (exact?.state === 'same') return
  if (exact?.state === 'different') notKept(row, exact.actual)
  else unverified(row, 'The vendor accepted it, and reading does not show it yet.')
}

function notKept(row: AgentReportRow, actual: unknown, path = row.path): void {
  const where = path === row.path ? '' : `${path.slice(row.path.length + 1)}: `
  const reason = `${where}The vendor accepted it and has something else: ${JSON.stringify(json(actual ?? null)).slice(0, 200)}`
  Object.assign(row, { action: 'not-kept', reason, advice: 'Set it in the vendor’s dashboard.' })
}
