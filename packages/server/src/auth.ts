import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import { ConfigurationError } from '@parley/core'
import { type Sessions, sessionsOf } from '@parley/inbox'
import type { Context } from 'hono'
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import { type Caller, tokenId } from './access.ts'
import type { PersonAccess, ServerOptions, TokenAccess } from './options.ts'
import { Refusal } from './problems.ts'

const digestOf = (secret: string): Buffer => createHash('sha256').update(secret).digest()

/** 256 bits: nobody finds one by trying. */
const newSecret = (): string => randomBytes(32).toString('base64url')

const isSecret = (text: string): boolean => /^[\w-]{43}$/.test(text)

const hour = 3_600_000

export interface Auth {
  /**
   * Who sent a request.
   *
   * @param options `isUse: false` looks without keeping the session alive.
   * @throws Refusal 401
   */
  callerOf(c: Context, options?: { isUse?: boolean }): Promise<Caller>
  /** @returns the secret of a new one-time link. */
  newLink(personId: string): Promise<string>
  /** Uses up a link, and signs its person in. @returns whether it was valid. */
  signIn(c: Context, secret: string): Promise<boolean>
  signOut(c: Context): Promise<void>
}

export function authOf(options: ServerOptions): Auth {
  const { store, tokens = [], people = [], publicUrl, sessions: lifetimes = {} } = options
  const { idle = 12 * hour, absolute = 168 * hour, link = hour / 4 } = lifetimes
  const isSecure = publicUrl?.startsWith('https:') === true
  // With this prefix, a browser accepts the cookie only from this host over TLS.
  const cookie = isSecure ? '__Host-parley' : 'parley'
  const all = options.inbox.accounts
  const programs = tokens.map((token) => ({ token, digest: digestOfToken(token) }))
  const persons = new Map(people.map((person) => [person.id, person]))
  let opened: Promise<Sessions> | undefined
  const sessions = () => {
    opened ??= sessionsOf(store)
    return opened
  }

  /** The person of a session or a link. There may be none, and any word could be somebody's id. */
  const personOf = (value: Readonly<Record<string, unknown>> | undefined): PersonAccess | undefined => {
    const id = value?.['person']
    return typeof id === 'string' ? persons.get(id) : undefined
  }

  const callerFor = (
    { role, accounts, operatorIds }: TokenAccess | PersonAccess,
    id: string,
    name: string | undefined,
    by: Caller['by'],
  ): Caller => ({
    person: { id, ...(name !== undefined && { name }), ...(operatorIds && { operatorIds }) },
    role,
    accounts: new Set(accounts ?? all),
    hasAll: accounts === undefined || all.every((account) => accounts.includes(account)),
    by,
  })

  function callerOfToken(header: string): Caller {
    const [, secret] = /^Bearer +([^\s]{1,1000})$/i.exec(header) ?? []
    const given = digestOf(secret ?? '')
    // All are compared, so that the time does not say which one was close.
    const found = programs.filter(({ digest }) => timingSafeEqual(digest, given))[0]
    if (secret === undefined || !found) throw notSignedIn('The token is not known.', 'invalid_token')
    return callerFor(found.token, tokenId(found.token.name), found.token.name, 'token')
  }

  return {
    async callerOf(c, { isUse = true } = {}) {
      const header = c.req.header('authorization')
      if (header !== undefined) return callerOfToken(header)
      const secret = getCookie(c, cookie)
      if (secret === undefined) throw notSignedIn('Send a token, or sign in.')
      const rows = await sessions()
      const digest = digestOf(secret)
      const value = isUse ? await rows.use('session', digest, idle) : await rows.see('session', digest)
      // What the person may do is in the configuration, so that a change of it holds at once.
      const person = personOf(value)
      if (!person) throw notSignedIn('The session has ended. Sign in again.')
      return callerFor(person, person.id, person.name, 'session')
    },
    async newLink(personId) {
      if (!persons.has(personId)) {
        const problem = 'is no person of the option "people"'
        throw new ConfigurationError({ message: `signInLink: the id ${problem}.`, fields: [{ path: 'id', problem }] })
      }
      const secret = newSecret()
      await (await sessions()).add('link', digestOf(secret), { person: personId }, { idle: link, absolute: link })
      return secret
    },
    async signIn(c, secret) {
      const rows = await sessions()
      // Nothing else was ever given out, so the database is not asked.
      if (!isSecret(secret)) return false
      const person = personOf(await rows.take('link', digestOf(secret)))
      if (!person) return false
      const session = newSecret()
      await rows.add('session', digestOf(session), { person: person.id }, { idle, absolute })
      const maxAge = Math.floor(absolute / 1000)
      setCookie(c, cookie, session, { path: '/', httpOnly: true, sameSite: 'Lax', secure: isSecure, maxAge })
      return true
    },
    async signOut(c) {
      const secret = getCookie(c, cookie)
      if (secret !== undefined) await (await sessions()).take('session', digestOf(secret))
      deleteCookie(c, cookie, { path: '/', secure: isSecure })
    },
  }
}

const digestOfToken = ({ secret, digest = '' }: TokenAccess): Buffer =>
  secret === undefined ? Buffer.from(digest, 'hex') : digestOf(secret)

function notSignedIn(detail: string, error?: string): Refusal {
  const header = error === undefined ? 'Bearer realm="parley"' : `Bearer realm="parley", error="${error}"`
  return new Refusal(401, 'authentication', detail, { 'www-authenticate': header })
}
