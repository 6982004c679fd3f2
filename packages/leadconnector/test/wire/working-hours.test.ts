import type { WorkingHoursInput } from '@parley/core'
import { describe, expect, it } from 'vitest'
import { workingHours, workingHoursPayload } from '../fixtures/actions.ts'
import { failure, testAccount, useNock, vendor } from '../helpers/account.ts'

useNock()

const path = '/conversation-ai/agents/agt_m41/working-hours'
const v3 = () => vendor('v3')
const hours = () => testAccount().agents.workingHours

describe('agents.workingHours.get', () => {
  it('reads them', async () => {
    v3().get(path).reply(200, { data: workingHoursPayload, success: true })
    expect(await hours().get('agt_m41')).toStrictEqual(workingHours)
  })

  it.each([
    [400, { message: 'Working hours not found for the agent: agt_m41', statusCode: 400 }],
    [404, { message: 'Not Found', statusCode: 404 }],
    [200, { data: null, success: true }],
  ])('says after a %i that there are none', async (status, body) => {
    v3().get(path).reply(status, body)
    expect(await hours().get('agt_m41')).toBeNull()
  })

  it('of an agent that is not there is an error', async () => {
    v3().get(path).reply(400, { message: 'No Agent found for the id: agt_m41', statusCode: 400 })
    expect(await failure(hours().get('agt_m41'))).toMatchObject({ code: 'not-found' })
  })
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
  it('creates them', async () => {
    v3().post(path, body).reply(201, { data: workingHoursPayload, success: true })
    expect(await hours().set('agt_m41', input)).toStrictEqual(workingHours)
  })

  it('replaces those that are there', async () => {
    v3().post(path, body).reply(409, { message: 'Working hours already exist', statusCode: 409 })
    v3().put(path, body).reply(200, { data: workingHoursPayload, success: true })
    expect(await hours().set('agt_m41', input)).toStrictEqual(workingHours)
  })

  it('switches off what is left out', async () => {
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
    [{ enabled: undefined }, 'enabled'],
    [{ channels: [] }, 'channels'],
    [{ channels: 'sms' }, 'channels'],
    [{ channels: ['voice'] }, 'channels[0]'],
    [{ timezone: undefined }, 'timezone'],
    [{ timezone: 'moon' }, 'timezone'],
    [{ schedule: undefined }, 'schedule'],
    [{ schedule: [{ day: 'someday', intervals: [] }] }, 'schedule[0].day'],
    [{ schedule: [{ intervals: [] }] }, 'schedule[0].day'],
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
    [{ attributes: 7 }, 'attributes'],
  ])('refuses %j', async (more, field) => {
    const error = await failure(hours().set('agt_m41', { ...input, ...more } as WorkingHoursInput))
    expect(error).toMatchObject({ code: 'invalid-request', outcome: 'not-done', fields: [{ path: field }] })
  })

  it('does not replace after another failure', async () => {
    v3()
      .post(path)
      .reply(422, { statusCode: 422, message: ['channels should not be empty'] })
    expect(await failure(hours().set('agt_m41', input))).toMatchObject({ code: 'invalid-request', status: 422 })
  })
})

describe('agents.workingHours.clear', () => {
  it.each([true, false])('says whether there were any: %s', async (deleted) => {
    v3()
      .delete(path)
      .reply(200, { data: { deleted, employeeId: 'agt_m41' }, success: true })
    expect(await hours().clear('agt_m41')).toEqual({ id: 'agt_m41', confirmed: deleted })
  })
})
