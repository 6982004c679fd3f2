import { parseModel } from '@parley/core/schema'
import { describe, expect, it } from 'vitest'
import { readAction } from '../../src/read/read-leadconnector-action.ts'
import { readWorkingHours } from '../../src/read/read-leadconnector-working-hours.ts'
import { actionPayloads, actions, workingHours, workingHoursPayload } from '../fixtures/actions.ts'
import { createReading } from '../helpers/reading.ts'

const types = Object.keys(actionPayloads) as (keyof typeof actionPayloads)[]

describe('an action', () => {
  it.each(types)('of the type %s is read whole', (type) => {
    const reading = createReading()
    const action = readAction(actionPayloads[type], reading, 'another')
    expect(action).toStrictEqual(actions[type])
    expect(parseModel('action', action)).toBe(action)
    expect(reading.warnings).toEqual([])
  })

  it.each(types)('of the type %s without details is still one', (type) => {
    const reading = createReading()
    const { id } = actionPayloads[type]
    const action = readAction({ id, type }, reading, 'agt_1')
    expect(action).toMatchObject({ id, kind: actions[type].kind, name: null, agentId: 'agt_1' })
    expect(() => parseModel('action', action)).not.toThrow()
    expect(action).not.toHaveProperty('attributes')
    expect(reading.warnings).toEqual([])
  })

  it('of a type nobody has seen keeps everything', () => {
    const reading = createReading()
    const action = readAction({ id: 'act_0', type: 'dance', details: { steps: 2 } }, reading, 'agt_1')
    expect(action).toMatchObject({ kind: 'unknown', native: 'dance', attributes: { steps: 2 } })
    expect(() => parseModel('action', action)).not.toThrow()
    expect(reading.warnings).toMatchObject([{ code: 'unknown-term', path: 'type' }])
    expect(readAction({ id: 'act_0' }, createReading(), 'agt_1')).toMatchObject({ kind: 'unknown', native: null })
  })

  it('keeps the details that no schema has', () => {
    const payload = { ...actionPayloads.stopBot, details: { ...actionPayloads.stopBot.details, mood: 'blue' } }
    expect(readAction(payload, createReading(), 'x').attributes).toEqual({ mood: 'blue' })
  })

  it('says nothing of a switch that is off but that it is off', () => {
    const { details } = actionPayloads.appointmentBooking
    const off = { ...details, triggerWorkflow: false, sleepAfterBooking: false, transferBot: false }
    expect(readAction({ ...actionPayloads.appointmentBooking, details: off }, createReading(), 'x')).toMatchObject({
      workflowIds: [],
      pauseMs: null,
      transferToAgentId: null,
    })
  })

  it('a step without its time is told and left out, the others stay', () => {
    const reading = createReading()
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

  it('a duration without a unit that is known says nothing', () => {
    const reading = createReading()
    const details = { ...actionPayloads.stopBot.details, sleepTimeUnit: 'moons' }
    expect(readAction({ ...actionPayloads.stopBot, details }, reading, 'x')).not.toHaveProperty('reactivation')
    expect(reading.warnings).toMatchObject([{ code: 'unreadable-field', path: 'details.sleepTimeUnit', raw: 'moons' }])
  })

  it('an empty answer about examples and a broken one', () => {
    const reading = createReading()
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
  it('are read whole', () => {
    const reading = createReading()
    const hours = readWorkingHours(workingHoursPayload, reading, 'another')
    expect(hours).toStrictEqual(workingHours)
    expect(parseModel('workingHours', hours)).toStrictEqual(hours)
    expect(reading.warnings).toEqual([])
  })

  it('without anything in them are closed, and are said of the agent that was asked about', () => {
    expect(readWorkingHours({}, createReading(false), 'agt_1')).toStrictEqual({
      agentId: 'agt_1',
      enabled: false,
      channels: [],
      timezone: { value: 'unknown', native: null },
      schedule: [],
    })
  })

  it('say of each switch that is off that there is nothing', () => {
    const off = {
      continueConversations: { enabled: false, inactivityTimeout: { value: 1, unit: 'hours' } },
      offHoursAutoReply: { enabled: false, message: 'unused' },
      followUp: { enabled: true, message: 'Back again.' },
    }
    expect(readWorkingHours(off, createReading(), 'x')).toMatchObject({
      continuesForMs: null,
      autoReply: null,
      followUp: 'Back again.',
    })
  })
})
