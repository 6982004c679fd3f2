import type { Adapter, Agent, CreateAgentInput, FieldTable, OperationOptions } from '@parley/core'
import { fieldTableFrom, missingField } from '@parley/core/fields'
import { describe, expect, it } from 'vitest'
import { applyAgent, compareAgent, exportAgent } from '../src/index.ts'

const minimal = { parley: 'agent', version: 1 } as const
const none = missingField('There are none.')

const table: FieldTable = fieldTableFrom({
  agent: { name: 'full', description: 'full', displayName: 'full', language: 'full', tags: 'full' },
  conversation: none,
  message: none,
  attachment: none,
  source: none,
  contact: none,
  knowledge: none,
})

/** A vendor with one agent, in memory. */
function vendorWith(stored: Partial<Agent>, { isCareless = false, forgets = [] as string[] } = {}) {
  const agent = {
    ...{ ref: 'acme:main/agent/a1', vendor: 'acme', account: 'main', id: 'a1' },
    ...{ name: 'Ada', status: { value: 'active', native: 'on' } },
    ...stored,
  } as Agent
  const written: object[] = []
  const adapter = {
    ...{ vendor: 'acme', account: 'main', unsupported: { 'agents.create': 'Agents are made by hand.' } },
    limits: { pageSize: {}, filters: {}, text: {}, rate: [], notes: [] },
    fields: async () => table,
    agents: {
      async *list() {
        yield agent
      },
      get: async () => structuredClone(agent),
      async update(_: string, input: CreateAgentInput, options: OperationOptions = {}) {
        if (!isCareless) await options.beforeSend?.()
        written.push(input)
        for (const [name, value] of Object.entries(input))
          if (!forgets.includes(name)) Object.assign(agent, { [name]: value })
        return agent
      },
    },
  } as unknown as Adapter
  return { adapter, written }
}

describe('a comparison', () => {
  it('names what only one side has, what differs, and what nobody can tell', async () => {
    const { adapter } = vendorWith({ description: 'Old', tags: ['b', 'a'], displayName: '' })
    const manifest = {
      ...minimal,
      name: 'Ada',
      description: 'New',
      displayName: null,
      tags: ['a', 'b'],
      mode: 'off',
    } as const
    const rows = await compareAgent({ ...manifest, tags: [...manifest.tags] }, adapter, 'a1')
    expect(rows.map(({ path, state }) => [path, state])).toEqual([
      ['name', 'same'],
      ['displayName', 'same'],
      ['description', 'different'],
      ['status', 'only-at-agent'],
      ['mode', 'unknown'],
      ['tags', 'same'],
    ])
    expect(rows[2]).toEqual({ path: 'description', state: 'different', wanted: 'New', actual: 'Old' })
  })
})

describe('knowledge that a manifest has twice', () => {
  it('is one row with the name of the first', async () => {
    const { adapter } = vendorWith({})
    const faq = { kind: 'faq', question: 'Dogs?', answer: 'Yes.' } as const
    const knowledge = [faq, { ...faq }, { kind: 'website', url: 'https://a.example/x/../b' } as const]
    const rows = await compareAgent({ ...minimal, name: 'Ada', knowledge }, adapter, 'a1')
    expect(rows.flatMap(({ path }) => (path.startsWith('knowledge') ? [path] : []))).toEqual([
      'knowledge[faq "Dogs?"]',
      'knowledge[website "https://a.example/x/../b"]',
    ])
  })
})

describe('an export', () => {
  it('leaves out a word that the contract does not know, and what only the vendor has', async () => {
    const { adapter } = vendorWith({
      channels: [
        { value: 'unknown', native: 'PIGEON' },
        { value: 'sms', native: 'SMS' },
        { value: 'sms', native: 'TEXT' },
      ],
      attributes: { secretKey: 'planted-secret' },
    })
    const { manifest, omitted } = await exportAgent(adapter, 'a1')
    expect(manifest.channels).toEqual(['sms'])
    expect(omitted.map(({ path }) => path)).toEqual(['channels', 'actions', 'workingHours', 'knowledge', 'attributes'])
    expect(JSON.stringify({ manifest, omitted })).not.toContain('planted-secret')
  })
})

describe('applying', () => {
  it('writes only the fields that differ, and an empty text where there is to be none', async () => {
    const { adapter, written } = vendorWith({ description: 'Old', displayName: 'A' })
    const report = await applyAgent({ ...minimal, name: 'Ada', description: null, displayName: 'A' }, adapter)
    expect(written).toEqual([{ description: '' }])
    expect(report.rows.map(({ path, action }) => [path, action])).toEqual([
      ['name', 'same'],
      ['displayName', 'same'],
      ['description', 'set'],
    ])
  })

  it('reports a missing operation with its reason, and a field that nothing writes', async () => {
    const { adapter, written } = vendorWith({})
    await expect(
      applyAgent({ ...minimal, name: 'Bob' }, adapter, { create: true, dryRun: true }),
    ).rejects.toMatchObject({ code: 'unsupported', message: expect.stringContaining('Agents are made by hand.') })
    const report = await applyAgent({ ...minimal, language: 'de', mode: 'off' }, adapter, { agent: 'a1' })
    expect(report.rows).toMatchObject([
      { path: 'mode', action: 'not-possible', level: 'dropped', reason: 'The vendor has no such field.' },
      { path: 'language', action: 'not-possible', reason: 'No operation of the contract writes this.' },
    ])
    expect(written).toEqual([])
  })

  it('says of a value that was lost that it was not kept', async () => {
    const { adapter } = vendorWith({ description: 'Old' }, { forgets: ['description'] })
    const { rows } = await applyAgent({ ...minimal, description: 'New' }, adapter, { agent: 'a1' })
    expect(rows).toMatchObject([{ path: 'description', action: 'not-kept', before: 'Old', wanted: 'New' }])
  })

  it('refuses an adapter that writes without asking', async () => {
    const { adapter } = vendorWith({}, { isCareless: true })
    await expect(
      applyAgent({ ...minimal, description: 'New' }, adapter, { agent: 'a1', dryRun: true }),
    ).rejects.toMatchObject({
      code: 'configuration',
      message: expect.stringContaining('beforeSend'),
    })
  })
})
