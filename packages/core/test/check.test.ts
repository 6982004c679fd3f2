import { describe, expect, test } from 'vitest'
import * as core from '../src/index.ts'
import { acme, failure } from './helpers/acme.ts'
import { agent, conversation } from './helpers/models.ts'

const call = () => acme('http://acme.test').begin('agents.get')

/** The error of an input that has to be refused: it names the field and does not quote the value. */
const refusal = async (run: () => unknown, path: string) => {
  const error = await failure(Promise.resolve().then(run))
  expect(error).toMatchObject({ code: 'invalid-request', operation: 'agents.get', fields: [{ path }] })
  expect(error.message).toContain(path)
}

describe('checkId', () => {
  test('accepts an id, or the entity that has it', () => {
    expect(core.checkId(call(), 'a1', 'agent')).toBe('a1')
    expect(core.checkId(call(), 'a😀', 'agent')).toBe('a😀')
    expect(core.checkId(call(), agent, 'agent')).toBe('a1')
    expect(core.checkId(call(), { id: 'a1' }, 'agent')).toBe('a1')
  })

  test.each([
    '',
    ' ',
    '.',
    '..',
    null,
    undefined,
    5,
    {},
    { id: '' },
    { id: 5 },
    { ...conversation, vendor: 'planted' },
    'a\ud800',
    '\udc00',
    { id: 'a\ud83d' },
    'other:main/agent/a1',
  ])('refuses %j', async (target) => {
    await refusal(() => core.checkId(call(), target as string, 'agent'), 'agent')
  })
})

describe('an entity that is given in place of an id', () => {
  const ref = (parts: object) =>
    core.buildRef({ vendor: 'acme', account: call().account, kind: 'agent', id: 'a1', ...parts })
  const own = () => ({ ref: ref({}), vendor: 'acme', account: call().account, id: 'a1' })

  test('has to be of the right vendor, account and kind, and an omitted value cannot be wrong', () => {
    expect(core.checkId(call(), own(), 'agent')).toBe('a1')
    expect(core.checkId(call(), { id: 'a1', ref: ref({}) }, 'agent')).toBe('a1')
    expect(core.checkId(call(), { id: 'a1', account: call().account }, 'agent')).toBe('a1')
    expect(core.checkId(call(), { id: 'a1', ref: ref({ kind: 'knowledge' }) }, 'item')).toBe('a1')
    expect(core.checkId(call(), { id: 'a1', ref: ref({ kind: 'contact' }) }, 'id', 'contact')).toBe('a1')
  })

  test.each([
    ['another vendor by its ref', { ref: ref({ vendor: 'other' }), vendor: undefined }],
    ['another vendor', { ref: undefined, vendor: 'other' }],
    ['another account by its ref', { ref: ref({ account: 'planted' }), account: undefined }],
    ['another account', { ref: undefined, account: 'planted' }],
    ['another kind', { ref: ref({ kind: 'contact' }) }],
    ['another id than its ref', { ref: ref({ id: 'a2' }) }],
    ['a ref that is none', { ref: 'planted' }],
  ])('is refused with %s', async (_, change) => {
    await refusal(() => core.checkId(call(), { ...own(), ...change } as never, 'agent'), 'agent')
  })

  test('cannot be replaced by a ref', async () => {
    await refusal(() => core.checkId(call(), ref({}), 'agent'), 'agent')
    await refusal(() => core.checkId(call(), ref({ account: 'planted' }), 'agent'), 'agent')
    expect(core.checkId(call(), 'acme:main/robot/1', 'agent')).toBe('acme:main/robot/1')
  })
})

describe('a string option', () => {
  test('can be required', async () => {
    expect(core.checkText(call(), ' a ', 'text')).toBe(' a ')
    for (const value of ['', ' ', null, undefined, 5])
      await refusal(() => core.checkText(call(), value, 'text'), 'text')
  })

  test('can be optional and empty', async () => {
    expect(core.checkOptionalText(call(), undefined, 'title')).toBeUndefined()
    expect(core.checkOptionalText(call(), null, 'title')).toBeUndefined()
    expect(core.checkOptionalText(call(), '', 'title')).toBe('')
    for (const value of [5, {}, []]) await refusal(() => core.checkOptionalText(call(), value, 'title'), 'title')
  })

  test('is measured in characters', async () => {
    expect(core.checkText(call(), '😀'.repeat(5), 'text', 5)).toHaveLength(10)
    await refusal(() => core.checkText(call(), 'planted', 'text', 6), 'text')
    await refusal(() => core.checkOptionalText(call(), '😀'.repeat(6), 'text', 5), 'text')
  })
})

test('checkLimit caps the limit at the vendor’s maximum', async () => {
  const sizes = { default: 20, max: 100 }
  expect([undefined, 1, 100, 500].map((limit) => core.checkLimit(call(), limit, sizes))).toEqual([20, 1, 100, 100])
  for (const limit of [0, -1, 1.5, '5', Number.NaN]) await refusal(() => core.checkLimit(call(), limit, sizes), 'limit')
})

test('checkInstant returns milliseconds', async () => {
  expect(core.checkInstant(call(), '2026-01-15T10:30:00Z', 'since')).toBe(Date.UTC(2026, 0, 15, 10, 30))
  expect(core.checkInstant(call(), undefined, 'since')).toBeUndefined()
  for (const value of ['planted', '', 5, new Date(0), '2026-02-31', '0000-01-01', '0001-01-01T00:00:00+14:00'])
    await refusal(() => core.checkInstant(call(), value, 'since'), 'since')
})

test('checkWord accepts one of the given words', async () => {
  expect(core.checkWord(call(), 'asc', 'order', ['asc', 'desc'])).toBe('asc')
  expect(core.checkWord(call(), undefined, 'order', ['asc', 'desc'])).toBeUndefined()
  await refusal(() => core.checkWord(call(), 'planted' as 'asc', 'order', ['asc', 'desc']), 'order')
})

test('ignoreOptions warns about options without an effect', () => {
  const asked = call()
  core.ignoreOptions(
    asked,
    { html: '<p>planted', subject: undefined },
    ['html', 'subject', 'mentions'],
    'it has no HTML.',
  )
  expect(asked.reading.warnings).toMatchObject([
    { code: 'ignored-option', path: 'html', message: 'html has no effect at acme: it has no HTML.' },
  ])
})

describe('errorOf', () => {
  test('names its operation, and has the outcome not-done by default', () => {
    const { vendor, account, operation } = call()
    const error = core.errorOf(call(), 'conflict', 'it is closed.', { status: 409 })
    expect(error).toMatchObject({ code: 'conflict', vendor, account, operation, status: 409, outcome: 'not-done' })
    expect(error.message).toBe(`${vendor} "${account}", ${operation}: it is closed.`)
    expect(core.errorOf(call(), 'response', 'x', { outcome: 'unknown' }).outcome).toBe('unknown')
    expect(core.errorOf(call(), 'not-found', 'x', { outcome: undefined })).not.toHaveProperty('outcome')
  })
})

describe('refuseSendAt', () => {
  test.each([undefined, null])('accepts a message with sendAt %s', (sendAt) => {
    core.refuseSendAt(call(), { sendAt } as never)
  })

  test.each(['2030-01-01T00:00:00.000Z', '', 0])('refuses a message with sendAt %j', async (sendAt) => {
    const error = await failure(Promise.resolve().then(() => core.refuseSendAt(call(), { sendAt } as never)))
    expect(error).toMatchObject({ code: 'unsupported', outcome: 'not-done' })
    expect(error.fields).toStrictEqual([{ path: 'sendAt', problem: 'is not supported by this vendor' }])
  })
})

test('checkInput returns a copy, so that an input that is changed during the operation is sent as it was checked', () => {
  const given = { text: 'first' }
  const input = core.checkInput({ vendor: 'acme', account: 'shop', operation: 'messages.reply' }, given)
  given.text = 'second'
  expect(input).toEqual({ text: 'first' })
})
