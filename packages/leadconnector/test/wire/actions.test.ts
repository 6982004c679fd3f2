import type { AgentActionChange, AgentActionInput, FollowUpSettingsInput } from '@parley/core'
import { failure } from '@parley/testkit'
import { useNock } from '@parley/testkit/nock'
import type nock from 'nock'
import { describe, expect, it } from 'vitest'
import { actionPayloads, actions } from '../fixtures/actions.ts'
import { testAccount, vendor } from '../helpers/account.ts'

useNock()

const all = '/conversation-ai/agents/agt_m41/actions'
const types = Object.keys(actions) as (keyof typeof actions)[]

describe('agents.actions.list', () => {
  const list = (query = {}, account = testAccount()) => account.agents.actions.list('agt_m41', query)

  it('reads a flat list', async () => {
    vendor()
      .get(`${all}/list`)
      .reply(200, { data: Object.values(actionPayloads), success: true })
    expect(await list()).toStrictEqual({
      items: Object.values(actions),
      next: null,
      warnings: [],
      total: 8,
    })
  })

  it('reads a list that is grouped by type, with the type at the group', async () => {
    const { type, ...payload } = actionPayloads.stopBot
    vendor()
      .get(`${all}/list`)
      .reply(200, {
        data: [
          { type, actions: [payload, 7] },
          { type: 'transferBot', actions: [] },
        ],
        success: true,
      })
    const page = await list()
    expect(page.items).toMatchObject([{ id: 'act_4', kind: 'stop-agent', enabled: false }])
    expect(page.warnings).toMatchObject([{ code: 'bad-item', raw: 7 }])
  })

  it.each([404, 405, 410])('uses the new path after HTTP %i', async (status) => {
    vendor().get(`${all}/list`).reply(status, { statusCode: status, message: 'Cannot GET' })
    vendor('v3').get(all).reply(200, { data: [], success: true })
    expect((await list()).items).toEqual([])
  })

  it('does not use the new path if the agent does not exist', async () => {
    vendor().get(`${all}/list`).reply(400, { message: 'No Agent found for the id: agt_m41', statusCode: 400 })
    expect(await failure(list())).toMatchObject({ code: 'not-found', status: 400 })
  })

  it('returns at most `limit` actions and continues after the last one', async () => {
    const data = [actionPayloads.stopBot, actionPayloads.transferBot, actionPayloads.customApi]
    vendor().get(`${all}/list`).times(2).reply(200, { data, success: true })
    const ids: string[] = []
    const sizes: number[] = []
    for await (const page of list({ limit: 2 }).pages()) {
      sizes.push(page.items.length)
      ids.push(...page.items.map(({ id }) => id))
    }
    expect([sizes, ids]).toEqual([
      [2, 1],
      ['act_4', 'act_8', 'act_9'],
    ])
    expect(await failure(list({ cursor: 'forged' }))).toMatchObject({ code: 'invalid-request' })
    expect(await failure(list({ limit: 0 }))).toMatchObject({ fields: [{ path: 'limit' }] })
  })

  it('fails if the answer holds no list', async () => {
    vendor().get(`${all}/list`).reply(200, { success: true })
    expect(await failure(list())).toMatchObject({ code: 'response', fields: [{ path: 'data' }] })
  })
})

it('agents.actions.get', async () => {
  vendor().get(`${all}/act_7`).reply(200, { data: actionPayloads.humanHandOver, success: true })
  expect(await testAccount().agents.actions.get('agt_m41', 'act_7')).toStrictEqual(actions.humanHandOver)
})

/** What an application would write to get this action: a term by its value, and nothing that the vendor adds. */
function inputOf(type: keyof typeof actions): AgentActionInput {
  const {
    ref: _,
    vendor: __,
    account: ___,
    id: ____,
    raw: _____,
    native: ______,
    agentId: _______,
    ...rest
  } = actions[type]
  return Object.fromEntries(
    Object.entries(rest).map(([name, value]) => [name, isTerm(value) ? value.value : value]),
  ) as AgentActionInput
}

const isTerm = (value: unknown): value is { value: string } =>
  typeof value === 'object' && value !== null && 'native' in value

/** What the vendor is sent for it: where a reactivation is off, its time is our own. */
const detailsOf = (type: keyof typeof actions): nock.DataMatcherMap => ({
  ...actionPayloads[type].details,
  ...(type === 'humanHandOver' && { sleepTime: 1, sleepTimeUnit: 'hours' }),
})

describe('agents.actions.attach', () => {
  const attach = (input: unknown, account = testAccount()) =>
    account.agents.actions.attach('agt_m41', input as AgentActionInput)

  it.each(types)('sends %s in the vendor’s shape', async (type) => {
    const { id: _, agentId: __, details: ___, ...envelope } = actionPayloads[type]
    vendor()
      .post(all, { ...envelope, details: detailsOf(type) })
      .reply(201, { data: actionPayloads[type], success: true })
    const account = testAccount()
    expect(await attach(inputOf(type), account)).toStrictEqual(actions[type])
    expect(account.warnings).toEqual([])
  })

  it.each([
    [
      { kind: 'book-appointment', calendarId: 'cal_1' },
      {
        type: 'appointmentBooking',
        details: {
          calendarId: 'cal_1',
          onlySendLink: false,
          rescheduleEnabled: false,
          cancelEnabled: false,
          triggerWorkflow: false,
          sleepAfterBooking: false,
          transferBot: false,
        },
      },
    ],
    [
      { kind: 'stop-agent', trigger: 'custom', condition: 'x', examples: ['a', 'b'], finalMessage: 'Bye.' },
      {
        type: 'stopBot',
        details: {
          enabled: true,
          stopBotDetectionType: 'Custom',
          stopBotTriggerCondition: 'x',
          stopBotExamples: ['a', 'b'],
          finalMessage: 'Bye.',
          reactivateEnabled: false,
          sleepTime: 1,
          sleepTimeUnit: 'hours',
        },
      },
    ],
    [
      { kind: 'update-contact-field', fieldId: 'f', description: 'd', examples: [{ text: 'a', change: 'add' }] },
      {
        type: 'updateContactField',
        details: { contactFieldId: 'f', description: 'd', contactUpdateExamples: [{ text: 'a', type: 'add' }] },
      },
    ],
    [
      {
        kind: 'follow-up',
        scenario: 'requested',
        steps: [
          { id: 1, afterMs: 3_600_000 },
          { id: 2, afterMs: 15_552_000_000 },
        ],
        settings: {
          switchesChannel: true,
          hours: [{ day: 0, intervals: [] }, { day: 7, intervals: [{ from: '00:59', to: '24:00' }] }, { day: 3 }],
        },
      },
      {
        type: 'advancedFollowup',
        details: {
          enabled: true,
          scenarioId: 'contactRequested',
          followupSequence: [
            { id: 1, followupTime: 1, followupTimeUnit: 'hours', aiEnabledMessage: true, triggerWorkflow: false },
            { id: 2, followupTime: 180, followupTimeUnit: 'days', aiEnabledMessage: true, triggerWorkflow: false },
          ],
          followupSettings: {
            dynamicChannelSwitching: true,
            workingHours: [
              { dayOfTheWeek: 0, intervals: [] },
              { dayOfTheWeek: 7, intervals: [{ startHour: 0, startMinute: 59, endHour: 24, endMinute: 0 }] },
              { dayOfTheWeek: 3, intervals: [] },
            ],
          },
        },
      },
    ],
    [
      {
        kind: 'update-contact-field',
        fieldId: 'f',
        description: 'd',
        examples: [
          { id: 'x', text: 'a' },
          { text: 'b', change: { value: 'delete', native: 'delete' } },
        ],
      },
      {
        type: 'updateContactField',
        details: {
          contactFieldId: 'f',
          description: 'd',
          contactUpdateExamples: [
            { id: 'x', text: 'a' },
            { text: 'b', type: 'delete' },
          ],
        },
      },
    ],
    [
      { kind: 'book-appointment', calendars: [{ id: 'c1' }, { id: 'c2', condition: 'Adults' }] },
      {
        type: 'appointmentBooking',
        details: {
          calendarIds: [{ id: 'c1' }, { id: 'c2', triggerCondition: 'Adults' }],
          calendarId: 'c1',
          onlySendLink: false,
          rescheduleEnabled: false,
          cancelEnabled: false,
          triggerWorkflow: false,
          sleepAfterBooking: false,
          transferBot: false,
        },
      },
    ],
    [
      {
        kind: 'hand-over',
        trigger: 'unresolved',
        condition: 'x',
        finalMessage: 'Bye.',
        reactivation: { afterMs: 60_000 },
      },
      {
        type: 'humanHandOver',
        details: {
          enabled: true,
          handoverType: 'failedToResolveIssue',
          triggerCondition: 'x',
          finalMessage: 'Bye.',
          reactivateEnabled: true,
          sleepTime: 1,
          sleepTimeUnit: 'minutes',
        },
      },
    ],
    [
      { kind: 'transfer-bot', trigger: 'default', toAgentId: 'agt_2' },
      { type: 'transferBot', details: { enabled: true, transferBotType: 'Default', transferToBot: 'agt_2' } },
    ],
    [
      { kind: 'unknown', native: 'dance', attributes: { steps: 2 } },
      { type: 'dance', details: { steps: 2 } },
    ],
  ])('fills in the defaults of %j', async (input, body) => {
    vendor()
      .post(all, { ...body, name: 'New one' })
      .reply(201, { data: { id: 'act_1', type: body.type } })
    await attach({ ...input, name: 'New one' })
  })

  it('names the fields that belong to another kind', async () => {
    vendor().post(all).reply(201, { data: actionPayloads.transferBot })
    const account = testAccount()
    await attach({ ...inputOf('transferBot'), finalMessage: 'Bye.' }, account)
    expect(account.warnings).toMatchObject([
      {
        code: 'ignored-option',
        path: 'finalMessage',
        message: expect.stringContaining('an action of the kind transfer-bot has no such field.'),
      },
    ])
  })

  it('accepts an action that was read before, without the vendor’s additions', async () => {
    vendor().post(all).times(8).reply(201, { data: actionPayloads.transferBot })
    const account = testAccount()
    for (const type of types) await attach({ ...actions[type], ...inputOf(type) }, account)
    expect(account.warnings).toEqual([])
  })

  it('accepts a name of three characters', async () => {
    vendor().post(all).reply(201, { data: actionPayloads.transferBot })
    await attach({ ...inputOf('transferBot'), name: 'abc' })
  })

  const without = (type: keyof typeof actions, more: object) => ({ ...inputOf(type), ...more })
  it.each([
    [{ name: 'No kind' }, 'kind', 'is required'],
    [{ kind: 'dance', name: 'Dance' }, 'kind', 'must be one of '],
    [{ kind: 'unknown', name: 'Dance' }, 'native', 'must be a non-empty string'],
    [without('stopBot', { condition: ' ' }), 'condition', 'must be a non-empty string'],
    [without('stopBot', { tags: ['a', 1] }), 'tags', 'must be a list of non-empty strings'],
    [without('stopBot', { trigger: null }), 'trigger', 'is required'],
    [
      without('stopBot', { reactivation: { afterMs: '1' } }),
      'reactivation.afterMs',
      'must be a duration in milliseconds',
    ],
    [without('humanHandOver', { trigger: 'contact-request', examples: undefined }), 'examples', 'is required'],
    [without('transferBot', { condition: '' }), 'condition', 'is required'],
    [without('transferBot', { examples: undefined }), 'examples', 'is required'],
    [without('triggerWorkflow', { workflowIds: undefined }), 'workflowIds', 'is required'],
    [without('triggerWorkflow', { condition: undefined }), 'condition', 'is required'],
    [without('updateContactField', { description: undefined }), 'description', 'is required'],
    [without('appointmentBooking', { calendars: [{}] }), 'calendars[0].id', 'must be a non-empty string'],
    [
      without('appointmentBooking', { calendars: [{ id: 'c', condition: 7 }] }),
      'calendars[0].condition',
      'must be a string',
    ],
    [without('advancedFollowup', { settings: 7 }), 'settings', 'must be an object'],
    [without('advancedFollowup', { steps: [{ id: 1, afterMs: -1 }] }), 'steps[0].afterMs', 'must be a duration'],
    [
      without('advancedFollowup', { steps: [{ id: 1, afterMs: 120_000, message: 7 }] }),
      'steps[0].message',
      'must be a string',
    ],
    [
      without('advancedFollowup', { steps: [{ id: 1, afterMs: 120_000, workflowId: 7 }] }),
      'steps[0].workflowId',
      'must be a non-empty string',
    ],
    ...[-1, 1.5, '1', null].map(
      (day) =>
        [
          without('advancedFollowup', { settings: { switchesChannel: true, hours: [{ day }] } }),
          'settings.hours[0].day',
          'must be a whole number from 0 to 7',
        ] as const,
    ),
    ...['108:00', '08:000', '08:60', 'noon'].map(
      (from) =>
        [
          without('advancedFollowup', {
            settings: { switchesChannel: true, hours: [{ day: 1, intervals: [{ from, to: '09:00' }] }] },
          }),
          'settings.hours[0].intervals[0].from',
          'must be a time of day such as 08:15',
        ] as const,
    ),
    [
      without('advancedFollowup', { settings: { switchesChannel: true, hours: 7 } }),
      'settings.hours',
      'must be a list of objects',
    ],
    [without('stopBot', { name: 'ab' }), 'name', 'must have at least 3 characters'],
    [without('stopBot', { name: 'a'.repeat(51) }), 'name', 'must have at most 50 characters'],
    [without('stopBot', { examples: ['one'] }), 'examples', 'must have at least 2 items'],
    [without('stopBot', { examples: undefined }), 'examples', 'is required'],
    [without('stopBot', { trigger: undefined }), 'trigger', 'is required'],
    [without('stopBot', { trigger: 'soon' }), 'trigger', 'must be one of goodbye, custom'],
    [without('stopBot', { condition: '' }), 'condition', 'must be a non-empty string'],
    [without('stopBot', { finalMessage: undefined }), 'finalMessage', 'is required'],
    [without('stopBot', { enabled: 'yes' }), 'enabled', 'must be true or false'],
    [without('stopBot', { reactivation: 5 }), 'reactivation', 'must be an object'],
    [without('stopBot', { reactivation: {} }), 'reactivation.afterMs', 'must be a duration in milliseconds'],
    [without('stopBot', { reactivation: { afterMs: 30_000 } }), 'reactivation.afterMs', 'must be in whole minutes'],
    [without('stopBot', { attributes: [] }), 'attributes', 'must be an object'],
    [without('humanHandOver', { examples: undefined }), 'examples', 'is required'],
    [without('humanHandOver', { examples: [] }), 'examples', 'must have at least 1 items'],
    [without('humanHandOver', { assigns: 1 }), 'assigns', 'must be true or false'],
    [without('triggerWorkflow', { workflowIds: [] }), 'workflowIds', 'must have at least 1 items'],
    [without('triggerWorkflow', { workflowIds: 'wf' }), 'workflowIds', 'must be a list of non-empty strings'],
    [without('updateContactField', { fieldId: null }), 'fieldId', 'must be a non-empty string'],
    [without('updateContactField', { examples: ['a'] }), 'examples', 'must be a list of objects'],
    [without('updateContactField', { examples: [{}] }), 'examples[0].text', 'must be a non-empty string'],
    [
      without('updateContactField', { examples: [{ text: 'a', change: 'x' }] }),
      'examples[0].change',
      'must be one of ',
    ],
    [without('transferBot', { examples: ['one'] }), 'examples', 'must have at least 2 items'],
    [without('transferBot', { condition: undefined }), 'condition', 'is required'],
    [without('transferBot', { toAgentId: undefined }), 'toAgentId', 'is required'],
    [without('appointmentBooking', { calendarId: undefined, calendars: undefined }), 'calendarId', 'is required'],
    [without('appointmentBooking', { onlySendsLink: true }), 'workflowIds', 'cannot be combined with onlySendsLink'],
    [
      { kind: 'book-appointment', name: 'Book', calendarId: 'c', onlySendsLink: true, canCancel: true },
      'canCancel',
      'cannot be combined with onlySendsLink',
    ],
    [without('advancedFollowup', { steps: undefined }), 'steps', 'is required'],
    [
      without('advancedFollowup', { steps: [{ id: 1, afterMs: 5_400_000 }] }),
      'steps[0].afterMs',
      'must be at most 60 minutes, or 24 whole hours, or 180 whole days',
    ],
    [
      without('advancedFollowup', { steps: [{ id: 1, afterMs: 181 * 86_400_000 }] }),
      'steps[0].afterMs',
      'must be at most 60 minutes, or 24 whole hours, or 180 whole days',
    ],
    [without('advancedFollowup', { steps: [{ afterMs: 120_000 }] }), 'steps[0].id', 'must be a whole number'],
    [without('advancedFollowup', { steps: [{ id: 0.5, afterMs: 120_000 }] }), 'steps[0].id', 'must be a whole number'],
    [without('advancedFollowup', { steps: [{ id: 1, afterMs: 60_000 }] }), 'steps[0].afterMs', 'must be at least 2'],
    [
      without('advancedFollowup', { steps: [{ id: 1, afterMs: 120_000, workflowId: ' ' }] }),
      'steps[0].workflowId',
      'must be a non-empty string',
    ],
    [
      without('advancedFollowup', { steps: [{ id: 1, afterMs: 120_000, attributes: 5 }] }),
      'steps[0].attributes',
      'must be an object',
    ],
    [
      without('advancedFollowup', { steps: Array.from({ length: 6 }, (_, id) => ({ id, afterMs: 120_000 })) }),
      'steps',
      'must have at most 5 steps',
    ],
    [
      without('advancedFollowup', { settings: { switchesChannel: true, timezone: {} } }),
      'settings.timezone',
      'must be one of',
    ],
    [
      without('advancedFollowup', { settings: { switchesChannel: true, hours: '' } }),
      'settings.hours',
      'must be a list of objects',
    ],
    [without('advancedFollowup', { enabled: null }), 'enabled', 'must be true or false'],
    [without('triggerWorkflow', { workflowIds: [' '] }), 'workflowIds', 'must be a list of non-empty strings'],
    [
      without('advancedFollowup', { settings: { switchesChannel: 1 } }),
      'settings.switchesChannel',
      'must be true or false',
    ],
    [
      without('advancedFollowup', { settings: { switchesChannel: true, hours: [{ day: 8 }] } }),
      'settings.hours[0].day',
      'must be a whole number from 0 to 7',
    ],
    [
      without('advancedFollowup', {
        settings: { switchesChannel: true, hours: [{ day: 1, intervals: [{ from: '8:00', to: '09:00' }] }] },
      }),
      'settings.hours[0].intervals[0].from',
      'must be a time of day such as 08:15',
    ],
    [
      without('advancedFollowup', {
        settings: { switchesChannel: true, hours: [{ day: 1, intervals: [{ from: '08:00', to: '24:01' }] }] },
      }),
      'settings.hours[0].intervals[0].to',
      'must be a time of day such as 08:15',
    ],
  ] as [object, string, string][])('refuses %j before a request is sent', async (input, path, problem) => {
    const error = await failure(attach(input))
    expect(error).toMatchObject({ code: 'invalid-request', outcome: 'not-done', fields: [{ path }] })
    expect(error.fields?.[0]?.problem).toContain(problem)
    expect(error.message).toContain(`${path} ${problem}`)
  })
})

describe('agents.actions.update', () => {
  const update = (id: string, change: unknown, account = testAccount()) =>
    account.agents.actions.update('agt_m41', id, change as AgentActionChange)

  it.each(types.filter((type) => type !== 'customApi'))('changes only the requested values of %s', async (type) => {
    const payload = { ...actionPayloads[type], details: { ...actionPayloads[type].details, mood: 'blue' } }
    const { id, name } = payload
    vendor().get(`${all}/${id}`).reply(200, { data: payload, success: true })
    vendor().put(`${all}/${id}`, { type, name, details: payload.details }).reply(200, { data: payload, success: true })
    await update(id, { name })
  })

  it('merges the given details with the present ones', async () => {
    const { details } = actionPayloads.stopBot
    vendor().get(`${all}/act_4`).reply(200, { data: actionPayloads.stopBot })
    vendor()
      .put(`${all}/act_4`, {
        type: 'stopBot',
        name: 'Good night',
        details: { ...details, finalMessage: 'Sleep well.', sleepTime: 1, sleepTimeUnit: 'days', mood: 'blue' },
      })
      .reply(200, { data: actionPayloads.stopBot })
    const change = { name: 'Good night', finalMessage: 'Sleep well.', reactivation: { afterMs: 86_400_000 } }
    await update('act_4', { ...change, kind: 'stop-agent', attributes: { mood: 'blue' } })
  })

  it('sends only the given values of an API call, because the vendor merges them and hides its secrets', async () => {
    vendor().get(`${all}/act_9`).times(2).reply(200, { data: actionPayloads.customApi })
    vendor()
      .put(`${all}/act_9`, { type: 'customApi', name: 'Look up the order', details: {} })
      .reply(200, { data: actionPayloads.customApi })
    await update('act_9', { name: actionPayloads.customApi.name })
    const attributes = { apiConfig: { url: 'https://shop.example/v2' } }
    vendor()
      .put(`${all}/act_9`, { type: 'customApi', name: 'Orders', details: attributes })
      .reply(200, { data: actionPayloads.customApi })
    await update('act_9', { name: 'Orders', attributes })
  })

  it('keeps the kind, even an unknown one', async () => {
    const dance = { id: 'act_0', type: 'dance', name: 'Dance', details: { steps: 2 } }
    vendor().get(`${all}/act_0`).reply(200, { data: dance })
    vendor()
      .put(`${all}/act_0`, { type: 'dance', name: 'Dance', details: { steps: 3 } })
      .reply(200, { data: dance })
    await update('act_0', { attributes: { steps: 3 } })
    vendor().get(`${all}/act_4`).reply(200, { data: actionPayloads.stopBot })
    expect(await failure(update('act_4', { kind: 'transfer-bot', name: 'Away' }))).toMatchObject({
      code: 'invalid-request',
      fields: [{ path: 'kind', problem: 'must be the action’s current kind, which cannot be changed' }],
    })
  })

  it('checks the rules between fields for the whole action', async () => {
    const { id } = actionPayloads.humanHandOver
    const { examples: _, ...details } = actionPayloads.humanHandOver.details
    const stored = { ...actionPayloads.humanHandOver, details: { ...details, handoverType: 'lackOfInformation' } }
    vendor().get(`${all}/${id}`).times(2).reply(200, { data: stored })
    expect(await failure(update(id, { trigger: 'custom' }))).toMatchObject({ fields: [{ path: 'examples' }] })
    expect(await failure(update(id, { trigger: 'contact-request', examples: [] }))).toMatchObject({
      fields: [{ path: 'examples' }],
    })
  })

  it('names the fields that belong to another kind, and sends an empty name unchanged', async () => {
    const { name: _, ...stored } = actionPayloads.transferBot
    vendor().get(`${all}/act_8`).reply(200, { data: stored })
    vendor()
      .put(`${all}/act_8`, { type: 'transferBot', name: '', details: stored.details })
      .reply(200, { data: stored })
    const account = testAccount()
    await update('act_8', { steps: [] }, account)
    expect(account.warnings).toMatchObject([{ code: 'ignored-option', path: 'steps' }])
  })
})

it('agents.actions.remove', async () => {
  vendor()
    .delete(`${all}/act_7`)
    .reply(200, { data: { id: 'act_7' }, success: true })
  expect(await testAccount().agents.actions.remove('agt_m41', 'act_7')).toEqual({
    id: 'act_7',
    confirmed: true,
  })
})

describe('agents.followUp.update', () => {
  const path = '/conversation-ai/agents/agt_m41/followup-settings'
  const settings = { switchesChannel: false, withinHours: true, timezone: 'business', hours: [] }
  const update = (input: unknown) => testAccount().agents.followUp.update('agt_m41', input as FollowUpSettingsInput)

  it.each([
    ['one action', actionPayloads.advancedFollowup],
    ['a list', [actionPayloads.advancedFollowup]],
  ])('sends the settings and reads the answer %s', async (_, data) => {
    vendor()
      .patch(path, {
        actionIds: ['act_12'],
        followupSettings: {
          dynamicChannelSwitching: false,
          followUpHours: true,
          timezoneToUse: 'business',
          workingHours: [],
        },
      })
      .reply(200, { data, success: true })
    expect(await update({ actionIds: ['act_12'], ...settings })).toStrictEqual([actions.advancedFollowup])
  })

  it.each([
    [{ ...settings }, 'actionIds'],
    [{ ...settings, actionIds: [] }, 'actionIds'],
    [{ actionIds: ['a'] }, 'switchesChannel'],
    [{ ...settings, actionIds: ['a'], timezone: 'moon' }, 'timezone'],
    [{ ...settings, actionIds: ['a'], withinHours: 1 }, 'withinHours'],
    [undefined, 'input'],
  ])('refuses %j before a request is sent', async (input, field) => {
    expect(await failure(update(input))).toMatchObject({ code: 'invalid-request', fields: [{ path: field }] })
  })
})
