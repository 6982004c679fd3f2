import { createHash } from 'node:crypto'
import { sessionsOf } from '@parley/inbox'
import { createServer } from '@parley/server'
import { afterAll, describe, expect, it } from 'vitest'
import { one, openHarness, requestOf, secrets, two } from './harness.ts'

const harness = await openHarness()
afterAll(() => harness.close())
const { server, signIn } = harness
const origin = { origin: 'http://localhost' }

describe('a sign-in link', () => {
  it('is used up by the button, not by looking at it, and only once', async () => {
    const link = await server.signInLink('ann')
    for (let look = 0; look < 3; look++) {
      const page = await requestOf(server)(link)
      expect([page.status, await page.text()]).toEqual([200, expect.stringContaining('<form method="post">')])
    }
    const signed = await requestOf(server)(link, { method: 'POST', headers: origin })
    expect([signed.status, signed.headers.get('location')]).toEqual([303, '/v1/session'])
    expect(signed.headers.get('set-cookie')).toMatch(
      /^parley=[\w-]{43}; Max-Age=604800; Path=\/; HttpOnly; SameSite=Lax$/,
    )
    expect((await requestOf(server)(link, { method: 'POST', headers: origin })).status).toBe(403)
  })

  it('is used up once, by whoever is first', async () => {
    const link = await server.signInLink('ann')
    const all = await Promise.all(
      Array.from({ length: 8 }, () => requestOf(server)(link, { method: 'POST', headers: origin })),
    )
    expect(all.filter(({ status }) => status === 303)).toHaveLength(1)
  })

  it('does not sign in from the page of another site', async () => {
    const link = await server.signInLink('ann')
    const headers = { origin: 'https://other.example' }
    expect((await requestOf(server)(link, { method: 'POST', headers })).status).toBe(403)
    expect((await requestOf(server)(link, { method: 'POST' })).status).toBe(403)
    expect((await requestOf(server)(link, { method: 'POST', headers: origin })).status).toBe(303)
  })

  it('runs no script and is shown in no frame', async () => {
    const page = await requestOf(server)(await server.signInLink('ann'))
    const policy = page.headers.get('content-security-policy') ?? ''
    const [, nonce = ''] = /'nonce-([^']+)'/.exec(policy) ?? []
    expect(policy).toContain("default-src 'none'")
    expect(policy).toContain("frame-ancestors 'none'")
    expect(policy).not.toContain('script-src')
    expect(await page.text()).toContain(`<style nonce="${nonce}">`)
  })

  it('is refused for somebody who is not in the configuration', async () => {
    await expect(server.signInLink('eve')).rejects.toMatchObject({ code: 'configuration' })
  })

  it('that does not exist can be tried only some times a minute, which keeps nobody else from signing in', async () => {
    const other = createServer(harness.options)
    const link = await other.signInLink('ann')
    const tries = await Promise.all(
      Array.from({ length: 25 }, (_, index) => {
        const secret = index % 2 ? 'wrong' : 'w'.repeat(43)
        return requestOf(other)(`/sign-in/${secret}`, { method: 'POST', headers: origin })
      }),
    )
    expect(tries.filter(({ status }) => status === 403)).toHaveLength(20)
    expect(tries.filter(({ status }) => status === 429)).toHaveLength(5)
    expect((await requestOf(other)(link, { method: 'POST', headers: origin })).status).toBe(303)
    expect((await requestOf(other)(link, { method: 'POST', headers: origin })).status).toBe(429)
  })
})

describe('a session', () => {
  it('says who is signed in, until they sign out', async () => {
    const cookie = await signIn('bob')
    const who = await requestOf(server)('/v1/session', { headers: { cookie } })
    expect(await who.json()).toEqual({
      ...{
        person: { id: 'bob', operatorIds: { [one]: 'operator-7' } },
        role: 'reader',
        accounts: [one],
        by: 'session',
      },
    })
    const out = await requestOf(server)('/v1/session', { method: 'DELETE', headers: { cookie, ...origin } })
    expect([out.status, out.headers.get('set-cookie')]).toEqual([204, expect.stringContaining('Max-Age=0')])
    expect((await requestOf(server)('/v1/session', { headers: { cookie } })).status).toBe(401)
  })

  it('is needed, whatever the ids of the people are', async () => {
    const people = ['undefined', 'null', 'constructor', '[object Object]'].map((id) => ({ id, role: 'admin' as const }))
    const odd = requestOf(createServer({ ...harness.options, people }))
    for (const headers of [{ cookie: 'parley=rubbish' }, { cookie: 'parley=' }, {}])
      expect((await odd('/v1/session', { headers })).status).toBe(401)
    expect((await odd('/sign-in/rubbish', { method: 'POST', headers: origin })).status).toBe(403)
    expect((await odd(`/sign-in/${'r'.repeat(43)}`, { method: 'POST', headers: origin })).status).toBe(403)
  })

  it('is shared by the servers over one store, and ends when the person leaves the configuration', async () => {
    const cookie = await signIn('ann')
    const ask = async (people: typeof harness.options.people) => {
      const send = requestOf(createServer({ ...harness.options, people: people ?? [] }))
      return (await send('/v1/session', { headers: { cookie } })).status
    }
    expect(await ask(harness.options.people)).toBe(200)
    expect(await ask([{ id: 'bob', role: 'admin' }])).toBe(401)
  })

  it('has a cookie that only TLS and this host get, behind TLS', async () => {
    const secure = createServer({ ...harness.options, publicUrl: 'https://desk.example' })
    const link = await secure.signInLink('ann')
    expect(link).toMatch(/^https:\/\/desk\.example\/sign-in\//)
    const signed = await requestOf(secure)(link, { method: 'POST', headers: { origin: 'https://desk.example' } })
    expect(signed.headers.get('set-cookie')).toMatch(/^__Host-parley=.+; Path=\/; HttpOnly; Secure; SameSite=Lax$/)
    expect(signed.headers.get('strict-transport-security')).toBe('max-age=31536000')
  })

  it('ends after some time without use, and in any case at its absolute end', async () => {
    const sessions = await sessionsOf(harness.filled.store)
    const digest = createHash('sha256').update('some session').digest()
    const see = () => sessions.see('session', digest)
    await sessions.add('session', digest, { person: 'ann' }, { idle: 60_000, absolute: 100_000_000 })
    // So much time passes for the database.
    const pass = (ms: number) =>
      harness.filled.sql(`update parley.sessions set until = until - interval '${ms} milliseconds',
        value = jsonb_set(value, '{ends}', to_jsonb((value->>'ends')::timestamptz - interval '${ms} milliseconds'))`)
    await pass(50_000)
    expect(await sessions.use('session', digest, 60_000)).toEqual({ person: 'ann' })
    await pass(50_000)
    expect(await see()).toEqual({ person: 'ann' })
    await pass(20_000)
    expect(await see()).toBeUndefined()
    await sessions.add('session', digest, { person: 'ann' }, { idle: 60_000, absolute: 70_000 })
    await pass(50_000)
    expect(await sessions.use('session', digest, 60_000)).toEqual({ person: 'ann' })
    await pass(30_000)
    expect(await sessions.use('session', digest, 60_000)).toBeUndefined()
  })
})

describe('a token', () => {
  it('can be configured by its digest', async () => {
    const digest = createHash('sha256').update(secrets.reader).digest('hex')
    const send = requestOf(createServer({ ...harness.options, tokens: [{ name: 'page', role: 'reader', digest }] }))
    const answer = await send('/v1/session', { headers: { authorization: `Bearer ${secrets.reader}` } })
    expect(await answer.json()).toMatchObject({ person: { id: 'token:page', name: 'page' }, accounts: [one, two] })
  })

  it.each([
    [{ tokens: [{ name: 'a', role: 'reader', secret: 'short' }] }, 'tokens[0].secret'],
    [
      { tokens: [{ name: 'a', role: 'reader', secret: 'a secret with spaces, which no header has' }] },
      'tokens[0].secret',
    ],
    [{ tokens: [{ name: 'a', role: 'reader' }] }, 'tokens[0]'],
    [{ tokens: [{ name: 'a', role: 'owner', secret: secrets.reader }] }, 'tokens[0].role'],
    [{ tokens: [{ name: 'a', role: 'reader', secret: secrets.reader, accounts: [] }] }, 'tokens[0].accounts'],
    [
      { tokens: [{ name: 'a', role: 'reader', secret: secrets.reader, accounts: ['acme:none'] }] },
      'tokens[0].accounts',
    ],
    [{ tokens: [{ name: 'a', role: 'reader', secret: secrets.reader, account: [one] }] }, 'tokens[0].account'],
    [{ tokens: ['a'] }, 'tokens[0]'],
    [{ people: [{ id: 'token:a', role: 'reader' }] }, 'people[0].id'],
    [{ people: [{ id: 'a\u0000', role: 'reader' }] }, 'people[0].id'],
    [{ people: [{ id: 7, role: 'reader' }] }, 'people[0].id'],
    [{ people: [{ id: 'none', role: 'reader' }] }, 'people[0].id'],
    [{ people: [{ id: 'a', name: '', role: 'reader' }] }, 'people[0].name'],
    [{ people: [{ id: 'a', role: 'reader', operatorIds: [] }] }, 'people[0].operatorIds'],
    [{ people: [{ id: 'a', role: 'reader', operatorIds: { [one]: '' } }] }, `people[0].operatorIds.${one}`],
    [{ people: [{ id: 'a', role: 'reader', operatorIds: { 'acme:none': '7' } }] }, 'people[0].operatorIds'],
    [{ people: [1, 2].map(() => ({ id: 'a', role: 'reader' })) }, 'people[1].id'],
    [{ webhooks: { [one]: {} } }, `webhooks.${one}`],
    [{ tokens: {} }, 'tokens'],
    [{ publicUrl: 'https://desk.example/inbox' }, 'publicUrl'],
    [{ sesions: {} }, 'sesions'],
    [{ webhooks: { 'acme:none': {} } }, 'webhooks'],
  ])('and other options are checked: %j', (options, field) => {
    const create = () => createServer({ ...harness.options, ...(options as object) })
    expect(create).toThrow(expect.objectContaining({ code: 'configuration' }))
    try {
      create()
    } catch (error) {
      expect((error as { fields: { path: string }[] }).fields.map(({ path }) => path)).toContain(field)
    }
  })

  it('and each wrong option is named, without its secret', () => {
    const token = { name: 'a', role: 'owner', secret: 'short' }
    const wrong = {
      inbox: {},
      sesions: {},
      tokens: [token, token],
      people: [{ id: 'a', role: 'reader', accounts: [] }],
    }
    const create = (given: object) => () => createServer({ ...harness.options, ...given })
    const paths = ['inbox', 'sesions', 'tokens[0].role', 'tokens[0].secret', 'tokens[1].name', 'people[0].accounts']
    expect(create(wrong)).toThrow(
      expect.objectContaining({
        fields: expect.arrayContaining(paths.map((path) => expect.objectContaining({ path }))),
        message: expect.not.stringContaining('short'),
      }),
    )
    const accounts = { people: [{ id: 'a', role: 'reader', accounts: [one, 'acme:none'] }] }
    expect(create(accounts)).toThrow(
      'option "people[0].accounts" names the account "acme:none", which the inbox does not have.',
    )
  })
})

describe('a request', () => {
  it('is refused under a name that is not the server’s', async () => {
    const headers = { host: 'evil.example', authorization: `Bearer ${secrets.admin}` }
    expect((await requestOf(server)('/v1/session', { headers })).status).toBe(421)
    expect((await requestOf(server)('/health/live', { headers })).status).toBe(421)
  })

  it('is told to the log without secrets and addresses', async () => {
    harness.requests.length = 0
    const headers = { authorization: `Bearer ${secrets.admin}` }
    await requestOf(server)('/v1/search?text=private', { headers })
    await requestOf(server)(await server.signInLink('ann'))
    await requestOf(server)('/private')
    expect(harness.requests).toMatchObject([
      { method: 'GET', route: '/v1/search', status: 200, person: 'token:admin' },
      { method: 'GET', route: '/sign-in/{secret}', status: 200, person: null },
      { method: 'GET', route: null, status: 404, person: null },
    ])
  })

  it('gets strict headers', async () => {
    const answer = await requestOf(server)('/v1/session', { headers: { authorization: `Bearer ${secrets.admin}` } })
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'content-security-policy': "default-src 'none'; frame-ancestors 'none'; sandbox",
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cache-control': 'no-store',
    })
    expect(answer.headers.get('access-control-allow-origin')).toBeNull()
  })

  it('to the health of the machine needs no token and shows no account', async () => {
    for (const at of ['/health/live', '/health/ready'])
      expect(await (await requestOf(server)(at)).json()).toEqual({ status: 'ok' })
  })
})
