import { parseModel } from '@parley/core/schema'
import { describe, expect, it } from 'vitest'
import { readAction } from '../../src/read/action.ts'
import { readWorkingHours } from '../../src/read/working-hours.ts'
import { actionPayloads, actions, workingHours, workingHoursPayload } from '../fixtures/actions.ts'
import { reader } from '../helpers/account.ts'

const types = Object.keys(actionPayloads) as (keyof typeof actionPayloads)[]

describe('an action', () => {
  it.each(types)('of the type %s keeps every value', (type) => {
    const { reading } = reader()
    const action = readAction(actionPayloads[type], reading, 'another')
    expect(action).toStrictEqual(actions[type])
    expect(parseModel('action', action)).toBe(action)
    expect(reading.warnings).toEqual([])
  })

  it.each(types)('of the type %s can be read without details', (type) => {
    const { reading } = reader()
    const { id } = actionPayloads[type]
    const action = readAction({ id, type }, reading, 'agt_1')
    expect(action).toMatchObject({ id, kind: actions[type].kind, name: null, agentId: 'agt_1' })
    expect(() => parseModel('action', action)).not.toThrow()
    expect(action).not.toHaveProperty('attributes')
    expect(reading.warnings).toEqual([])
  })

  it('of an unknown type keeps every value', () => {
    const { reading } = reader()
    const action = readAction({ id: 'act_0', type: 'dance', details: { steps: 2 } }, reading, 'agt_1')
    expect(action).toMatchObject({ kind: 'unknown', native: 'dance', attributes: { steps: 2 } })
    expect(() => parseModel('action', action)).not.toThrow()
    expect(reading.warnings).toMatchObject([{ code: 'unknown-term', path: 'type' }])
    expect(readAction({ id: 'act_0' }, reader().reading, 'agt_1')).toMatchObject({ kind: 'unknown', native: null })
  })

  it('keeps details that the schema does not name', () => {
    const payload = { ...actionPayloads.stopBot, details: { ...actionPayloads.stopBot.details, mood: 'blue' } }
    expect(readAction(payload, reader().reading, 'x').attributes).toEqual({ mood: 'blue' })
  })

  it('of a switch that is off has no values that belong to the switch', () => {
    const { details } = actionPayloads.appointmentBooking
    const off = { ...details, triggerWorkflow: false, sleepAfterBooking: false, transferBot: false }
    expect(readAction({ ...actionPayloads.appointmentBooking, details: off }, reader().reading, 'x')).toMatchObject({
      workflowIds: [],
      pauseMs: null,
      transferToAgentId: null,
    })
  })

  it('drops a follow-up step without its time with a warning and keeps the other steps', () => {
    const { reading } = reader()
    const { details } = actionPayloads.advancedFollowup
    const followupSequence = [{ id: 1 }, details.followupSequence[1], { ...details.followupSequence[0], id: undefined }]
    const action = readAction(
      { ...actionPayloads.advancedFollowup, details: { ...details, followupSequence } },
      reading,
      'x',
    )
    expect(action).toMatchObject({ steps: [{ id: 2 }] })
    expect(reading.warnings.map(({ code, path }) => `${code} ${path}`)).toEqual([
      'bad-item details.followupSequence[0].followupTime',
      'bad-item details.followupSequence[2].id',
    ])
  })

  it('has no duration if its unit is unknown', () => {
    const { reading } = reader()
    const details = { ...actionPayloads.stopBot.details, sleepTimeUnit: 'moons' }
    expect(readAction({ ...actionPayloads.stopBot, details }, reading, 'x')).not.toHaveProperty('reactivation')
    expect(reading.warnings).toMatchObject([{ code: 'unreadable-field', path: 'details.sleepTimeUnit', raw: 'moons' }])
  })

  it.each([
    ['humanHandOver', 'handoverType', 'trigger', 'contactRequest', 'contact-request'],
    ['humanHandOver', 'handoverType', 'trigger', 'lackOfInformation', 'lack-of-information'],
    ['humanHandOver', 'handoverType', 'trigger', 'failedToResolveIssue', 'unresolved'],
    ['humanHandOver', 'handoverType', 'trigger', 'custom', 'custom'],
    ['stopBot', 'stopBotDetectionType', 'trigger', 'Goodbye', 'goodbye'],
    ['stopBot', 'stopBotDetectionType', 'trigger', 'Custom', 'custom'],
    ['transferBot', 'transferBotType', 'trigger', 'Default', 'default'],
    ['transferBot', 'transferBotType', 'trigger', 'Custom', 'custom'],
    ['advancedFollowup', 'scenarioId', 'scenario', 'contactStoppedReplying', 'stopped-replying'],
    ['advancedFollowup', 'scenarioId', 'scenario', 'contactIsBusy', 'busy'],
    ['advancedFollowup', 'scenarioId', 'scenario', 'contactRequested', 'requested'],
  ] as const)('of the type %s reads %s as %s: %s is %s', (type, key, field, native, value) => {
    const { reading } = reader()
    const details = { ...actionPayloads[type].details, [key]: native }
    expect(readAction({ ...actionPayloads[type], details }, reading, 'x')).toMatchObject({ [field]: { value, native } })
    expect(reading.warnings).toEqual([])
  })

  it.each(['add', 'update', 'delete'])('reads an example with the category %s', (type) => {
    const details = { ...actionPayloads.updateContactField.details, contactUpdateExamples: [{ text: 'a', type }] }
    expect(readAction({ ...actionPayloads.updateContactField, details }, reader().reading, 'x')).toMatchObject({
      examples: [{ text: 'a', change: { value: type, native: type } }],
    })
  })

  it('drops examples that cannot be read with a warning, and an absent list without one', () => {
    const { reading } = reader()
    const examples = (contactUpdateExamples: unknown) => ({
      ...actionPayloads.updateContactField,
      details: { ...actionPayloads.updateContactField.details, contactUpdateExamples },
    })
    expect(readAction(examples(null), reading, 'x')).not.toHaveProperty('examples')
    expect(readAction(examples([7, 'yes']), reading, 'x')).toMatchObject({ examples: [{ text: 'yes' }] })
    expect(readAction(examples('yes'), reading, 'x')).not.toHaveProperty('examples')
    expect(reading.warnings.map(({ code }) => code)).toEqual(['bad-item', 'unreadable-field'])
  })
})

describe('working hours', () => {
  it('keep every value of the payload', () => {
    const { reading } = reader()
    const hours = readWorkingHours(workingHoursPayload, reading, 'another')
    expect(hours).toStrictEqual(workingHours)
    expect(parseModel('workingHours', hours)).toStrictEqual(hours)
    expect(reading.warnings).toEqual([])
  })

  it('of an empty payload are off and belong to the agent that was asked for', () => {
    expect(readWorkingHours({}, reader(false).reading, 'agt_1')).toStrictEqual({
      agentId: 'agt_1',
      enabled: false,
      channels: [],
      timezone: { value: 'unknown', native: null },
      schedule: [],
    })
  })

  it.each(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'])('are read for %s', (day) => {
    const schedule = { [day]: { enabled: true, slots: [{ startHour: 7, startMinute: 5, endHour: 8, endMinute: 30 }] } }
    expect(readWorkingHours({ schedule }, reader().reading, 'x').schedule).toEqual([
      { day, intervals: [{ from: '07:05', to: '08:30' }] },
    ])
  })

  it('have null for each switch that is off', () => {
    const off = {
      continueConversations: { enabled: false, inactivityTimeout: { value: 1, unit: 'hours' } },
      offHoursAutoReply: { enabled: false, message: 'unused' },
      followUp: { enabled: true, message: 'Back again.' },
    }
    expect(readWorkingHours(off, reader().reading, 'x')).toMatchObject({
      continuesForMs: null,
      autoReply: null,
      followUp: 'Back again.',
    })
  })
})
