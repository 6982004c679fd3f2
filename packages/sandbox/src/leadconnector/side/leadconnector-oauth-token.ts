import type { Context, Hono } from 'hono'
import { readBody } from '../http/leadconnector-body.ts'
import { respond } from '../http/leadconnector-mount.ts'
import { badRequest, type Reply, unauthorized } from '../http/leadconnector-reply.ts'
import { type Json, textOf } from '../leadconnector-json.ts'
import type { Grant, RefreshRecord, State } from '../state/leadconnector-state.ts'
import { announceInstall } from '../webhooks/leadconnector-announce-others.ts'
import { grantTokens, showTokens } from './leadconnector-oauth-grant.ts'

/** A client that sends one refresh token twice within this time gets the same pair twice. */
const graceMs = 30_000

/** Needs no token and, in the older dialect, no version. Takes a form or JSON in both. */
export function serveToken(app: Hono, currentState: () => State): void {
  app.post('/oauth/token', async (c) => respond(currentState(), await exchange(c, currentState())))
}

async function exchange(c: Context, state: State): Promise<Reply> {
  const camel = c.req.header('version') === 'v3'
  const sent = await readBody(c)
  if ('refusal' in sent) return sent.refusal
  const read = (snake: string) => textOf(sent.body[camel ? camelCase(snake) : snake])
  for (const name of ['client_id', 'client_secret', 'grant_type']) {
    if (read(name) === null) return badRequest(`Missing parameter: ${camel ? camelCase(name) : name}`)
  }
  const { oauth } = state
  if (read('client_id') !== oauth.clientId || read('client_secret') !== oauth.clientSecret) {
    return unauthorized('Invalid client: client is invalid')
  }
  const given = grantOf(state, read)
  return 'refusal' in given ? given.refusal : { status: 200, body: showTokens(state, given, camel) as Json }
}

const camelCase = (snake: string) => snake.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase())

type Given = Grant & { readonly accessToken: string; readonly refreshToken: string }

function grantOf(state: State, read: (name: string) => string | null): Given | { refusal: Reply } {
  switch (read('grant_type')) {
    case 'authorization_code':
      return redeem(state, read('code'))
    case 'refresh_token':
      return refresh(state, read('refresh_token'))
    case 'client_credentials':
      return issue(state, { tenant: 'company', locationId: null })
    default:
      return { refusal: badRequest('Invalid parameter: grant_type') }
  }
}

const issue = (state: State, grant: Grant): Given => ({ ...grant, ...grantTokens(state, grant) })

/** A code works once. */
function redeem(state: State, code: string | null): Given | { refusal: Reply } {
  if (code === null) return { refusal: badRequest('Missing parameter: code') }
  const grant = state.oauth.codes.get(code)
  if (!grant) return { refusal: badRequest('Invalid grant: authorization code is invalid') }
  state.oauth.codes.delete(code)
  announceInstall(state, grant)
  return issue(state, grant)
}

function refresh(state: State, token: string | null): Given | { refusal: Reply } {
  if (token === null) return { refusal: badRequest('Missing parameter: refresh_token') }
  const record = state.oauth.refreshTokens.get(token)
  const now = state.context.now()
  if (!record || (record.usedAt !== null && now - record.usedAt > graceMs)) {
    return { refusal: badRequest('Invalid grant: refresh token is invalid') }
  }
  // A suspended location keeps its refresh token for the day it comes back.
  if (state.settings.locationSuspended) return { refusal: badRequest('Location is not active') }
  return { tenant: record.tenant, locationId: record.locationId, ...rotate(state, record, now) }
}

function rotate(state: State, record: RefreshRecord, now: number) {
  record.usedAt ??= now
  record.successor ??= grantTokens(state, record)
  return record.successor
}
