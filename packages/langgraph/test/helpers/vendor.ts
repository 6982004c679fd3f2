import { type Exchange, exchangesWith, type Seen } from '@parley/testkit/nock'

/** Serves exactly these exchanges, each once; every other request fails. */
export const serve = exchangesWith({
  host: 'http://127.0.0.1:2024',
  basePath: '',
  headers: ['accept', 'content-type', 'x-api-key'],
})

/** What goes along with every request. */
const auth = { accept: 'application/json', 'x-api-key': 'planted-key-1' }

/** A request without a body, as it was seen. */
export const got = (uri: string, method = 'GET'): Seen => ({ method, uri, headers: auth, body: undefined })

export const posted = (uri: string, body: object, method = 'POST'): Seen => ({
  ...{ method, uri, headers: { ...auth, 'content-type': 'application/json' }, body },
})

/** A sentence in plain text, as the server sends most of its errors. */
export const sentence = (method: string, uri: string, status: number, words: string): Exchange => [
  ...([method, uri, status, words] as const),
  { 'content-type': 'text/plain;charset=UTF-8' },
]
