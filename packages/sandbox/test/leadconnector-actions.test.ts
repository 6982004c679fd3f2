import { describe, expect, it } from 'vitest'
import { type Body, openDesk } from './leadconnector-desk.ts'

const details: Record<string, Record<string, unknown>> = {
  triggerWorkflow: { workflowIds: ['w'], triggerCondition: 'asks for a brochure' },
  updateContactField: { contactFieldId: 'f', description: 'the size of the frame' },
  appointmentBooking: {
    calendarId: 'c',
    onlySendLink: true,
    triggerWorkflow: false,
    sleepAfterBooking: false,
    transferBot: false,
    rescheduleEnabled: false,
    cancelEnabled: false,
  },
  stopBot: {
    stopBotDetectionType: 'Custom',
    stopBotTriggerCondition: 'is angry',
    reactivateEnabled: false,
    enabled: true,
    stopBotExamples: ['enough', 'stop it'],
    finalMessage: 'As you wish.',
  },
  humanHandOver: {
    enabled: true,
    triggerCondition: 'wants a human',
    examples: ['a person please'],
    reactivateEnabled: true,
    sleepTimeUnit: 'hours',
    sleepTime: 2,
    finalMessage: 'One moment.',
    handoverType: 'custom',
  },
  advancedFollowup: {
    enabled: true,
    scenarioId: 'contactIsBusy',
    followupSequence: [{ id: 1, followupTimeUnit: 'hours', followupTime: 24 }],
  },
  transferBot: { transferBotType: 'Default', transferToBot: 'b', enabled: true },
  customApi: {
    apiConfig: { url: 'https://api.shop.example', headers: { a: '1' }, authentication: { type: 'bearer', token: 's' } },
  },
}

function openActions(changes: Parameters<typeof openDesk>[0] = {}) {
  const desk = openDesk(changes)
  const path = `/conversation-ai/agents/${desk.names.agentId}/actions`
  const list = async (): Promise<Body[]> => (await desk.get(`${path}/list`)).body.data
  return { ...desk, path, list }
}

describe('actions at the emulated LeadConnector', () => {
  it.each(Object.keys(details))('are attached, read, replaced and removed: %s', async (type) => {
    const { call, get, path, list } = openActions()
    const before = (await list()).length
    const made = await call('POST', path, { type, name: 'My action', details: details[type] })
    expect(made.status).toBe(201)
    expect(made.body).toMatchObject({ success: true, data: { type, name: 'My action' } })
    const one = `${path}/${made.body.data.id}`
    expect((await get(one)).body.data).toEqual(made.body.data)
    const changed = await call('PUT', one, { type, name: 'Renamed', details: details[type] })
    expect(changed.body.data.name).toBe('Renamed')
    expect(await list()).toHaveLength(before + 1)
    expect((await call('DELETE', one)).body).toMatchObject({ data: { id: made.body.data.id }, success: true })
    expect((await get(one)).status).toBe(400)
  })

  it.each(Object.entries(details))('require every required field of %s', async (type, complete) => {
    const { call, path } = openActions()
    for (const key of Object.keys(complete)) {
      const { [key]: _, ...rest } = complete
      const { status, body } = await call('POST', path, { type, name: 'My action', details: rest })
      expect([key, status]).toEqual([key, 422])
      expect(body.message).toContain(`details.${key} should not be empty`)
    }
  })

  it('are checked for fields that depend on another one', async () => {
    const { call, path } = openActions()
    const refused = async (type: string, changes: Record<string, unknown>) => {
      const { status, body } = await call('POST', path, {
        type,
        name: 'Mine',
        details: { ...details[type], ...changes },
      })
      return status === 422 ? body.message : status
    }
    expect(await refused('appointmentBooking', { cancelEnabled: true })).toEqual([
      'details.cancelEnabled must be false when onlySendLink is true',
    ])
    expect(await refused('transferBot', { transferBotType: 'Custom' })).toHaveLength(2)
    expect(await refused('stopBot', { stopBotExamples: ['one'] })).toEqual([
      'details.stopBotExamples must contain at least 2 elements',
    ])
    const long = [{ id: 1, followupTimeUnit: 'minutes', followupTime: 61 }]
    expect(await refused('advancedFollowup', { followupSequence: long })).toEqual([
      'details.followupSequence.0.followupTime must not be greater than 60',
    ])
    expect((await call('POST', path, { type: 'dance', name: 'x', details: {} })).body.message).toHaveLength(2)
  })

  it('are limited in number for each kind and agent', async () => {
    const { call, path } = openActions()
    const body = { type: 'triggerWorkflow', name: 'Again', details: details['triggerWorkflow'] }
    for (let count = 0; count < 5; count += 1) expect((await call('POST', path, body)).status).toBe(201)
    expect((await call('POST', path, body)).status).toBe(400)
  })

  it('never show a secret, are merged one level deep, and keep a secret that is sent as stars', async () => {
    const { call, path, emulator } = openActions()
    const { data } = (await call('POST', path, { type: 'customApi', name: 'Stock', details: details['customApi'] }))
      .body
    expect(data.details.apiConfig.authentication).toEqual({ type: 'bearer', token: '********' })
    const one = `${path}/${data.id}`
    const name = 'Stock'
    const apiConfig = { headers: { b: '2' }, authentication: data.details.apiConfig.authentication }
    const merged = (await call('PUT', one, { type: 'customApi', name, details: { apiConfig } })).body.data
    expect(merged.details.apiConfig).toMatchObject({ url: 'https://api.shop.example', headers: { b: '2' } })
    expect(merged.details.apiConfig.headers).toEqual({ b: '2' })
    expect((await call('PUT', one, { type: 'customApi', name, details: {} })).status).toBe(200)
    emulator.settings.actionDetails = 'omitted'
    expect((await call('PUT', one, { type: 'customApi', name, details: {} })).body.data).toEqual({
      id: data.id,
      type: 'customApi',
    })
  })

  it('can be listed by type', async () => {
    const { list, emulator } = openActions()
    const flat = await list()
    emulator.settings.actionList = 'grouped'
    const grouped = await list()
    expect(grouped.flatMap(({ actions }) => actions)).toEqual(flat)
    expect(grouped[0].type).toBe(grouped[0].actions[0].type)
  })
})

describe('follow-up settings', () => {
  it('are written to the named actions, and return one or all', async () => {
    const { call, get, names, emulator } = openActions()
    const { agents } = (await get('/conversation-ai/agents/search')).body
    const agent = agents.find(({ actions }: Body) => actions.some(({ type }: Body) => type === 'advancedFollowup'))
    const id = agent.actions.find(({ type }: Body) => type === 'advancedFollowup').id
    const path = `/conversation-ai/agents/${agent.id}/followup-settings`
    const hours = [{ dayOfTheWeek: 7, intervals: [{ startHour: 8, startMinute: 0, endHour: 12, endMinute: 30 }] }]
    const followupSettings = { dynamicChannelSwitching: false, timezoneToUse: 'business', workingHours: hours }
    const { status, body } = await call('PATCH', path, { actionIds: [id], followupSettings })
    expect(status).toBe(200)
    expect(body.data).toMatchObject({ id, details: { followupSettings } })
    emulator.settings.followupShape = 'array'
    expect((await call('PATCH', path, { actionIds: [id], followupSettings })).body.data).toHaveLength(1)
    expect((await call('PATCH', path, { actionIds: ['x'], followupSettings })).status).toBe(400)
    expect((await call('PATCH', path, { actionIds: [id], followupSettings: {} })).status).toBe(422)
    const unknown = path.replace(agent.id, 'nobody')
    expect((await call('PATCH', unknown, { actionIds: [id], followupSettings })).status).toBe(400)
    expect(names.agentId).not.toBe(agent.id)
  })
})

describe('working hours', () => {
  const hours = {
    enabled: true,
    channels: ['SMS', 'TIKTOK'],
    timezoneMode: 'business',
    schedule: { mon: { enabled: true, slots: [{ startHour: 8, startMinute: 0, endHour: 18, endMinute: 0 }] } },
    continueConversations: { enabled: true, inactivityTimeout: { value: 30, unit: 'minutes' } },
    offHoursAutoReply: { enabled: false },
    followUp: { enabled: false },
  }

  it('are created once, replaced and deleted', async () => {
    const { call, get, names } = openDesk()
    const path = `/conversation-ai/agents/${names.agentId}/working-hours`
    const options = { version: 'v3' }
    expect((await call('DELETE', path, undefined, options)).body.data).toEqual({
      deleted: false,
      employeeId: names.agentId,
    })
    const made = await call('POST', path, hours, options)
    expect(made.status).toBe(201)
    expect(made.body.data).toMatchObject({ ...hours, employeeId: names.agentId })
    expect((await call('POST', path, hours, options)).status).toBe(409)
    const changed = await call('PUT', path, { ...hours, timezoneMode: 'contact' }, options)
    expect(changed.body.data.timezoneMode).toBe('contact')
    expect((await get(path, {}, options)).body.data).toEqual(changed.body.data)
    expect((await get(`/conversation-ai/agents/${names.agentId}`)).body.workingHours.enabled).toBe(true)
    expect((await call('PUT', path, { ...hours, channels: [] }, options)).status).toBe(422)
    expect((await call('DELETE', path, undefined, options)).body.data.deleted).toBe(true)
    expect((await get(path, {}, options)).status).toBe(400)
  })
})
