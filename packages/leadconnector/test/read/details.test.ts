import { describe, expect, it } from 'vitest'
import { readAgent } from '../../src/read/agent.ts'
import { readGeneration } from '../../src/read/generation.ts'
import { readMessage } from '../../src/read/message.ts'
import { mapChannel, mapConversationType, mapMessageType } from '../../src/vocabulary.ts'
import { reader } from '../helpers/account.ts'

describe('the vocabulary', () => {
  it.each([
    ['ACTIVITY_CONTACT', 'system'],
    ['activity', 'system'],
    ['TYPE_ACTIVITY', 'system'],
    ['TYPE_REACTIVITY', 'unknown'],
    ['CAMPAIGN_SMS', 'sms'],
    ['SMS', 'sms'],
    ['SMS_TYPE', 'unknown'],
    ['XTYPE_SMS', 'unknown'],
  ])('maps the channel %s to %s every time', (word, channel) => {
    for (let round = 0; round < 3; round++) expect(mapChannel(word)).toBe(channel)
  })

  it.each([
    ['TYPE_LIVE_CHAT_INFO_MESSAGE', 'activity'],
    ['LIVE_CHAT_INFO_MESSAGE', 'activity'],
    ['TYPE_FORM_SUBMISSION', 'form'],
    ['FORM_SUBMISSION', 'form'],
    ['TYPE_REVIEW', 'review'],
    ['REVIEW', 'review'],
    ['TYPE_SMS', 'text'],
    ['TYPE_EMAIL', 'email'],
    ['TYPE_POLTERGEIST', 'unknown'],
  ])('maps the message type %s to %s every time', (word, type) => {
    for (let round = 0; round < 3; round++) expect(mapMessageType(word)).toBe(type)
  })

  it('stays right for more words than its cache keeps', () => {
    for (let round = 0; round < 2; round++)
      for (let index = 0; index < 500; index++) {
        expect(mapChannel(`TYPE_ACTIVITY_${index}`)).toBe('system')
        expect(mapMessageType(`TYPE_ACTIVITY_${index}`)).toBe('activity')
        expect(mapChannel(`TYPE_NEW_${index}`)).toBe('unknown')
      }
    expect(mapChannel('TYPE_SMS')).toBe('sms')
  })

  it.each(['TYPE_INTERNAL_CHAT', 6])('maps the conversation type %s to an internal channel', (word) => {
    expect(mapConversationType(word)).toBe('internal')
  })
})

describe('the call of a message', () => {
  const callOf = (meta: unknown, messageType = 'TYPE_CALL') => {
    const { reading, warnings } = reader(false)
    const { call } = readMessage({ id: 'x-1', messageType, meta }, reading, 'c-9')
    return [call, warnings.map(({ code, path }) => `${code} ${path}`)]
  }
  const completed = { value: 'completed', native: 'completed' }

  it.each([
    [{ call: { duration: 42, status: 'completed' } }, { duration: 42, status: completed }, []],
    [{ call: { duration: 42 } }, { duration: 42 }, []],
    [{ call: { status: 'completed' } }, { status: completed }, []],
    [{ call: { duration: null, status: null } }, { duration: null }, []],
    [{ callDuration: 42, callStatus: 'completed' }, { duration: 42, status: completed }, []],
    [{ callStatus: null }, undefined, []],
    [{ call: {} }, undefined, []],
    [{}, undefined, []],
    [{ call: 7 }, undefined, ['unreadable-field meta.call']],
    [{ call: { duration: 'long' } }, undefined, ['unreadable-field meta.call.duration']],
    [
      { call: { status: 'vanished' } },
      { status: { value: 'unknown', native: 'vanished' } },
      ['unknown-term meta.call.status'],
    ],
    [7, undefined, ['unreadable-field meta']],
  ])('is read from the meta data %j', (meta, call, told) => {
    expect(callOf(meta)).toStrictEqual([call, told])
  })

  it('exists only for messages of the type call', () => {
    expect(callOf({ call: { duration: 42 } }, 'TYPE_SMS')).toStrictEqual([undefined, []])
  })
})

describe('the body of a message', () => {
  const textOf = (raw: object) => readMessage({ id: 'x-1', ...raw }, reader(false).reading, 'c-9')

  it.each([
    [{ messageType: 'TYPE_SMS', body: 'Hi' }, 'Hi'],
    [{ messageType: 'TYPE_SMS', activity: { title: 'Booked' } }, null],
    [{ messageType: 'TYPE_ACTIVITY_APPOINTMENT', activity: { title: 'Booked' } }, 'Booked'],
    [{ messageType: 'TYPE_ACTIVITY_APPOINTMENT', activity: {} }, null],
    [{ messageType: 'TYPE_ACTIVITY_APPOINTMENT', body: 'Hi', activity: { title: 'Booked' } }, 'Hi'],
    [{ messageType: 'TYPE_EMAIL', body: '<p>Hi</p>' }, 'Hi'],
    [
      { messageType: 'TYPE_EMAIL', body: 'Desk <d@clinic.example> wrote:\n> <b>' },
      'Desk <d@clinic.example> wrote:\n> <b>',
    ],
    [{ messageType: 'TYPE_SMS', body: '<p>Hi</p>' }, '<p>Hi</p>'],
    [{ messageType: 'TYPE_SMS', contentType: 'text/html; charset=utf-8', body: '<p>Hi</p>' }, 'Hi'],
    [{ messageType: 'TYPE_EMAIL', body: null }, undefined],
    [{ messageType: 'TYPE_EMAIL' }, undefined],
  ])('in the payload %j is read as %j', (raw, text) => {
    expect(textOf(raw).text).toBe(text)
  })

  it('is typed by either field, and is dropped if it cannot be read', () => {
    expect(textOf({ type: 3 }).type).toStrictEqual({ value: 'email', native: 3 })
    expect(textOf({ type: 3, messageType: 'TYPE_SMS' }).type).toStrictEqual({ value: 'text', native: 'TYPE_SMS' })
    expect(textOf({ messageType: {} }).type).toStrictEqual({ value: 'unknown', native: null })
    expect(textOf({ messageType: {} })).not.toHaveProperty('channel')
  })
})

describe('the actions of a generation', () => {
  const of = (raw: object) => {
    const { reading, warnings } = reader(false)
    return [
      readGeneration(raw as Record<string, unknown>, reading, 'm-1'),
      warnings.map((each) => each.message),
    ] as const
  }

  it.each([
    [undefined, []],
    [null, []],
    [[], []],
    [
      [{ a: {}, b: [] }],
      [
        { name: 'a', details: {} },
        { name: 'b', details: [] },
      ],
    ],
    [[{ a: {}, b: 7 }], [{ name: null, details: { a: {}, b: 7 } }]],
    [[{ a: null }], [{ name: null, details: { a: null } }]],
    [[{}], [{ name: null, details: {} }]],
    [
      ['x', null, [7]],
      [
        { name: null, details: 'x' },
        { name: null, details: null },
        { name: null, details: [7] },
      ],
    ],
  ])('are read from the log %j', (actionLogs, actions) => {
    const [generation, warnings] = of({ actionLogs })
    expect(generation.actions).toStrictEqual(actions)
    expect(warnings).toEqual([])
  })

  it('are dropped with a warning if the logs are no list', () => {
    const [generation, warnings] = of({ actionLogs: {} })
    expect(generation.actions).toStrictEqual([])
    expect(warnings).toEqual(['leadconnector sent actionLogs that is not a list; the field is omitted.'])
  })

  it.each([
    [
      { role: 'user', content: 'Hi' },
      { author: { kind: 'contact', basis: 'vendor', native: 'user' }, text: 'Hi' },
    ],
    [{ role: null }, { author: { kind: 'unknown', basis: 'inferred' }, text: null }],
    [{}, { author: { kind: 'unknown', basis: 'inferred' }, text: null }],
    [{ role: 7 }, { author: { kind: 'unknown', basis: 'vendor' }, text: null }],
    [{ role: {} }, { author: { kind: 'unknown', basis: 'inferred' }, text: null }],
  ])('read the entry %j of the history', (entry, message) => {
    expect(of({ history: [entry] })[0].history).toStrictEqual([message])
  })

  it('name the agent by either field, or no agent', () => {
    expect(of({ employeeId: 'a-1' })[0]).toMatchObject({ agentId: 'a-1', response: { author: { id: 'a-1' } } })
    expect(of({ agentId: '' })[0].response.author).toStrictEqual({ kind: 'agent', basis: 'vendor' })
    expect(of({ mode: null })[0]).not.toHaveProperty('mode')
  })
})

describe('an agent', () => {
  const of = (raw: object) => {
    const { reading, warnings } = reader(false)
    return [readAgent({ id: 'x-1', ...raw }, reading), warnings.map(({ code, path }) => `${code} ${path}`)] as const
  }

  it('has no mode if the vendor sends none', () => {
    const [agent, warnings] = of({ mode: null })
    expect(agent).not.toHaveProperty('mode')
    expect(agent.status).toStrictEqual({ value: 'unknown', native: null })
    expect(warnings).toEqual([])
  })

  it('drops an unknown channel with a warning', () => {
    expect(of({ channels: ['SMS', 'Pigeon'] })[1]).toEqual(['unknown-term channels[1]'])
  })

  it.each([
    [
      { id: 'a', name: 'Book', type: 'stopBot' },
      { id: 'a', name: 'Book', type: { value: 'stop-agent', native: 'stopBot' } },
    ],
    [
      { id: 'a', name: null },
      { id: 'a', type: { value: 'unknown', native: null } },
    ],
    [
      { id: 'a', type: null },
      { id: 'a', type: { value: 'unknown', native: null } },
    ],
  ])('takes the ids of its actions from %j', (action, pointer) => {
    expect(of({ actions: [action] })[0].actions).toStrictEqual([pointer])
  })
})
