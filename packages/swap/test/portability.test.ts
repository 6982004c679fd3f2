import type { Adapter, FieldTable, Traits } from '@parley/core'
import { operationNames } from '@parley/core'
import { traitDescriptions, traitNames } from '@parley/core/fields'
import { describe, expect, test } from 'vitest'
import { portability, portabilityTable } from '../src/index.ts'

const operation = () => Promise.reject(new Error('portability makes no request'))

const unknown = { level: 'rejected', readable: false, reason: 'There are none.' } as const

/** A table in which everything is full, but what is said otherwise. */
const table = (more: Partial<FieldTable>): FieldTable => ({
  agent: unknown,
  conversation: unknown,
  message: unknown,
  attachment: unknown,
  source: unknown,
  contact: unknown,
  knowledge: unknown,
  ...more,
})

const contactFields = (more: object): FieldTable['contact'] =>
  ({
    ...{ name: 'full', firstName: 'full', lastName: 'full', email: 'full', phone: 'full', companyName: 'full' },
    ...{ externalId: 'full', country: 'full', timezone: 'full', agentId: 'full', assigneeId: 'full', origin: 'full' },
    ...{ doNotDisturb: 'full', doNotDisturbOn: 'full', tags: 'full', customFields: 'full', conversationIds: 'full' },
    ...{ isAnonymized: 'full', createdAt: 'full', updatedAt: 'full', lastActivityAt: 'full' },
    ...more,
  }) as FieldTable['contact']

/** The best value of every trait. */
const best = Object.fromEntries(
  traitNames.map((name) => [name, { value: traitDescriptions[name].values[0], reason: 'It is so.' }]),
) as unknown as Traits

function adapter(vendor: string, more: Partial<Adapter>): Adapter {
  return {
    vendor,
    account: 'main',
    limits: { pageSize: {}, filters: {}, text: {}, rate: [], notes: [] },
    unsupported: Object.fromEntries(operationNames.map((name) => [name, `${vendor} cannot.`])),
    fields: async () => table({}),
    traits: async () => best,
    ...more,
  }
}

const rowOf = async (from: Adapter, to: Adapter, name: string) =>
  (await portability(from, to)).rows.find((row) => row.name === name)

describe('an operation in the report', () => {
  const both = { agents: { list: operation as never } }
  const from = adapter('old', { ...both, messages: { reply: operation } })
  const to = adapter('new', { ...both, control: { get: operation } })

  test('is full if both have it, and refused with the adapter’s reason if only the source has it', async () => {
    expect(await rowOf(from, to, 'agents.list')).toEqual({
      kind: 'operation',
      name: 'agents.list',
      level: 'full',
      atSource: true,
    })
    expect(await rowOf(from, to, 'messages.reply')).toEqual({
      kind: 'operation',
      name: 'messages.reply',
      level: 'rejected',
      atSource: true,
      reason: 'new cannot.',
    })
    const deep = adapter('deep', { agents: { actions: { list: operation as never } }, control: { get: operation } })
    expect(await rowOf(deep, to, 'agents.actions.list')).toMatchObject({ advice: 'Do it in the vendor’s dashboard.' })
    expect(await rowOf(deep, from, 'control.get')).toMatchObject({
      advice: expect.stringContaining('your application'),
    })
  })

  test('that only the target has is gained and loses nothing', async () => {
    const report = await portability(from, to)
    expect(report.gained).toEqual(['control.get'])
    expect(report.summary).toMatchObject({ full: 1 + traitNames.length, rejected: 1 })
    expect(report.rows.find(({ name }) => name === 'control.get')).toMatchObject({ atSource: false, level: 'full' })
  })

  test('is found if it is nested', async () => {
    const deep = adapter('deep', { agents: { actions: { list: operation as never } } })
    expect(await rowOf(deep, from, 'agents.actions.list')).toMatchObject({ level: 'rejected', reason: 'old cannot.' })
  })
})

test('says that a filter which the target lacks is applied here', async () => {
  const conversations = { list: operation as never }
  const limits = { pageSize: {}, text: {}, rate: [], notes: [] }
  const from = adapter('old', {
    conversations,
    limits: { ...limits, filters: { status: 'vendor', channel: 'vendor' } },
  })
  const to = adapter('new', { conversations, limits: { ...limits, filters: { status: 'vendor' } } })
  expect(await rowOf(from, to, 'status')).toMatchObject({ kind: 'filter', level: 'full' })
  expect(await rowOf(from, to, 'channel')).toMatchObject({ kind: 'filter', level: 'fallback' })
  expect((await portability(to, from)).rows.filter(({ kind }) => kind === 'filter')).toHaveLength(10)
})

test('says that a filter which the target cannot answer is lost, and a filter that the source cannot is no loss', async () => {
  const conversations = { list: operation as never }
  const limits = { pageSize: {}, text: {}, rate: [], notes: [] }
  const from = adapter('old', { conversations, limits: { ...limits, filters: { unread: 'unanswerable' } } })
  const to = adapter('new', {
    conversations,
    limits: { ...limits, filters: { status: 'unanswerable', unread: 'unanswerable' } },
  })
  expect(await rowOf(from, to, 'status')).toMatchObject({ level: 'dropped', atSource: true })
  expect(await rowOf(from, to, 'unread')).toMatchObject({ level: 'full', atSource: false })
  expect(await rowOf(to, from, 'status')).toMatchObject({ level: 'full', atSource: false })
})

describe('a list that needs a filter', () => {
  const conversations = { list: operation as never }
  const needing = (vendor: string, ...fields: string[]) => {
    const limits = { pageSize: {}, filters: {}, text: {}, rate: [], notes: [] }
    const required = { 'conversations.list': fields, 'contacts.list': ['agentId'] }
    return adapter(vendor, { conversations, limits: { ...limits, ...(fields.length > 0 && { required }) } })
  }
  const name = 'conversations.list needs contactId'

  test('at the target only is a difference, and the list is then not full', async () => {
    const [from, to] = [needing('old'), needing('new', 'contactId')]
    expect(await rowOf(from, to, name)).toEqual({
      kind: 'limit',
      name,
      level: 'partial',
      atSource: true,
      reason: 'new lists nothing without contactId, and refuses such a query.',
      advice: 'Pass contactId in every query of conversations.list.',
    })
    expect(await rowOf(from, to, 'conversations.list')).toMatchObject({
      level: 'partial',
      reason: 'new lists nothing without contactId, and refuses such a query.',
    })
    const [report, same] = [await portability(from, to), await portability(from, from)]
    expect(report.summary.partial - same.summary.partial).toBe(2)
    expect(portabilityTable(report)).toContain(`\`${name}\``)
  })

  test('is one row for each field, and none where the source needs it too, or the list is missing', async () => {
    const [from, to] = [needing('old', 'contactId'), needing('new', 'contactId', 'agentId')]
    const { rows } = await portability(from, to)
    expect(rows.filter((row) => row.name.includes(' needs ')).map((row) => [row.name, row.level])).toEqual([
      [name, 'full'],
      ['conversations.list needs agentId', 'partial'],
    ])
    expect(await rowOf(to, from, 'conversations.list')).toMatchObject({ level: 'full' })
    expect(await rowOf(adapter('none', {}), to, name)).toBeUndefined()
  })
})

describe('the behaviour in the report', () => {
  const messages = { reply: operation, ask: operation }
  const strict = { ...best, replyOperator: { value: 'required', reason: 'The vendor wants a name.' } } as Traits
  const from = adapter('old', { messages })
  const to = adapter('new', { messages, traits: async () => strict })

  test('is worse if the target demands more, and the operation is then not full', async () => {
    expect(await rowOf(from, to, 'replyOperator')).toEqual({
      kind: 'trait',
      name: 'replyOperator',
      level: 'partial',
      atSource: true,
      reason: 'Must a reply name its operator? “optional” becomes “required”. The vendor wants a name.',
      advice: 'Pass operatorId with each reply, or set it in the adapter’s configuration.',
    })
    expect(await rowOf(from, to, 'messages.reply')).toMatchObject({
      level: 'partial',
      reason: 'The vendor wants a name.',
    })
    expect(await rowOf(from, to, 'messages.ask')).toMatchObject({ level: 'full' })
  })

  test.each(
    traitNames.flatMap((name) => traitDescriptions[name].values.slice(1).map((value) => [name, value] as const)),
  )('says what to do if %s becomes %s', async (name, value) => {
    const worse = { ...best, [name]: { value, reason: 'It is so.' } } as Traits
    const row = await rowOf(from, adapter('new', { messages, traits: async () => worse }), name)
    expect(row?.advice).toMatch(/^[A-Z].*\.$/)
    expect(row?.reason).toContain(traitDescriptions[name].question)
  })

  test('is full if the target demands less', async () => {
    expect(await rowOf(to, from, 'replyOperator')).toMatchObject({ level: 'full' })
    expect(await rowOf(to, from, 'messages.reply')).toMatchObject({ level: 'full' })
  })

  test('is counted, and has a section of its own', async () => {
    const report = await portability(from, to)
    const same = await portability(from, from)
    expect(report.summary.partial - same.summary.partial).toBe(2)
    const [, section = ''] = portabilityTable(report).split('## Behaves differently')
    expect(section.split('## ')[0]).toContain('`replyOperator`')
    expect(portabilityTable(same)).toContain('## Behaves differently\n\nNothing.')
  })

  test('must be declared', async () => {
    const { traits: _, ...silent } = adapter('silent', {})
    await expect(portability(silent, to)).rejects.toMatchObject({ code: 'configuration', vendor: 'silent' })
  })
})

describe('a field in the report', () => {
  const withContact = (vendor: string, more: object) =>
    adapter(vendor, { fields: async () => table({ contact: contactFields(more) }) })

  test('takes the level, the reason and the advice of the target', async () => {
    const tags = { level: 'dropped', reason: 'There are no tags.', advice: 'Keep them in the CRM.' }
    expect(await rowOf(withContact('old', {}), withContact('new', { tags }), 'contact.tags')).toEqual({
      kind: 'field',
      name: 'contact.tags',
      level: 'dropped',
      atSource: true,
      reason: 'There are no tags.',
      advice: 'Keep them in the CRM.',
    })
  })

  test('is lost if it is written and never read back', async () => {
    const tags = { level: 'full', readable: false }
    expect(await rowOf(withContact('old', {}), withContact('new', { tags }), 'contact.tags')).toMatchObject({
      level: 'dropped',
    })
    const kept = { level: 'fallback', readable: false, reason: 'Kept here.' }
    expect(await rowOf(withContact('old', {}), withContact('new', { tags: kept }), 'contact.tags')).toMatchObject({
      level: 'fallback',
    })
  })

  test('that the source never returns loses nothing', async () => {
    const origin = { level: 'rejected', readable: false, reason: 'It is not told.', manualSteps: 'the dashboard.' }
    const from = withContact('old', {
      origin,
      tags: { level: 'dropped', readable: false, reason: 'None.', advice: 'x' },
    })
    const lost = { level: 'dropped', reason: 'No such field.', advice: 'Keep it elsewhere.' }
    const to = withContact('new', { origin: lost, tags: lost })
    expect(await rowOf(from, to, 'contact.origin')).toMatchObject({
      atSource: false,
      reason: 'It is not told.',
      advice: 'Find it in the dashboard.',
    })
    const tags = await rowOf(from, to, 'contact.tags')
    expect(tags).toMatchObject({ atSource: false, reason: 'None.' })
    expect(tags).not.toHaveProperty('advice')
    const { summary } = await portability(from, to)
    expect(summary.dropped).toBe(0)
  })

  test('of a model that the target does not know shares the model’s reason', async () => {
    const row = await rowOf(withContact('old', {}), adapter('new', {}), 'contact.email')
    expect(row).toMatchObject({ level: 'rejected', reason: 'There are none.' })
    expect(await rowOf(adapter('new', {}), withContact('old', {}), 'contact.email')).toMatchObject({ atSource: false })
  })

  test('is refused if the adapter has no table of fields', async () => {
    const { fields: _, ...bare } = adapter('bare', {})
    await expect(portability(bare, adapter('new', {}))).rejects.toMatchObject({ code: 'configuration', vendor: 'bare' })
  })
})

describe('a limit in the report', () => {
  const limited = (vendor: string, more: Partial<Adapter['limits']>) =>
    adapter(vendor, {
      limits: { pageSize: {}, filters: {}, text: {}, rate: [], notes: [], ...more },
    })

  test.each([
    [undefined, 255, 'partial'],
    [500, 255, 'partial'],
    [255, 255, 'full'],
    [100, 255, 'full'],
  ])('of a text of %s characters in a field of %s is %s', async (before, after, level) => {
    const from = limited('old', { text: before === undefined ? {} : { 'conversation.title': before } })
    const to = limited('new', { text: { 'conversation.title': after } })
    expect(await rowOf(from, to, 'text of conversation.title')).toMatchObject({ kind: 'limit', level })
  })

  test('of the rate costs time if it is lower, and nothing if it is higher', async () => {
    const slow = limited('slow', { rate: [{ scope: 'location', requests: 100, perMs: 10_000 }] })
    const fast = limited('fast', { rate: [{ scope: 'key', requests: 100, perMs: 1_000 }] })
    expect(await rowOf(fast, slow, 'requests per location')).toMatchObject({ level: 'partial' })
    expect(await rowOf(slow, fast, 'requests per key')).toMatchObject({ level: 'full' })
    expect(await rowOf(limited('free', {}), slow, 'requests per location')).toMatchObject({ level: 'partial' })
  })
})

test('the report is plain data and can be printed as a page', async () => {
  const from = adapter('old', {
    agents: { list: operation as never },
    messages: { reply: operation },
    fields: async () =>
      table({ contact: contactFields({ origin: { ...unknown, manualSteps: 'the | dash\nboard.' } }) }),
  })
  const to = adapter('new', {
    agents: { list: operation as never },
    fields: async () => table({ contact: contactFields({ tags: { level: 'partial', reason: 'Ten at most.' } }) }),
  })
  const report = await portability(from, to)
  expect(JSON.parse(JSON.stringify(report))).toEqual(report)
  const page = portabilityTable(report)
  expect(page).toContain('# From old to new')
  expect(page).toContain('| operation | `messages.reply` | rejected | new cannot. |  |')
  expect(page).toContain('| field | `contact.tags` | partial | Ten at most. |  |')
  expect(page).toContain('| field | `contact.origin` | – | There are none. | Find it in the \\| dash board. |')
  expect(page).toContain('- Operations: `agents.list`')
  expect(page).toContain('## New at new\n\nNothing.')
})
