import { ConfigurationError } from '@parley/core'
import { describe, expect, it } from 'vitest'
import { chooseStore, inOwnWords } from '../src/store-choice.ts'

const url = 'postgres://parley:geheim@db.example:5433/inbox?sslmode=require'

describe('the store of a command', () => {
  it.each([
    ['--store', 'here', { PARLEY_STORE: 'there' }, { folder: 'file' }, { folder: 'here' }],
    ['--store with a URL', url, {}, undefined, { url }],
    ['PARLEY_STORE', undefined, { PARLEY_STORE: 'there' }, { folder: 'file' }, { folder: 'there' }],
    ['PARLEY_STORE with a URL', undefined, { PARLEY_STORE: url }, undefined, { url }],
    ['the configuration', undefined, { PARLEY_STORE: '' }, { folder: 'file' }, { folder: 'file' }],
    ['a variable of the configuration', undefined, { DB: url }, { url: { env: 'DB' } }, { url }],
    ['a URL of the configuration', undefined, {}, { url }, { url }],
    ['a folder', undefined, {}, undefined, { folder: 'parley-store' }],
  ])('is that of %s', (_, given, environment, config, options) => {
    expect(chooseStore({ ...(given !== undefined && { store: given }) }, config, environment).options).toEqual(options)
  })

  it.each([
    [{}, undefined, {}],
    [{ store: url }, { url }, { PARLEY_STORE: url }],
  ])('of emulated accounts is always their own folder: %j, %j, %j', (options, config, environment) => {
    const choice = chooseStore({ ...options, sandbox: true }, config, environment)
    expect(choice).toEqual({
      ...{ options: { folder: 'parley-sandbox' }, name: 'the folder parley-sandbox', isExposed: false },
    })
  })

  it.each([
    ...['', 'mysql://u:geheim@h/x', 'file:///tmp/x', 'postgres:x', 'postgres://', 'POSTGRES://h/x'],
    ...['u:geheim@h/x', '//u:geheim@h/x', 'host=h password=geheim', 'password=geheim'],
  ])('is neither a folder nor a URL of PostgreSQL: %j', (text) => {
    const refusal = 'must be a folder, or a URL that begins with postgres://.'
    expect(() => chooseStore({ store: text }, undefined, {})).toThrow(`--store ${refusal}`)
    if (text !== '')
      expect(() => chooseStore({}, undefined, { PARLEY_STORE: text })).toThrow(`variable PARLEY_STORE ${refusal}`)
    if (text !== '')
      for (const given of [text, { env: 'DB' }])
        expect(() => chooseStore({}, { url: given }, { DB: text })).toThrow(
          'The option "store.url" must begin with postgres://.',
        )
  })

  it('needs the variable that the configuration names', () => {
    expect(() => chooseStore({}, { url: { env: 'DB' } }, {})).toThrow(/"store.url" needs .* DB, which is not set/)
  })

  it('is named without its password and parameters', () => {
    expect(chooseStore({ store: url }, undefined, {}).name).toBe('postgres://parley@db.example:5433/inbox')
    expect(chooseStore({ store: 'here' }, undefined, {}).name).toBe('the folder here')
    expect(chooseStore({ store: 'postgres://[u:geheim' }, undefined, {}).name).toBe('a PostgreSQL')
  })

  it.each([
    [url, true],
    ['postgres://db.example/inbox?password=geheim', true],
    ['postgres://parley@db.example/inbox', false],
    ['here', false],
  ])('%s exposes a password: %s', (given, isExposed) => {
    expect(chooseStore({ store: given }, undefined, {}).isExposed).toBe(isExposed)
    expect(chooseStore({}, undefined, { PARLEY_STORE: given }).isExposed).toBe(false)
  })
})

describe('an error of the store', () => {
  const choice = chooseStore({ store: 'here' }, undefined, {})
  const inWords = (path: string, problem: string) =>
    inOwnWords(new ConfigurationError({ message: `createStore: ${path}`, fields: [{ path, problem }] }), choice)

  it.each([
    ['create', 'is false', 'There is no store in the folder here yet. "parley sync" creates it.'],
    ['folder', 'is in use by X', 'The folder here is in use by another program. End it, or use another folder.'],
    ['folder', 'cannot be read (EIO)', 'The folder here cannot be read (EIO).'],
    ['url', 'is odd', 'createStore: url'],
  ])('about "%s" that %s names the folder, and no function', (path, problem, message) => {
    expect(inWords(path, problem)).toMatchObject({ code: 'configuration', message })
  })
})
