import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { readConfigFile } from '../src/config-file.ts'
import { vendors } from '../src/vendors.ts'

const folder = mkdtempSync(join(tmpdir(), 'parley-config-'))
afterAll(() => rmSync(folder, { recursive: true }))
const file = (text: string): string => {
  const path = join(folder, 'accounts.json')
  writeFileSync(path, text)
  return path
}

const [{ vendor }] = vendors as [(typeof vendors)[number]]

describe('a configuration file', () => {
  it('lists accounts, each with its vendor’s own options', async () => {
    const accounts = [{ vendor, account: 'one', token: { env: 'ACME' } }]
    expect(await readConfigFile(file(JSON.stringify({ accounts })))).toEqual({ accounts, store: undefined })
  })

  it('is refused if it is not JSON', async () => {
    await expect(readConfigFile(file('{'))).rejects.toThrow(/accounts\.json is not valid JSON/)
  })

  const names = vendors.map((definition) => definition.vendor)
  const account = { vendor, account: 'one' }
  it.each([
    [{}, 'accounts is missing'],
    [[], 'the file must be an object'],
    [{ accounts: [] }, 'accounts must not be empty'],
    [{ accounts: {} }, 'accounts must be a list'],
    [{ accounts: ['one'] }, 'accounts.0 must be an object'],
    [{ accounts: [{ vendor, acount: 'one' }] }, 'accounts.0.account is missing (there is only vendor, acount)'],
    [{ accounts: [{ vendor, account: '' }] }, 'accounts.0.account must not be empty'],
    [{ accounts: [{ vendor, account: 5 }] }, 'accounts.0.account must be a string'],
    [{ accounts: [{ vendor: 'acme', account: 'one' }] }, `accounts.0.vendor must be one of ${names.join(', ')}`],
    [{ accounts: [{}] }, /accounts\.0\.vendor is missing \(.*\); accounts\.0\.account is missing/],
    [{ accounts: [account], acounts: 1 }, 'the file has an unknown field: acounts'],
    [
      { accounts: [account, { vendor: names[1], account: 'one' }, account] },
      'accounts.2.account is the name of accounts.0 already; each account of a vendor needs its own',
    ],
  ])('that is %j is refused with the place of the mistake and what is wrong', async (content, reason) => {
    const refused = readConfigFile(file(JSON.stringify(content)))
    const message = typeof reason === 'string' ? expect.stringContaining(`is invalid: ${reason}.`) : undefined
    await expect(refused).rejects.toMatchObject({
      code: 'configuration',
      message: message ?? (expect.stringMatching(reason) as string),
    })
  })

  const literal = (more: object) => JSON.stringify({ accounts: [{ ...account, apiKey: 's3cret', ...more }] })

  it('with a literal secret is refused, with what to write instead, and without the secret', async () => {
    const error = await readConfigFile(file(literal({}))).catch((thrown: unknown) => thrown)
    expect((error as Error).message).toMatch(
      /invalid: accounts\.0\.apiKey is a secret, which must be \{ "env": "NAME" \} or \{ "command": … \}\.$/,
    )
    expect(JSON.stringify(error)).not.toContain('s3cret')
    await expect(readConfigFile(file(literal({ baseUrl: 'https://127.0.0.1.example' })))).rejects.toThrow('is a secret')
  })

  it.each(['http://127.0.0.1:4010', 'http://localhost/api', 'http://[::1]:80'])(
    'has the literal secret of an emulator at %s',
    async (baseUrl) => {
      expect((await readConfigFile(file(literal({ baseUrl })))).accounts[0]).toMatchObject({ apiKey: 's3cret' })
    },
  )

  it.each([[{ command: '' }], [{ command: [] }], [{ command: [5] }], [{ command: 5 }]])(
    'with %j as the command of a secret is refused',
    async (apiKey) => {
      const text = JSON.stringify({ accounts: [{ ...account, apiKey }] })
      await expect(readConfigFile(file(text))).rejects.toThrow(/accounts\.0\.apiKey\.command must be the program/)
    },
  )

  it.each([
    ['accounts.0.apiKey.env', { accounts: [{ ...account, apiKey: { env: 'pit-s3cret' } }] }],
    ['accounts.0.apiKey.env', { accounts: [{ ...account, apiKey: { env: '' } }] }],
    ['store.url.env', { accounts: [account], store: { url: { env: 'postgres://u:s3cret@db.example' } } }],
  ])('with a secret in place of the name of its variable is refused without the secret: %s', async (path, content) => {
    const error = await readConfigFile(file(JSON.stringify(content))).catch((thrown: unknown) => thrown)
    expect((error as Error).message).toContain(`${path} must be the name of a variable`)
    expect(JSON.stringify([error, (error as Error).message])).not.toContain('s3cret')
  })

  it('may begin with a byte order mark, and must be UTF-8', async () => {
    const text = JSON.stringify({ accounts: [{ vendor, account: 'é' }] })
    expect((await readConfigFile(file(`\ufeff${text}`))).accounts[0]?.account).toBe('é')
    writeFileSync(join(folder, 'latin1.json'), text, 'latin1')
    await expect(readConfigFile(join(folder, 'latin1.json'))).rejects.toThrow('is not valid JSON in UTF-8')
  })

  it('with a password in the address of a store elsewhere is refused', async () => {
    const text = (url: string) => JSON.stringify({ accounts: [account], store: { url } })
    await expect(readConfigFile(file(text('postgres://u:s3cret@db.example/a')))).rejects.toThrow(/invalid: store/)
    expect((await readConfigFile(file(text('postgres://u:p@127.0.0.1/a')))).store).toBeDefined()
  })

  it.each([
    [{ url: 'postgres://localhost/inbox' }, { url: 'postgres://localhost/inbox' }],
    [{ url: { env: 'DATABASE_URL' } }, { url: { env: 'DATABASE_URL' } }],
    [{ url: { command: 'pass show db' } }, { url: { command: 'pass show db' } }],
    [{ folder: 'inbox' }, { folder: join(folder, 'inbox') }],
    [{ folder: '/var/lib/inbox' }, { folder: '/var/lib/inbox' }],
  ])('names a store; a folder begins at the file: %j', async (store, read) => {
    const accounts = [{ vendor, account: 'one' }]
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
    const text = JSON.stringify({ accounts: [{ vendor, account: 'b' }], store })
    await expect(readConfigFile(file(text))).rejects.toThrow(/accounts\.json is invalid: store/)
  })

  it('names the people who answer, and who does by default', async () => {
    const people = [{ id: 'ada', name: 'Ada', operatorIds: { [`${vendor}:one`]: 'u7' } }, { id: 'bob' }]
    const content = { accounts: [account], people, operator: 'ada' }
    expect(await readConfigFile(file(JSON.stringify(content)))).toEqual(content)
  })

  it.each([
    [{ people: {} }, 'people must be a list'],
    [{ people: [] }, 'people must not be empty'],
    [{ people: [{ name: 'Ada' }] }, 'people.0.id is missing (there is only name)'],
    [{ people: [{ id: ' ' }] }, 'people.0.id must have 1 to 200 characters'],
    [{ people: [{ id: 'a'.repeat(201) }] }, 'people.0.id must have 1 to 200 characters'],
    [{ people: [{ id: 'ada', operators: {} }] }, 'people.0 has an unknown field: operators'],
    [
      { people: [{ id: 'ada' }, { id: 'ada' }] },
      'people.1.id is the id of people.0 already; each person needs their own',
    ],
    [{ people: [{ id: 'ada', operatorIds: [] }] }, 'people.0.operatorIds must be an object'],
    [
      { people: [{ id: 'ada', operatorIds: { [`${vendor}:one`]: 'u 7' } }] },
      `people.0.operatorIds.${vendor}:one must be an id without spaces`,
    ],
    [
      { people: [{ id: 'ada', operatorIds: { [`${vendor}:two`]: 'u7' } }] },
      `people.0.operatorIds.${vendor}:two is of no account of the file; it has ${vendor}:one`,
    ],
    [{ people: [{ id: 'ada' }], operator: 'bob' }, 'operator must be one of people: ada'],
    [{ operator: 'bob' }, 'operator must be one of people: there is none'],
  ])('with %j is refused', async (content, reason) => {
    const text = JSON.stringify({ accounts: [account], ...content })
    await expect(readConfigFile(file(text))).rejects.toMatchObject({
      ...{ code: 'configuration', message: expect.stringContaining(`is invalid: ${reason}.`) as string },
    })
  })

  it('that does not exist is named', async () => {
    await expect(readConfigFile(join(folder, 'nowhere.json'))).rejects.toThrow(
      /nowhere\.json cannot be read \(ENOENT\)/,
    )
    await expect(readConfigFile(folder)).rejects.toThrow(/cannot be read \(EISDIR\)/)
  })
})
