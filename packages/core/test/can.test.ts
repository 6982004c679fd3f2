import { describe, expect, expectTypeOf, test } from 'vitest'
import {
  type Adapter,
  type Agent,
  can,
  type Limits,
  need,
  type OperationName,
  type Operations,
  operationNames,
  type Sent,
} from '../src/index.ts'

const limits: Limits = { pageSize: {}, filters: [], text: {}, rate: [], deletesVisible: false, notes: [] }
const reply: Operations['messages']['reply'] = async () => ({}) as Sent

const acme = {
  vendor: 'acme',
  account: 'main',
  limits,
  absent: { 'agents.get': 'Acme has one agent and does not show it.' },
  messages: { reply },
} satisfies Adapter

const general: Adapter = acme

describe('can', () => {
  test('says what is there', () => {
    expect(can(general, 'messages.reply')).toBe(true)
    expect(can(general, 'messages.note')).toBe(false)
    expect(can(general, 'agents.get')).toBe(false)
  })

  test('something that is no function is not there', () => {
    const odd = { ...acme, messages: { reply: undefined } } as unknown as Adapter
    expect(can(odd, 'messages.reply')).toBe(false)
  })

  test('what every object inherits is not an operation', () => {
    for (const name of ['messages.toString', 'vendor.trim', 'messages.constructor', 'constructor.name', 'messages'])
      expect(can(general, name as OperationName)).toBe(false)
  })

  test('narrows the type', () => {
    expectTypeOf(general.messages).toEqualTypeOf<Partial<Operations['messages']> | undefined>()
    if (!can(general, 'messages.reply')) return expect.unreachable()
    expectTypeOf(general.messages.reply).toEqualTypeOf<Operations['messages']['reply']>()
    expectTypeOf(general.messages.note).toEqualTypeOf<Operations['messages']['note'] | undefined>()
    const { note } = general.messages
    // @ts-expect-error another operation of the same group may still be missing
    expect(() => note('c1', { text: 'x' })).toThrow(TypeError)
  })

  test('twice narrows to both', () => {
    if (can(general, 'messages.reply') && can(general, 'messages.note')) {
      expectTypeOf(general.messages.note).toEqualTypeOf<Operations['messages']['note']>()
      expectTypeOf(general.messages.reply).toEqualTypeOf<Operations['messages']['reply']>()
    }
  })

  test('a name that does not exist is a compile error', () => {
    // @ts-expect-error there is no such verb
    can(general, 'messages.shout')
  })

  test('on an adapter’s own type nothing has to be asked', () => {
    expectTypeOf(acme.messages.reply).toEqualTypeOf<Operations['messages']['reply']>()
    // @ts-expect-error and what it lacks is not there
    acme.agents
  })
})

describe('need', () => {
  test('gives the operation', () => {
    expect(need(general, 'messages.reply')).toBe(reply)
    expectTypeOf(need<'agents.get'>).returns.toEqualTypeOf<Operations['agents']['get']>()
    expectTypeOf(need<'agents.get'>).returns.returns.resolves.toEqualTypeOf<Agent>()
  })

  test('throws the one error, with the reason', () => {
    expect(() => need(general, 'agents.get')).toThrow(
      expect.objectContaining({
        code: 'unsupported',
        vendor: 'acme',
        account: 'main',
        operation: 'agents.get',
        message: 'acme cannot do agents.get. Acme has one agent and does not show it.',
      }),
    )
    expect(() => need(general, 'messages.note')).toThrow('acme cannot do messages.note.')
  })
})

test('the names of all operations are each a group or two and a verb, once', () => {
  expectTypeOf(operationNames).items.toEqualTypeOf<OperationName>()
  expect(new Set(operationNames).size).toBe(operationNames.length)
  for (const name of operationNames) expect(name).toMatch(/^[a-z]+(\.[a-zA-Z]+){1,2}$/)
})
