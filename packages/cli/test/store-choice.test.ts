import { describe, expect, it } from 'vitest'
import { chooseStore } from '../src/store-choice.ts'

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
    expect(chooseStore(given, config, false, environment).options).toEqual(options)
  })

  it('of emulated accounts is a folder of its own', () => {
    expect(chooseStore(undefined, undefined, true, {}).options).toEqual({ folder: 'parley-sandbox' })
  })

  it('needs the variable that the configuration names', () => {
    expect(() => chooseStore(undefined, { url: { env: 'DB' } }, false, {})).toThrow(
      /"store.url" needs .* DB, which is not set/,
    )
  })

  it('is named without its password and parameters', () => {
    expect(chooseStore(url, undefined, false, {}).name).toBe('postgres://parley@db.example:5433/inbox')
    expect(chooseStore('here', undefined, false, {}).name).toBe('the folder here')
    expect(chooseStore('postgres://[u:geheim', undefined, false, {}).name).toBe('a PostgreSQL')
  })

  it.each([
    [url, true],
    ['postgres://db.example/inbox?password=geheim', true],
    ['postgres://parley@db.example/inbox', false],
    ['here', false],
  ])('%s exposes a password: %s', (given, isExposed) => {
    expect(chooseStore(given, undefined, false, {}).isExposed).toBe(isExposed)
    expect(chooseStore(undefined, undefined, false, { PARLEY_STORE: given }).isExposed).toBe(false)
  })
})
