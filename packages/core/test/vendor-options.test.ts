import { describe, expect, test } from 'vitest'
import * as core from '../src/index.ts'
import { acme, failure } from './helpers/acme.ts'

interface Options {
  mood?: 'blue' | 'red'
  isLoud?: boolean
  tags?: string[]
  name?: string
  extra?: Record<string, number>
}

const rules: core.OptionRules<Options> = {
  mood: core.anyOf('blue', 'red'),
  isLoud: core.flag,
  tags: core.texts,
  name: core.checkText,
  extra: core.object,
}

/** `vendor` as a JavaScript caller may give it. */
const read = (vendor: unknown) =>
  core.vendorOptions(acme('http://acme.test').begin('messages.list'), vendor as object, rules)

describe('vendorOptions', () => {
  test('returns the options of the called vendor', () => {
    const own: Options = { mood: 'red', isLoud: false, tags: ['a', 'b'], name: 'n', extra: { a: 1 } }
    expect(read({ acme: own })).toEqual(own)
  })

  test.each([[undefined], [{}], [{ acme: undefined }], [{ acme: {} }]])('returns nothing for %j', (vendor) => {
    expect(read(vendor)).toEqual({})
  })

  test('omits undefined options, so that each key has a value', () => {
    expect(Object.keys(read({ acme: { mood: undefined, name: 'n' } }))).toEqual(['name'])
  })

  test.each([[{ misspelled: true }], ['x'], [null], [[1]]])('ignores the options of another vendor: %j', (options) => {
    expect(read({ other: options, acme: { name: 'n' } })).toEqual({ name: 'n' })
    expect(read({ other: options })).toEqual({})
  })

  test.each([
    [null, 'vendor'],
    ['planted', 'vendor'],
    [7, 'vendor'],
    [true, 'vendor'],
    [[], 'vendor'],
    [{ acme: null }, 'vendor.acme'],
    [{ acme: 'planted' }, 'vendor.acme'],
    [{ acme: 0 }, 'vendor.acme'],
    [{ acme: false }, 'vendor.acme'],
    [{ acme: [] }, 'vendor.acme'],
    [{ acme: { misspelled: 'planted' } }, 'vendor.acme.misspelled'],
    [{ acme: { misspelled: undefined } }, 'vendor.acme.misspelled'],
    [{ acme: { Mood: 'blue' } }, 'vendor.acme.Mood'],
    [{ acme: { toString: 'planted' } }, 'vendor.acme.toString'],
    [JSON.parse('{"acme":{"__proto__":{"mood":"red"}}}'), 'vendor.acme.__proto__'],
    [{ acme: { mood: 'planted' } }, 'vendor.acme.mood'],
    [{ acme: { mood: null } }, 'vendor.acme.mood'],
    [{ acme: { isLoud: 'true' } }, 'vendor.acme.isLoud'],
    [{ acme: { isLoud: 1 } }, 'vendor.acme.isLoud'],
    [{ acme: { isLoud: null } }, 'vendor.acme.isLoud'],
    [{ acme: { tags: 'planted' } }, 'vendor.acme.tags'],
    [{ acme: { tags: ['a', 5] } }, 'vendor.acme.tags[1]'],
    [{ acme: { name: '' } }, 'vendor.acme.name'],
    [{ acme: { name: 5 } }, 'vendor.acme.name'],
    [{ acme: { extra: ['planted'] } }, 'vendor.acme.extra'],
    [{ acme: { extra: null } }, 'vendor.acme.extra'],
  ])('refuses %j and names the path', async (vendor, path) => {
    const error = await failure(Promise.resolve().then(() => read(vendor)))
    expect(error).toMatchObject({
      code: 'invalid-request',
      vendor: 'acme',
      operation: 'messages.list',
      outcome: 'not-done',
      fields: [{ path }],
    })
    expect(error.message).toContain(`${path} `)
  })

  test('refuses every option of an operation without options', async () => {
    const call = acme('http://acme.test').begin('messages.list')
    const vendor: object = { acme: { mood: 'blue' } }
    const error = await failure(Promise.resolve().then(() => core.vendorOptions(call, vendor, {})))
    expect(error).toMatchObject({
      fields: [{ path: 'vendor.acme.mood', problem: 'is not an option of this operation' }],
    })
  })

  test('returns the value that a rule returns', () => {
    const call = acme('http://acme.test').begin('messages.list')
    const vendor: object = { acme: { count: '7' } }
    const own: core.OptionRules<{ count?: number }> = { count: (_call, value) => Number(value) }
    expect(core.vendorOptions(call, vendor, own)).toEqual({ count: 7 })
  })
})

test('optionalText accepts undefined or a non-empty string', async () => {
  const call = acme('http://acme.test').begin('agents.get')
  expect(core.optionalText(call, undefined, 'search')).toBeUndefined()
  expect(core.optionalText(call, 'a', 'search')).toBe('a')
  for (const value of ['', ' ', null, 5]) {
    const error = await failure(Promise.resolve().then(() => core.optionalText(call, value, 'search')))
    expect(error).toMatchObject({ code: 'invalid-request', fields: [{ path: 'search' }] })
  }
})
