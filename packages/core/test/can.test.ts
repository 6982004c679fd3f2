import { describe, expect, expectTypeOf, test } from 'vitest'
import {
  type Adapter,
  type Agent,
  type Limits,
  type OperationName,
  type Operations,
  operationNames,
  requireOperation,
  type Sent,
  supports,
  unsupportedReason,
} from '../src/index.ts'

const limits: Limits = { pageSize: {}, filters: {}, text: {}, rate: [], notes: [] }
const reply: Operations['messages']['reply'] = async () => ({}) as Sent

const acme = {
  vendor: 'acme',
  account: 'main',
  limits,
  unsupported: { 'agents.get': 'Acme has one agent and does not show it.' },
  messages: { reply },
} satisfies Adapter

const general: Adapter = acme

describe('supports', () => {
  test('is true for an operation that exists', () => {
    expect(supports(general, 'messages.reply')).toBe(true)
    expect(supports(general, 'messages.note')).toBe(false)
    expect(supports(general, 'agents.get')).toBe(false)
  })

  test('is false for a value that is no function', () => {
    const odd = { ...acme, messages: { reply: undefined } } as unknown as Adapter
    expect(supports(odd, 'messages.reply')).toBe(false)
  })

  test('is false for a member that every object inherits', () => {
    for (const name of ['messages.toString', 'vendor.trim', 'messages.constructor', 'constructor.name', 'messages'])
      expect(supports(general, name as OperationName)).toBe(false)
  })

  test('narrows the type of the adapter', () => {
    expectTypeOf(general.messages).toEqualTypeOf<Partial<Operations['messages']> | undefined>()
    if (!supports(general, 'messages.reply')) return expect.unreachable()
    expectTypeOf(general.messages.reply).toEqualTypeOf<Operations['messages']['reply']>()
    expectTypeOf(general.messages.note).toEqualTypeOf<Operations['messages']['note'] | undefined>()
    const { note } = general.messages
    // @ts-expect-error another operation of the same group may still be missing
    expect(() => note('c1', { text: 'x' })).toThrow(TypeError)
  })

  test('narrows to both operations if called twice', () => {
    if (supports(general, 'messages.reply') && supports(general, 'messages.note')) {
      expectTypeOf(general.messages.note).toEqualTypeOf<Operations['messages']['note']>()
      expectTypeOf(general.messages.reply).toEqualTypeOf<Operations['messages']['reply']>()
    }
  })

  test('does not compile with an unknown name', () => {
    // @ts-expect-error there is no such verb
    supports(general, 'messages.shout')
  })

  test('is not needed on an adapter’s own type', () => {
    expectTypeOf(acme.messages.reply).toEqualTypeOf<Operations['messages']['reply']>()
    // @ts-expect-error and what it lacks is not there
    acme.agents
  })
})

describe('requireOperation', () => {
  test('returns the operation', () => {
    expect(requireOperation(general, 'messages.reply')).toBe(reply)
    expectTypeOf(requireOperation<'agents.get'>).returns.toEqualTypeOf<Operations['agents']['get']>()
    expectTypeOf(requireOperation<'agents.get'>).returns.returns.resolves.toEqualTypeOf<Agent>()
  })

  test('throws an error with the reason', () => {
    expect(() => requireOperation(general, 'agents.get')).toThrow(
      expect.objectContaining({
        code: 'unsupported',
        vendor: 'acme',
        account: 'main',
        operation: 'agents.get',
        message: 'acme does not support agents.get. Acme has one agent and does not show it.',
      }),
    )
    expect(() => requireOperation(general, 'messages.note')).toThrow(
      'acme does not support messages.note. acme has no endpoint for this.',
    )
  })
})

describe('unsupportedReason', () => {
  const adapter: Adapter = {
    ...acme,
    unsupported: { ...acme.unsupported, agents: 'Acme has one agent.', 'agents.actions': 'It only talks.' },
  }

  test.each([
    ['an operation that exists', 'messages.reply', undefined],
    ['an operation with its own reason', 'agents.get', 'Acme has one agent and does not show it.'],
    ['an operation of a group with a reason', 'agents.list', 'Acme has one agent.'],
    ['an operation of a group inside a group', 'agents.actions.list', 'It only talks.'],
    ['an operation without a reason', 'messages.note', 'acme has no endpoint for this.'],
  ] as const)('is the most exact one for %s', (_, name, reason) => {
    expect(unsupportedReason(adapter, name)).toBe(reason)
  })
})

test('each operation name is one or two groups and a verb, and is unique', () => {
  expectTypeOf(operationNames).items.toEqualTypeOf<OperationName>()
  expect(new Set(operationNames).size).toBe(operationNames.length)
  for (const name of operationNames) expect(name).toMatch(/^[a-z]+(\.[a-zA-Z]+){1,2}$/)
})
