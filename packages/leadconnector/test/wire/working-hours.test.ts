import type { WorkingHoursInput } from '@parley/core'
import { failure } from '@parley/testkit'
import { useNock } from '@parley/testkit/nock'
import { describe, expect, it } from 'vitest'
import { workingHours, workingHoursPayload } from '../fixtures/actions.ts'
import { otherNotFound, testAccount, vendor } from '../helpers/account.ts'

useNock()

const path = '/conversation-ai/agents/agt_m41/working-hours'
const v3 = () => vendor('v3')
const hours = () => testAccount().agents.workingHours

describe('agents.workingHours.get', () => {
  it('reads the working hours', async () => {
    v3().get(path).reply(200, { data: workingHoursPayload, success: true })
    expect(await hours().get('agt_m41')).toStrictEqual(workingHours)
  })

  it.each([
    [400, { message: 'Working hours not found for the agent: agt_m41', statusCode: 400 }],
    [404, { message: 'Working hours not found', statusCode: 404 }],
    [400, { message: 'No working hours found for the agent', statusCode: 400 }],
    [200, { data: null, success: true }],
  ])('returns null after HTTP %i for an agent without working hours', async (status, body) => {
    v3().get(path).reply(status, body)
    expect(await hours().get('agt_m41')).toBeNull()
  })

  it.each([
    [400, 'No Agent found for the id: agt_m41'],
    [404, 'Agent not found'],
  ])('fails with `not-found` for an agent that does not exist (HTTP %i with %s)', async (statusCode, message) => {
    v3().get(path).reply(statusCode, { message, statusCode })
    expect(await failure(hours().get('agt_m41'))).toMatchObject({ code: 'not-found' })
  })

  it.each(otherNotFound)(
    'takes only the vendor’s own words for missing working hours, not HTTP %i with %o',
    async (status, body) => {
      v3().get(path).reply(status, body)
      expect(await failure(hours().get('agt_m41'))).toMatchObject({ status })
    },
  )
})

const input: WorkingHoursInput = {
  enabled: true,
  channels: ['sms', 'web'],
  timezone: 'contact',
  schedule: [{ day: 'mon', intervals: [{ from: '08:15', to: '12:00' }] }],
  continuesForMs: 5_400_000,
  autoReply: 'We are closed.',
  followUp: null,
  attributes: { offHoursAutoReply: { sendNotification: true, notificationConfig: { contactTags: ['night'] } } },
}

const closed = { enabled: false, slots: [] }
const body = {
  enabled: true,
  channels: ['SMS', 'Live_Chat'],
  timezoneMode: 'contact',
  schedule: {
    mon: { enabled: true, slots: [{ startHour: 8, startMinute: 15, endHour: 12, endMinute: 0 }] },
    ...{ tue: closed, wed: closed, thu: closed, fri: closed, sat: closed, sun: closed },
  },
  continueConversations: { enabled: true, inactivityTimeout: { value: 90, unit: 'minutes' } },
  offHoursAutoReply: {
    enabled: true,
    message: 'We are closed.',
    sendNotification: true,
    notificationConfig: { contactTags: ['night'] },
  },
  followUp: { enabled: false, message: '' },
}

describe('agents.workingHours.set', () => {
  it('creates working hours', async () => {
    v3().post(path, body).reply(201, { data: workingHoursPayload, success: true })
    expect(await hours().set('agt_m41', input)).toStrictEqual(workingHours)
  })

  it('replaces existing working hours', async () => {
    v3().post(path, body).reply(409, { message: 'Working hours already exist', statusCode: 409 })
    v3().put(path, body).reply(200, { data: workingHoursPayload, success: true })
    expect(await hours().set('agt_m41', input)).toStrictEqual(workingHours)
  })

  it('opens each given day in any order, for minutes, hours or days', async () => {
    const week = ['sun', 'sat', 'fri', 'thu', 'wed', 'tue', 'mon'] as const
    const open = { enabled: true, slots: [{ startHour: 7, startMinute: 0, endHour: 8, endMinute: 30 }] }
    const schedule = Object.fromEntries(week.map((day) => [day, open]))
    for (const [continuesForMs, value, unit] of [
      [120_000, 2, 'minutes'],
      [7_200_000, 2, 'hours'],
      [172_800_000, 2, 'days'],
    ] as const) {
      const continueConversations = { enabled: true, inactivityTimeout: { value, unit } }
      const followUp = { enabled: true, message: 'Open again.' }
      v3()
        .post(path, { ...body, schedule, continueConversations, followUp })
        .reply(201, { data: {} })
      const given = week.map((day) => ({ day, intervals: [{ from: '07:00', to: '08:30' }] }))
      await hours().set('agt_m41', { ...input, schedule: given, continuesForMs, followUp: 'Open again.' })
    }
  })

  it('sends back unknown parts that reading kept', async () => {
    const attributes = {
      continueConversations: { mood: 1 },
      offHoursAutoReply: 'none',
      followUp: { mood: 2 },
      zone: 'x',
    }
    v3()
      .post(path, {
        ...body,
        zone: 'x',
        continueConversations: { mood: 1, enabled: false },
        offHoursAutoReply: { sendNotification: false, enabled: false, message: '' },
        followUp: { mood: 2, enabled: false, message: '' },
      })
      .reply(201, { data: {} })
    await hours().set('agt_m41', { ...input, attributes, continuesForMs: null, autoReply: null })
  })

  it('switches off the omitted parts', async () => {
    v3()
      .post(path, {
        enabled: false,
        channels: [],
        timezoneMode: 'business',
        schedule: { ...body.schedule, mon: closed },
        continueConversations: { enabled: false },
        offHoursAutoReply: { sendNotification: false, enabled: false, message: '' },
        followUp: { enabled: false, message: '' },
      })
      .reply(201, { data: {} })
    await hours().set('agt_m41', { enabled: false, channels: [], timezone: 'business', schedule: [] })
  })

  it.each([
    [{ enabled: undefined }, 'enabled', 'must be true or false'],
    [{ channels: [] }, 'channels', 'must not be empty when enabled is true'],
    [{ channels: 'sms' }, 'channels', 'must be a list'],
    [{ channels: ['voice'] }, 'channels[0]', 'must be a channel that agents answer on'],
    [{ timezone: undefined }, 'timezone', 'is required'],
    [{ followUp: 7 }, 'followUp', 'must be a string'],
    [{ timezone: 'moon' }, 'timezone'],
    [{ schedule: undefined }, 'schedule'],
    [{ schedule: [{ day: 'someday', intervals: [] }] }, 'schedule[0].day'],
    [{ schedule: [{ intervals: [] }] }, 'schedule[0].day', 'is required'],
    [
      {
        schedule: [
          { day: 'mon', intervals: [] },
          { day: 'mon', intervals: [] },
        ],
      },
      'schedule[1].day',
    ],
    [{ schedule: [{ day: 'mon' }] }, 'schedule[0].intervals'],
    [{ schedule: [{ day: 'mon', intervals: [{ from: '08:60', to: '09:00' }] }] }, 'schedule[0].intervals[0].from'],
    [{ continuesForMs: 1 }, 'continuesForMs'],
    [{ autoReply: 7 }, 'autoReply'],
    [{ attributes: 7 }, 'attributes', 'must be an object'],
  ] as [object, string, string?][])('refuses %j before a request is sent', async (more, field, problem = '') => {
    const error = await failure(hours().set('agt_m41', { ...input, ...more } as WorkingHoursInput))
    expect(error).toMatchObject({ code: 'invalid-request', outcome: 'not-done', fields: [{ path: field }] })
    expect(error.fields?.[0]?.problem).toContain(problem)
  })

  it('does not replace after another failure', async () => {
    v3()
      .post(path)
      .reply(422, { statusCode: 422, message: ['channels should not be empty'] })
    expect(await failure(hours().set('agt_m41', input))).toMatchObject({ code: 'invalid-request', status: 422 })
  })
})

describe('agents.workingHours.clear', () => {
  it.each([true, false])('returns whether there were any: %s', async (deleted) => {
    v3()
      .delete(path)
      .reply(200, { data: { deleted, employeeId: 'agt_m41' }, success: true })
    expect(await hours().clear('agt_m41')).toEqual({ id: 'agt_m41', confirmed: deleted })
  })
})
