import { type Adapter, type Agent, type OperationOf, requireOperation } from '@parley/core'
import { defaultNow, sandbox, testClock } from '@parley/sandbox'
import {
  type AgentManifest,
  type AgentReport,
  applyAgent,
  compareAgent,
  exportAgent,
  formatAgentManifest,
  type ManifestAction,
} from '@parley/swap'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { loadVendors } from '../vendors.ts'

// What applying a manifest must never do, at the vendor whose agents can be written most.

const clock = testClock(defaultNow, { automatic: true })
const desk = await sandbox.start({ clock, scale: 0.1, vendors: ['leadConnector', 'liveChatAI'] })
afterAll(() => desk.stop())
const vendors = await loadVendors()
beforeEach(() => {
  for (const name of ['leadConnector', 'liveChatAI'] as const) desk[name].reset()
  Object.assign(desk.leadConnector.settings, { primaryPersists: true })
})

const open = (name: 'leadConnector' | 'liveChatAI', account = 'shop'): Adapter => {
  const vendor = vendors.find((each) => each.name === name)
  if (!vendor) throw new Error(`There is no vendor ${name}.`)
  return vendor.create({ ...desk[name].accountOptions, clock, random: () => 0.5, account })
}

async function agentsOf(adapter: Adapter): Promise<Agent[]> {
  const agents: Agent[] = []
  for await (const agent of requireOperation(adapter, 'agents.list')()) agents.push(agent)
  return agents
}

const rowOf = ({ rows }: AgentReport, path: string) => rows.find((row) => row.path === path)

const writes = () =>
  [...desk.leadConnector.requests, ...desk.liveChatAI.requests].filter(({ method }) => method !== 'GET').length

const minimal = { parley: 'agent', version: 1 } as const

const handOver: ManifestAction = {
  kind: 'hand-over',
  name: 'Call for help',
  trigger: 'custom',
  condition: 'The customer is angry',
  examples: ['This is a scandal'],
  finalMessage: 'A colleague comes.',
}

async function firstTwo() {
  const adapter = open('leadConnector')
  const [first, second] = await agentsOf(adapter)
  if (!first || !second) throw new Error('The sandbox has too few agents.')
  return { adapter, first, second }
}

describe('an exported manifest', () => {
  it('has no secret of an action, and says what to do about it', async () => {
    const { adapter, first } = await firstTwo()
    const secret = {
      url: 'https://u:pw@api.example/x?key=k1',
      headers: { 'X-Key': 'k2' },
      queryParams: { token: 'k3' },
    }
    await requireOperation(adapter, 'agents.actions.attach')(first, {
      kind: 'api-call',
      name: 'Pay',
      attributes: { apiConfig: { method: 'POST', ...secret, authentication: { type: 'bearer', token: 'k4' } } },
    })
    const { manifest, omitted } = await exportAgent(adapter, first)
    expect(manifest.actions).toContainEqual({ kind: 'api-call', name: 'Pay' })
    expect(formatAgentManifest(manifest, 'yaml') + JSON.stringify(omitted)).not.toMatch(
      /pw@|\bk[1-4]\b|apiConfig|bearer/,
    )
    expect(omitted).toContainEqual({
      path: 'actions[api-call "Pay"].attributes',
      reason: expect.stringContaining('secrets'),
      advice: expect.stringContaining('agents.actions.attach'),
    })
  })
})

describe('applying a manifest', () => {
  it('writes no id in another account, and says so', async () => {
    const { adapter, first, second } = await firstTwo()
    const { manifest } = await exportAgent(adapter, first)
    const other = open('leadConnector', 'branch')
    const report = await applyAgent({ ...manifest, name: 'Copy' }, other, { create: true })
    const booking = 'actions[book-appointment "Book a repair"]'
    expect(rowOf(report, booking)).toMatchObject({
      action: 'not-possible',
      reason: expect.stringContaining('calendarId'),
    })
    expect(rowOf(report, 'knowledgeBaseIds')).toMatchObject({ action: 'not-possible' })
    const help = 'actions[hand-over "Fetch a colleague"]'
    expect(rowOf(report, help)?.action).toBe('created')
    expect(rowOf(report, `${help}.assigneeId`)).toMatchObject({
      action: 'not-possible',
      reason: expect.stringContaining('leadconnector:shop'),
    })
    const written = JSON.stringify((await exportAgent(other, report.agentId as string)).manifest)
    for (const id of ids(manifest)) expect(written).not.toContain(id)
    expect(second.id).not.toBe(report.agentId)
  })

  it('writes the ids in their own account', async () => {
    const { adapter, first } = await firstTwo()
    const { manifest } = await exportAgent(adapter, first)
    const report = await applyAgent({ ...manifest, name: 'Twin', isDefault: false }, adapter, { create: true })
    expect(report.rows.filter(({ action }) => !['same', 'created'].includes(action)).map(({ path }) => path)).toEqual([
      'actions[api-call "Look up the stock"]',
    ])
    // Both agents answer from the same knowledge base, which has everything already.
    expect(report.rows.filter(({ path, action }) => path.startsWith('knowledge[') && action !== 'same')).toEqual([])
    const twin = await exportAgent(adapter, report.agentId as string)
    for (const id of ids(manifest)) expect(JSON.stringify(twin.manifest)).toContain(id)
  })

  it('keeps what the manifest does not have of an action and of working hours', async () => {
    const { adapter, first } = await firstTwo()
    const attached = await requireOperation(adapter, 'agents.actions.attach')(first, {
      kind: 'follow-up',
      name: 'Remind',
      scenario: 'busy',
      steps: [{ id: 1, afterMs: 3_600_000, message: 'Hello?', workflowId: 'workflow-1', attributes: { tone: 'calm' } }],
      attributes: { colour: 'blue' },
    })
    const hours = {
      enabled: true,
      channels: ['sms' as const],
      timezone: 'business' as const,
      schedule: [{ day: 'mon' as const, intervals: [{ from: '09:00', to: '17:00' }] }],
      autoReply: 'Closed.',
      attributes: { offHoursAutoReply: { sendNotification: true, notifyUserIds: ['user-1'] } },
    }
    await requireOperation(adapter, 'agents.workingHours.set')(first, hours)
    const action = {
      kind: 'follow-up' as const,
      name: 'Remind',
      steps: [{ id: 1, afterMs: 7_200_000, message: 'Hello?' }],
    }
    const manifest: AgentManifest = { ...minimal, actions: [action], workingHours: { autoReply: 'Back at nine.' } }
    const report = await applyAgent(manifest, adapter, { agent: first })
    expect(report.rows.map(({ path, action }) => [path, action])).toEqual([
      ['actions[follow-up "Remind"].steps', 'set'],
      ['workingHours.autoReply', 'set'],
    ])
    const read = await requireOperation(adapter, 'agents.actions.get')(first, attached)
    expect(read).toMatchObject({
      steps: [{ id: 1, afterMs: 7_200_000, workflowId: 'workflow-1', attributes: { tone: 'calm' } }],
      attributes: { colour: 'blue' },
    })
    const now = await requireOperation(adapter, 'agents.workingHours.get')(first)
    expect(now).toMatchObject({
      ...hours,
      channels: [{ value: 'sms' }],
      timezone: { value: 'business' },
      autoReply: 'Back at nine.',
    })
    expect((await applyAgent(manifest, adapter, { agent: first })).rows.every(({ action }) => action === 'same')).toBe(
      true,
    )
  })

  it('reports what is beyond a limit of the vendor before anything is written', async () => {
    const { adapter, first } = await firstTwo()
    const manifest: AgentManifest = {
      ...minimal,
      limits: { replyDelayMs: 3_600_000, maxMessages: 1000 },
      channels: ['sms', 'voice', 'slack'],
      actions: [
        { ...handOver, name: 'x'.repeat(51) },
        { ...handOver, examples: [] },
      ],
      workingHours: { enabled: true, channels: ['fax' as never, 'sms'].slice(1) as 'sms'[], timezone: 'business' },
    }
    const report = await applyAgent(manifest, adapter, { agent: first, dryRun: true })
    expect(rowOf(report, 'limits.replyDelayMs')).toMatchObject({
      action: 'not-possible',
      reason: expect.stringContaining('at most 300,000'),
    })
    expect(rowOf(report, 'limits.maxMessages')).toMatchObject({
      action: 'not-possible',
      reason: expect.stringContaining('from 1 to 100'),
    })
    expect(rowOf(report, 'channels')).toMatchObject({
      action: 'partial',
      reason: expect.stringMatching(/channels\[voice\].*channels\[slack\]/),
    })
    const [long, bare] = report.rows.filter(({ path }) => path.startsWith('actions['))
    expect(long).toMatchObject({ action: 'not-possible', reason: expect.stringContaining('50') })
    expect(bare).toMatchObject({ action: 'not-possible', reason: expect.stringContaining('examples') })
    expect(rowOf(report, 'workingHours.enabled')).toMatchObject({
      action: 'not-possible',
      reason: expect.stringContaining('schedule'),
    })
    expect(writes()).toBe(0)
    expect((await applyAgent(manifest, adapter, { agent: first })).rows).toEqual(report.rows)
  })

  it('refuses to guess between two agents with one name, and to create one unasked', async () => {
    const { adapter } = await firstTwo()
    const create = requireOperation(adapter, 'agents.create')
    const text = { personality: 'Calm', goal: 'Help', instructions: 'Answer.' }
    const twins = [await create({ name: 'Twin', ...text }), await create({ name: 'Twin', ...text })]
    const before = writes()
    await expect(applyAgent({ ...minimal, name: 'Twin' }, adapter, { create: true })).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining(twins.map(({ id }) => id).join(', ')),
    })
    await expect(applyAgent({ ...minimal, name: 'Nobody' }, adapter)).rejects.toMatchObject({ code: 'not-found' })
    await expect(applyAgent(minimal, adapter)).rejects.toMatchObject({ fields: [{ path: 'name' }] })
    await expect(applyAgent({ ...minimal, name: 'Nobody' }, adapter, { create: true })).rejects.toMatchObject({
      code: 'invalid-request',
      fields: [{ path: 'prompt.personality', problem: expect.any(String) }],
      outcome: 'not-done',
    })
    expect(writes()).toBe(before)
  })

  it('creates one agent even if the answer to the creation is lost', async () => {
    const { adapter } = await firstTwo()
    const manifest: AgentManifest = {
      ...minimal,
      name: 'Once',
      prompt: { personality: 'Calm', goal: 'Help', instructions: 'Answer.' },
    }
    const on = { method: 'POST', path: /\/agents$/ }
    desk.leadConnector.faults.script([{ kind: 'reset', after: true, on }])
    const report = await applyAgent(manifest, adapter, { create: true })
    expect((await agentsOf(adapter)).filter(({ name }) => name === 'Once').map(({ id }) => id)).toEqual([
      report.agentId,
    ])
    expect(report.rows.every(({ action }) => action === 'created')).toBe(true)
  })

  it('goes on after a failed write, says which one it was, and finishes the next time', async () => {
    const { adapter, first } = await firstTwo()
    const manifest: AgentManifest = {
      ...minimal,
      limits: { maxMessages: 50 },
      actions: [handOver],
      knowledge: [{ kind: 'faq', question: 'Are dogs allowed?', answer: 'Yes.' }],
    }
    desk.leadConnector.faults.script([{ kind: 'status', status: 422, on: { method: 'POST', path: /\/actions$/ } }])
    const report = await applyAgent(manifest, adapter, { agent: first })
    expect(report.rows.map(({ action }) => action)).toEqual(['set', 'failed', 'created'])
    const again = await applyAgent(manifest, adapter, { agent: first })
    expect(again.rows.map(({ action }) => action)).toEqual(['same', 'created', 'same'])
  })

  it('says of a write that came after a lost connection that it was not tried', async () => {
    const { adapter, first } = await firstTwo()
    desk.leadConnector.faults.script([{ kind: 'reset', on: { method: 'POST', path: /\/actions$/ } }])
    const knowledge: AgentManifest['knowledge'] = [{ kind: 'faq', question: 'Are dogs allowed?', answer: 'Yes.' }]
    const { rows } = await applyAgent({ ...minimal, actions: [handOver], knowledge }, adapter, { agent: first })
    const notTried = expect.stringMatching(/^Not tried, because an earlier write failed: /) as string
    expect(rows).toMatchObject([
      { action: 'failed', reason: expect.not.stringContaining('Not tried') as string },
      { action: 'failed', reason: notTried },
    ])
  })

  it('takes a write for done whose answer was lost, if it reads back', async () => {
    const { adapter, first } = await firstTwo()
    desk.leadConnector.faults.script([{ kind: 'reset', after: true, on: { method: 'POST', path: /\/actions$/ } }])
    const report = await applyAgent({ ...minimal, actions: [handOver] }, adapter, { agent: first })
    expect(report.rows.map(({ action }) => action)).toEqual(['created'])
  })

  it('claims nothing that does not read back', async () => {
    const { adapter, second } = await firstTwo()
    Object.assign(desk.leadConnector.settings, { primaryPersists: false })
    const kept = await applyAgent({ ...minimal, isDefault: true }, adapter, { agent: second })
    expect(kept.rows).toMatchObject([{ path: 'isDefault', action: 'not-kept' }])
    const get = failAfter(adapter, 1)
    const faulty = new Proxy(adapter, {
      get: (target, key) => (key === 'agents' ? { ...target.agents, get } : Reflect.get(target, key)),
    })
    const unread = await applyAgent({ ...minimal, limits: { maxMessages: 41 } }, faulty, { agent: second })
    expect(unread.rows).toMatchObject([{ path: 'limits.maxMessages', action: 'unverified' }])
  })

  it('stops at once when it is aborted, and the next run finishes', async () => {
    const { adapter, first } = await firstTwo()
    const manifest: AgentManifest = { ...minimal, limits: { maxMessages: 33 }, actions: [handOver] }
    const stop = new AbortController()
    const reason = new Error('Ctrl-C')
    const stopAfter =
      (update: OperationOf<'agents.update'>): OperationOf<'agents.update'> =>
      async (...args) => {
        const updated = await update(...args)
        stop.abort(reason)
        return updated
      }
    const watched = new Proxy(adapter, {
      get(target, key) {
        if (key !== 'agents') return Reflect.get(target, key)
        return { ...target.agents, update: stopAfter(requireOperation(target, 'agents.update')) }
      },
    }) as Adapter
    await expect(applyAgent(manifest, watched, { agent: first, signal: stop.signal })).rejects.toBe(reason)
    const rest = await applyAgent(manifest, adapter, { agent: first })
    expect(rest.rows.map(({ action }) => action)).toEqual(['same', 'created'])
  })

  it('gives knowledge to the agent that is meant, not to that of the account', async () => {
    const adapter = open('liveChatAI')
    const knowledge = [{ kind: 'faq' as const, question: 'Are dogs allowed?', answer: 'Yes.' }]
    const [own] = await agentsOf(adapter)
    const before = await exportAgent(adapter, own?.id as string)
    const report = await applyAgent({ ...minimal, name: 'New', liveChatEnabled: true, knowledge }, adapter, {
      create: true,
    })
    expect(report.rows.map(({ action }) => action)).toEqual(['created', 'created', 'created'])
    expect((await exportAgent(adapter, report.agentId as string)).manifest.knowledge).toEqual(knowledge)
    expect(await exportAgent(adapter, own?.id as string)).toEqual(before)
  })

  it('does not take the agent of another manifest version or of another kind of file', async () => {
    const { adapter, first } = await firstTwo()
    await expect(applyAgent({ ...minimal, version: 2 } as never, adapter, { agent: first })).rejects.toMatchObject({
      code: 'invalid-request',
    })
    await expect(compareAgent({ parley: 'chat' } as never, adapter, first)).rejects.toMatchObject({
      code: 'invalid-request',
    })
    expect(desk.leadConnector.requests.filter(({ path }) => !path.endsWith('/search'))).toEqual([])
  })
})

/** `agents.get` that fails after so many calls. */
function failAfter(adapter: Adapter, calls: number) {
  let left = calls
  return (async (...args: never[]) => {
    left -= 1
    if (left < 0) throw await requireOperation(adapter, 'agents.get')('nobody').catch((error: unknown) => error)
    return requireOperation(adapter, 'agents.get')(...(args as unknown as [string]))
  }) as never
}

/** Every id of the account in a manifest. */
function ids(manifest: AgentManifest): string[] {
  const found: string[] = [...(manifest.knowledgeBaseIds ?? [])]
  for (const action of manifest.actions ?? []) {
    if (action.kind === 'book-appointment') found.push(action.calendarId ?? '', ...(action.workflowIds ?? []))
    if (action.kind === 'hand-over') found.push(action.assigneeId ?? '')
    if (action.kind === 'update-contact-field') found.push(action.fieldId ?? '')
  }
  expect(found.length).toBeGreaterThan(3)
  return found.filter(Boolean)
}
