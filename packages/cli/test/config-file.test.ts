import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { readConfigFile } from '../src/config-file.ts'

const folder = mkdtempSync(join(tmpdir(), 'parley-config-'))
afterAll(() => rmSync(folder, { recursive: true }))
const file = (text: string): string => {
  const path = join(folder, 'accounts.json')
  writeFileSync(path, text)
  return path
}

describe('a configuration file', () => {
  it('lists accounts, each with its vendor’s own options', async () => {
    const accounts = [{ vendor: 'acme', account: 'one', token: { env: 'ACME' } }]
    expect(await readConfigFile(file(JSON.stringify({ accounts })))).toEqual({ accounts, store: undefined })
  })

  it.each([
    ['not JSON', '{', /accounts\.json is not valid JSON/],
    ['no accounts', '{}', /accounts\.json is invalid: accounts: /],
    ['an empty list', '{"accounts":[]}', /accounts\.json is invalid: accounts: /],
    ['an account without a name', '{"accounts":[{"vendor":"acme"}]}', /accounts\.0\.account: /],
    ['something else beside', '{"accounts":[{"vendor":"a","account":"b"}],"acounts":1}', /acounts/],
  ])('with %s is refused with the place of the mistake', async (_, text, reason) => {
    await expect(readConfigFile(file(text))).rejects.toMatchObject({
      code: 'configuration',
      message: expect.stringMatching(reason) as string,
    })
  })

  it.each([
    [{ url: 'postgres://localhost/inbox' }, { url: 'postgres://localhost/inbox' }],
    [{ url: { env: 'DATABASE_URL' } }, { url: { env: 'DATABASE_URL' } }],
    [{ folder: 'inbox' }, { folder: join(folder, 'inbox') }],
    [{ folder: '/var/lib/inbox' }, { folder: '/var/lib/inbox' }],
  ])('names a store; a folder begins at the file: %j', async (store, read) => {
    const accounts = [{ vendor: 'acme', account: 'one' }]
    expect((await readConfigFile(file(JSON.stringify({ accounts, store })))).store).toEqual(read)
  })

  it.each([
    [{}],
    [{ folder: 'postgres://a' }],
    [{ url: 'a', folder: 'b' }],
    [{ ulr: 'a' }],
    ['postgres://a'],
    [{ url: {} }],
  ])('with the store %j is refused', async (store) => {
    const text = JSON.stringify({ accounts: [{ vendor: 'a', account: 'b' }], store })
    await expect(readConfigFile(file(text))).rejects.toThrow(/accounts\.json is invalid: store/)
  })

  it('that does not exist is named', async () => {
    await expect(readConfigFile(join(folder, 'nowhere.json'))).rejects.toThrow(
      /nowhere\.json cannot be read \(ENOENT\)/,
    )
    await expect(readConfigFile(folder)).rejects.toThrow(/cannot be read \(EISDIR\)/)
  })
})
