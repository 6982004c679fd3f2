import { type Adapter, requireOperation, supports } from '@parley/core'
import { fieldSupport } from '@parley/core/fields'
import { defaultNow, sandbox, testClock } from '@parley/sandbox'
import {
  type AgentManifest,
  type AgentReport,
  applyAgent,
  compareAgent,
  exportAgent,
  formatAgentManifest,
  parseAgentManifest,
} from '@parley/swap'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { loadVendors, type Vendor } from '../vendors.ts'

const clock = testClock(defaultNow, { automatic: true })
const desk = await sandbox.start({ clock, scale: 0.1 })
afterAll(() => desk.stop())
const vendors = await loadVendors()
beforeEach(() => {
  for (const { name } of vendors) desk[name].reset()
})
const open = (vendor: Vendor): Adapter =>
  vendor.create({ ...desk[vendor.name].accountOptions, clock, random: () => 0.5, account: 'shop' })

/** The requests that change something. A search can be a POST. */
const writesTo = (vendor: Vendor, since: number) =>
  desk[vendor.name].requests
    .slice(since)
    .filter(({ method, path }) => method !== 'GET' && !path.endsWith('/search'))
    .map(({ method, path }) => `${method} ${path}`)

const firstOf = async (adapter: Adapter) => {
  const [agent] = (await requireOperation(adapter, 'agents.list')()).items
  if (!agent) throw new Error('The sandbox has no agent.')
  return agent
}

/** What vendors require of a new agent, for manifests whose source does not show it. */
const needed = {
  liveChatEnabled: true,
  prompt: { instructions: 'Answer briefly.\nNever promise a refund.', personality: 'Kind', goal: 'Help people' },
}

const moving = async (from: Vendor, name?: string): Promise<AgentManifest> => {
  const adapter = open(from)
  const { manifest } = await exportAgent(adapter, await firstOf(adapter))
  // By way of a file, as people do it.
  const read = parseAgentManifest(formatAgentManifest(manifest, 'yaml'))
  return name === undefined ? read : { ...needed, ...read, name }
}

const lostIn = ({ rows }: AgentReport): string[] =>
  rows.filter(({ action }) => !['same', 'set', 'created'].includes(action)).map(({ path }) => path)

/** Everything that the target reads back differently, or not at all. */
const missingAt = async (manifest: AgentManifest, adapter: Adapter, agentId: string): Promise<string[]> =>
  (await compareAgent(manifest, adapter, agentId))
    .filter(({ wanted, state }) => wanted !== undefined && state !== 'same')
    .map(({ path }) => path)

const fields: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    ['name', 'displayName', 'description', 'businessName', 'mode', 'channels', 'liveChatEnabled', 'tags'].map(
      (name) => [name, name],
    ),
  ),
  ...{ 'prompt.instructions': 'instructions', 'prompt.personality': 'personality', 'prompt.goal': 'goal' },
  ...{ 'limits.replyDelayMs': 'replyDelayMs', 'limits.maxMessages': 'maxMessages' },
  ...{ 'limits.pause.durationMs': 'pause', 'limits.pause.onOperatorMessage': 'pause' },
}

/** The paths of the manifest that both vendors declare `full`. */
const fullAtBoth = async (from: Adapter, to: Adapter): Promise<string[]> => {
  const [source, target] = await Promise.all([from.fields?.(), to.fields?.()])
  if (!source || !target) throw new Error('An adapter has no field table.')
  return Object.entries(fields)
    .filter(([, field]) => [source, target].every((table) => fieldSupport(table, 'agent', field)?.level === 'full'))
    .map(([path]) => path)
}

const pairs = vendors.flatMap((from) =>
  vendors.flatMap((to) => (from === to ? [] : [[from.label, to.label, from, to] as const])),
)

/** Applies twice with a dry run before, and checks all that always holds. */
async function applyAll(manifest: AgentManifest, from: Vendor, to: Vendor, how: { agent?: string; create?: boolean }) {
  const target = open(to)

  const start = desk[to.name].requests.length
  const planned = await applyAgent(manifest, target, { ...how, dryRun: true })
  expect(writesTo(to, start)).toEqual([])
  const report = await applyAgent(manifest, target, how)
  expect(report.rows).toEqual(planned.rows)
  const agentId = report.agentId as string
  const [lost, missing] = [lostIn(report), await missingAt(manifest, target, agentId)]
  expect(missing.filter((path) => !lost.includes(path))).toEqual([])
  const full = await fullAtBoth(open(from), target)
  // A vendor may give a new agent by itself what nobody can write, such as an active status.
  const extra = lost.filter((path) => !missing.includes(path))
  expect(extra.filter((path) => !how.create || full.includes(path))).toEqual([])
  for (const row of report.rows)
    if (row.action === 'not-possible' || row.action === 'partial') expect(row.reason).toBeTruthy()

  const end = desk[to.name].requests.length
  const again = await applyAgent(manifest, target, { agent: agentId })
  expect(writesTo(to, end)).toEqual([])
  expect(lostIn(again)).toEqual(lost.filter((path) => !extra.includes(path)))
  expect(again.rows.every(({ action }) => ['same', 'not-possible', 'partial'].includes(action))).toBe(true)
  return { report, full }
}

describe('an agent that is exported and applied to a new agent of another vendor', () => {
  const creating = pairs.filter(([, , , to]) => supports(open(to), 'agents.create'))
  it.each(creating)(
    'from %s to %s arrives as far as both declare it, and the report has the rest',
    async (_from, _to, from, to) => {
      const manifest = await moving(from, `Moved from ${from.label}`)
      const { report, full } = await applyAll(manifest, from, to, { create: true })
      expect(lostIn(report).filter((path) => full.includes(path))).toEqual([])
      // The second time, the name finds it.
      const found = await applyAgent(manifest, open(to), { create: true })
      expect(found.agentId).toBe(report.agentId)
    },
  )
})

describe('an agent that is exported and applied to an existing agent of another vendor', () => {
  it.each(pairs)('from %s to %s leaves everything else as it was', async (_from, _to, from, to) => {
    const target = open(to)
    const [first, ...others] = (await requireOperation(target, 'agents.list')()).items
    const agent = first?.id as string
    const before = await exportAgent(target, agent)
    const othersBefore = await Promise.all(others.slice(0, 3).map(({ id }) => exportAgent(target, id)))
    const manifest = await moving(from)
    const { report, full } = await applyAll(manifest, from, to, { agent })
    if (supports(target, 'agents.update')) expect(lostIn(report).filter((path) => full.includes(path))).toEqual([])
    const written = new Set(
      report.rows.filter(({ action }) => action !== 'same' && action !== 'not-possible').map(({ path }) => path),
    )
    const changed = (await compareAgent(before.manifest, target, agent)).filter(({ state }) => state !== 'same')
    const isKnown = (path: string) => [...written].some((one) => path === one || path.startsWith(`${one}.`))
    expect(changed.map(({ path }) => path).filter((path) => !isKnown(path))).toEqual([])
    const othersAfter = await Promise.all(others.slice(0, 3).map(({ id }) => exportAgent(target, id)))
    // Knowledge that several agents share is new for all of them.
    const table = await target.fields?.()
    const isShared = table && fieldSupport(table, 'knowledge', 'knowledgeBaseId')?.readable !== false
    const own = ({ manifest }: { manifest: AgentManifest }) => (isShared ? { ...manifest, knowledge: [] } : manifest)
    expect(othersAfter.map(own)).toEqual(othersBefore.map(own))
  })
})

describe.each(vendors.map((vendor) => [vendor.label, vendor] as const))('an export of %s', (_, vendor) => {
  it('is equal each time, and applying it to its own agent writes nothing', async () => {
    const adapter = open(vendor)
    const agent = await firstOf(adapter)
    const [one, two] = [await exportAgent(adapter, agent), await exportAgent(adapter, agent.id)]
    expect(formatAgentManifest(two.manifest, 'yaml')).toBe(formatAgentManifest(one.manifest, 'yaml'))
    const since = desk[vendor.name].requests.length
    const { rows } = await applyAgent(one.manifest, adapter, { agent })
    expect(rows.filter(({ action }) => action !== 'same')).toEqual([])
    expect(writesTo(vendor, since)).toEqual([])
    expect((await compareAgent(one.manifest, adapter, agent)).every(({ state }) => state === 'same')).toBe(true)
  })
})
