import { exchangesWith, type Seen } from '@parley/testkit/nock'

const host = 'https://app.livechatai.com'

/** Serves exactly these exchanges, each once, below `/api/v2`; every other request fails. */
export const serve = exchangesWith({ host, basePath: '/api/v2', headers: ['accept', 'content-type', 'authorization'] })

/** What goes along with every request. */
const auth = { accept: 'application/json', authorization: 'Bearer planted-key-1' }
const json: Record<string, string> = { ...auth, 'content-type': 'application/json' }

/** A request without a body, as it was seen. */
export const got = (uri: string): Seen => ({ method: 'GET', uri: `/api/v2${uri}`, headers: auth, body: undefined })
export const posted = (uri: string, body: object): Seen => ({
  method: 'POST',
  uri: `/api/v2${uri}`,
  headers: json,
  body,
})
