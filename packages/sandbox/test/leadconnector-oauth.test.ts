import { describe, expect, it } from 'vitest'
import { openDesk } from './leadconnector-desk.ts'

type Desk = ReturnType<typeof openDesk>

function token({ call, names }: Desk, fields: Record<string, string>) {
  const { clientId: client_id, clientSecret: client_secret } = names
  const form = new URLSearchParams({ client_id, client_secret, ...fields })
  return call('POST', '/oauth/token', undefined, { form, token: null, version: null })
}

const refresh = (desk: Desk, refresh_token: string) => token(desk, { grant_type: 'refresh_token', refresh_token })

describe('the token endpoint', () => {
  it('returns a pair for a code, once', async () => {
    const desk = openDesk()
    const fields = { grant_type: 'authorization_code', code: desk.names.authorizationCode }
    const { status, body } = await token(desk, fields)
    expect(status).toBe(200)
    expect(body).toMatchObject({ token_type: 'Bearer', expires_in: 86_399, userType: 'Location' })
    expect(body).toMatchObject({ locationId: desk.names.locationId, companyId: desk.names.companyId })
    const found = await desk.get('/conversation-ai/agents/search', {}, { token: body.access_token })
    expect(found.status).toBe(200)
    expect((await token(desk, fields)).status).toBe(400)
  })

  it('returns a company’s pair for the company’s code', async () => {
    const desk = openDesk()
    const code = (desk.emulator.credentials as Record<string, string>)['companyAuthorizationCode'] as string
    const { status, body } = await token(desk, { grant_type: 'authorization_code', code })
    expect(status).toBe(200)
    expect(body).toMatchObject({ userType: 'Company', companyId: desk.names.companyId, isBulkInstallation: true })
    expect(body.locationId).toBeUndefined()
    expect(body.approvedLocations).toContain(desk.names.secondLocationId)
  })

  it('rotates refresh tokens, with thirty seconds of grace', async () => {
    const desk = openDesk()
    const first = await refresh(desk, desk.names.refreshToken)
    expect(first.body.refresh_token).not.toBe(desk.names.refreshToken)
    await desk.clock.advance(30_000)
    const again = await refresh(desk, desk.names.refreshToken)
    expect(again.body.access_token).toBe(first.body.access_token)
    expect(again.body.refresh_token).toBe(first.body.refresh_token)
    await desk.clock.advance(1)
    const late = await refresh(desk, desk.names.refreshToken)
    expect(late).toMatchObject({ status: 400, body: { message: 'Invalid grant: refresh token is invalid' } })
    expect((await refresh(desk, first.body.refresh_token)).status).toBe(200)
  })

  it('returns access tokens that expire after a day', async () => {
    const desk = openDesk()
    await desk.clock.advance(86_399_000)
    const { status, body } = await desk.get('/conversation-ai/agents/search', {}, { token: desk.names.accessToken })
    expect(status).toBe(401)
    expect(body.message).toBe('Invalid token: access token is invalid')
  })

  it('keeps the refresh token of a suspended location', async () => {
    const desk = openDesk({ locationSuspended: true })
    const refused = await refresh(desk, desk.names.refreshToken)
    expect(refused).toMatchObject({ status: 400, body: { message: 'Location is not active' } })
    desk.emulator.settings.locationSuspended = false
    expect((await refresh(desk, desk.names.refreshToken)).status).toBe(200)
  })

  it('names a missing or wrong value', async () => {
    const desk = openDesk()
    expect((await token(desk, {})).body.message).toBe('Missing parameter: grant_type')
    expect((await token(desk, { grant_type: 'refresh_token' })).body.message).toBe('Missing parameter: refresh_token')
    expect((await token(desk, { grant_type: 'password' })).body.message).toBe('Invalid parameter: grant_type')
    expect((await token(desk, { grant_type: 'x', client_secret: 'no' })).status).toBe(401)
  })

  it('uses camel case and JSON under v3', async () => {
    const { call, names } = openDesk()
    const { clientId, clientSecret, refreshToken } = names
    const sent = { clientId, clientSecret, refreshToken, grantType: 'refresh_token' }
    const { status, body } = await call('POST', '/oauth/token', sent, { token: null, version: 'v3' })
    expect(status).toBe(200)
    expect(body).toMatchObject({ tokenType: 'Bearer', expiresIn: 86_399, locationId: names.locationId })
    expect(body.accessToken).toBeTypeOf('string')
    expect(body.access_token).toBeUndefined()
  })
})

describe('a company’s token', () => {
  it('mints a location token in both dialects', async () => {
    const { call, get, names } = openDesk()
    const { companyId, secondLocationId: locationId, companyToken } = names
    const form = () => new URLSearchParams({ companyId, locationId })
    const older = { token: companyToken, version: '2021-07-28' }
    const minted = await call('POST', '/oauth/locationToken', undefined, { ...older, form: form() })
    expect(minted.body).toMatchObject({ locationId, token_type: 'Bearer' })
    expect(minted.body.refresh_token).toBeTypeOf('string')
    const found = await get('/conversations/search', { locationId }, { token: minted.body.access_token })
    expect(found.status).toBe(200)
    const newer = { token: companyToken, version: 'v3', form: form() }
    expect((await call('POST', '/oauth/location-token', undefined, newer)).body.accessToken).toBeTypeOf('string')
    expect(
      (await call('POST', '/oauth/location-token', undefined, { ...newer, form: form(), version: '2021-07-28' }))
        .status,
    ).toBe(404)
    expect((await call('POST', '/oauth/locationToken', { companyId }, older)).status).toBe(422)
    expect((await call('POST', '/oauth/locationToken', { companyId, locationId: 'x' }, older)).status).toBe(400)
    expect((await call('POST', '/oauth/locationToken', { companyId, locationId: 'x' })).status).toBe(401)
  })

  it('lists the locations with the app, in two shapes', async () => {
    const { get, names } = openDesk()
    const query = { companyId: names.companyId, appId: 'app' }
    const older = await get('/oauth/installedLocations', { ...query, limit: 2 }, { token: names.companyToken })
    expect(older.body).toMatchObject({ count: 3 })
    expect(older.body.locations.map((item: { _id: string }) => item._id)).toEqual([
      names.locationId,
      names.secondLocationId,
    ])
    const options = { token: names.companyToken, version: 'v3' }
    const page = await get('/oauth/installed-locations', { ...query, pageSize: 2 }, options)
    expect(page.body.pagination).toMatchObject({ hasNextPage: true, hasPrevPage: false, totalRecords: 3 })
    const pageToken = page.body.pagination.nextPageToken
    const rest = await get('/oauth/installed-locations', { ...query, pageSize: 2, pageToken }, options)
    expect(rest.body.items).toHaveLength(1)
    expect(rest.body.pagination).toMatchObject({ hasNextPage: false, hasPrevPage: true })
    const refused = await get('/oauth/installed-locations', { companyId: 'x', appId: 'y' }, options)
    expect(refused).toMatchObject({ status: 404, body: { error: { code: 'NOT_FOUND' } } })
  })
})
