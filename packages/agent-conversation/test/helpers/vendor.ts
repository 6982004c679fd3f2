import { exchangesWith } from '@parley/testkit/nock'

/** Serves exactly these exchanges, each once, below `/external`; every other request fails. */
export const serve = exchangesWith({
  host: 'https://api.raia2.com',
  basePath: '/external',
  headers: ['accept', 'content-type', 'agent-secret-key', 'organization-secret-key', 'authorization'],
})

/** What goes along with every request. */
export const auth: Record<string, string> = { accept: 'application/json', 'agent-secret-key': 'planted-key-1' }
export const json: Record<string, string> = { ...auth, 'content-type': 'application/json' }
