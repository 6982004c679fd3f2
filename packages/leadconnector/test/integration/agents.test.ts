import type { AgentActionInput, CreateAgentInput, WorkingHoursInput } from '@parley/core'
import { type LeadConnectorOptions, leadConnector } from '@parley/leadconnector'
import { sandbox } from '@parley/sandbox'
import { failure } from '@parley/testkit'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'

const desk = await sandbox.start({ seed: 7, vendors: ['leadConnector'] })
afterAll(() => desk.stop())
const vendor = desk.leadConnector
const usual = { ...vendor.settings }
const { token = '', locationId = '' } = vendor.credentials

beforeEach(() => {
  Object.assign(vendor.settings, usual, { rateLimit: false })
  vendor.reset()
})

const open = (options: Partial<LeadConnectorOptions> = {}) =>
  leadConnector({ token, locationId, baseUrl: vendor.url, rate: false, ...options })

const input: CreateAgentInput = {
  name: 'Night desk',
  businessName: 'Harbour Dental',
  personality: 'Calm',
  goal: 'Offer a slot',
  instructions: 'Never quote prices.',
  prompt: 'All of it.',
  mode: 'autopilot',
  channels: ['sms', 'web'],
  knowledgeBaseIds: ['kb_1'],
  maxMessages: 40,
  replyDelayMs: 20_000,
  pause: { onOperatorMessage: true, onAutomationMessage: true, durationMs: 5_400_000 },
}

describe('an agent at the emulated vendor', () => {
  it('is read back as it was created, changed and deleted', async () => {
    const { agents } = open()
    const created = await agents.create(input)
    const expected = {
      name: 'Night desk',
      businessName: 'Harbour Dental',
      personality: 'Calm',
      goal: 'Offer a slot',
      instructions: 'Never quote prices.',
      prompt: 'All of it.',
      mode: { value: 'autopilot' },
      status: { value: 'active' },
      channels: [{ value: 'sms' }, { value: 'web' }],
      knowledgeBaseIds: ['kb_1'],
      maxMessages: 40,
      replyDelayMs: 20_000,
      pause: { onOperatorMessage: true, onAutomationMessage: true, durationMs: 5_400_000 },
    }
    expect(created).toMatchObject(expected)
    expect(await agents.get(created)).toEqual(created)

    const changed = await agents.update(created, { goal: 'Sell', pause: { durationMs: null } })
    expect(changed).toMatchObject({
      ...expected,
      goal: 'Sell',
      pause: { onOperatorMessage: true, onAutomationMessage: true, durationMs: null },
    })
    expect(await agents.get(created.id)).toEqual(changed)

    expect(await agents.delete(created)).toEqual({ id: created.id, confirmed: true })
    expect(await failure(agents.get(created))).toMatchObject({ code: 'not-found' })
    expect(await failure(agents.update(created, { name: 'x' }))).toMatchObject({ code: 'not-found' })
  })

  it.each(['loose', 'exact'] as const)(
    'keeps its switches through an update with %s spellings',
    async (agentSpelling) => {
      Object.assign(vendor.settings, { agentSpelling })
      const { agents } = open()
      const before = await agents.create(input)
      const after = await agents.update(before, { name: 'Day desk' })
      expect(after).toEqual({ ...before, name: 'Day desk' })
    },
  )

  it('produces a warning if it does not become the default one', async () => {
    Object.assign(vendor.settings, { primaryPersists: false })
    const warnings: string[] = []
    const { agents } = open({ onWarning: ({ path = '' }) => warnings.push(path) })
    const agent = await agents.create({ ...input, isDefault: false })
    expect((await agents.update(agent, { isDefault: true })).isDefault).toBe(false)
    expect(warnings).toContain('isDefault')
  })
})

const kinds: AgentActionInput[] = [
  {
    kind: 'trigger-workflow',
    name: 'Recall',
    workflowIds: ['wf_1'],
    condition: 'Wants a visit',
    message: 'One moment.',
  },
  {
    kind: 'update-contact-field',
    name: 'Insurer',
    fieldId: 'f',
    description: 'The insurer',
    examples: [{ text: 'Acme' }],
  },
  {
    kind: 'book-appointment',
    name: 'Book',
    calendarId: 'cal_1',
    workflowIds: ['wf_2'],
    pauseMs: 86_400_000,
    transferToAgentId: 'agt_2',
    canCancel: true,
  },
  {
    kind: 'stop-agent',
    name: 'Goodbye',
    trigger: 'goodbye',
    condition: 'Says goodbye',
    examples: ['bye', 'see you'],
    finalMessage: 'Take care.',
    reactivation: { afterMs: 7_200_000 },
    tags: ['done'],
  },
  {
    kind: 'hand-over',
    name: 'Front desk',
    trigger: 'lack-of-information',
    condition: 'Does not know',
    finalMessage: 'A colleague will call.',
    assigneeId: 'usr_1',
    createsTask: true,
  },
  {
    kind: 'follow-up',
    name: 'Ask again',
    scenario: 'busy',
    steps: [
      { id: 1, afterMs: 1_800_000, message: null, workflowId: null },
      { id: 2, afterMs: 172_800_000, message: 'Still there?', workflowId: 'wf_3' },
    ],
    settings: {
      switchesChannel: true,
      withinHours: false,
      hours: [{ day: 1, intervals: [{ from: '08:00', to: '12:30' }] }],
    },
  },
  {
    kind: 'transfer-bot',
    name: 'To sales',
    trigger: 'custom',
    toAgentId: 'agt_2',
    condition: 'Prices',
    examples: ['a', 'b'],
  },
  { kind: 'api-call', name: 'Orders', attributes: { apiConfig: { url: 'https://shop.example/orders' } } },
]

/** A term reads back as what it was given as. */
const normalized = (value: object): object =>
  Object.fromEntries(
    Object.entries(value).map(([name, given]: [string, unknown]) => [
      name,
      typeof given === 'object' && given !== null && 'native' in given && 'value' in given ? given.value : given,
    ]),
  )

describe('an action at the emulated vendor', () => {
  it.each(kinds)('of the kind $kind is read back as attached, and keeps values that an update omits', async (given) => {
    const { agents } = open()
    const agent = await agents.create(input)
    const attached = await agents.actions.attach(agent, given)
    expect(normalized(attached)).toMatchObject(given)
    expect(await agents.actions.get(agent, attached)).toEqual(attached)
    expect((await agents.actions.list(agent)).items).toEqual([attached])
    expect((await agents.get(agent)).actions).toMatchObject([{ id: attached.id, type: { value: given.kind } }])

    const renamed = await agents.actions.update(agent, attached.id, { name: 'Another name' })
    expect(renamed).toEqual({ ...attached, name: 'Another name' })

    expect(await agents.actions.remove(agent, attached)).toEqual({ id: attached.id, confirmed: true })
    expect((await agents.actions.list(agent)).items).toEqual([])
    expect(await failure(agents.actions.get(agent, attached))).toMatchObject({ code: 'not-found' })
  })

  it('is listed the same in a flat and in a grouped list', async () => {
    const { agents } = open()
    const agent = await agents.create(input)
    for (const given of kinds) await agents.actions.attach(agent, given)
    const flat = (await agents.actions.list(agent)).items
    Object.assign(vendor.settings, { actionList: 'grouped' })
    const grouped = (await agents.actions.list(agent)).items
    expect(grouped).toHaveLength(kinds.length)
    expect(new Set(grouped.map(({ id }) => id))).toEqual(new Set(flat.map(({ id }) => id)))
  })

  it('gets its follow-up settings together with others', async () => {
    const { agents } = open()
    const agent = await agents.create(input)
    const followUp = kinds[5] as AgentActionInput
    const first = await agents.actions.attach(agent, followUp)
    const hours = [{ day: 3, intervals: [{ from: '10:00', to: '11:00' }] }]
    const given = { switchesChannel: false, withinHours: true, timezone: 'contact' as const, hours }
    await agents.followUp.update(agent, { ...given, actionIds: [first.id] })
    expect(await agents.actions.get(agent, first)).toMatchObject({
      settings: { ...given, timezone: { value: 'contact' } },
    })
  })
})

describe('working hours at the emulated vendor', () => {
  const given: WorkingHoursInput = {
    enabled: true,
    channels: ['sms', 'web'],
    timezone: 'business',
    schedule: [
      {
        day: 'mon',
        intervals: [
          { from: '08:15', to: '12:00' },
          { from: '13:00', to: '17:30' },
        ],
      },
      { day: 'fri', intervals: [{ from: '00:00', to: '24:00' }] },
    ],
    continuesForMs: 3_600_000,
    autoReply: 'We are closed.',
    followUp: 'Open again.',
    attributes: { offHoursAutoReply: { sendNotification: true, notificationConfig: { contactTags: ['night'] } } },
  }

  it('are read back as set, replaced as a whole, and can be cleared', async () => {
    const { agents } = open()
    const agent = await agents.create(input)
    expect(await agents.workingHours.get(agent)).toBeNull()
    expect(await agents.workingHours.clear(agent)).toEqual({ id: agent.id, confirmed: false })

    const set = await agents.workingHours.set(agent, given)
    const { channels: _, timezone: __, ...rest } = given
    expect(set).toMatchObject({ ...rest, agentId: agent.id, timezone: { value: 'business' } })
    expect(await agents.workingHours.get(agent)).toEqual(set)

    const less = { enabled: false, channels: [], timezone: 'contact' as const, schedule: [] }
    expect(await agents.workingHours.set(agent, less)).toMatchObject({
      ...less,
      timezone: { value: 'contact' },
      continuesForMs: null,
      autoReply: null,
      followUp: null,
    })
    expect(await agents.workingHours.clear(agent)).toEqual({ id: agent.id, confirmed: true })
    expect(await agents.workingHours.get(agent)).toBeNull()
  })

  it('of an agent that does not exist fail with `not-found`', async () => {
    expect(await failure(open().agents.workingHours.get('agt_nobody'))).toMatchObject({ code: 'not-found' })
  })
})
