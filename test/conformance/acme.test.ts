import { conformance } from '@parley/conformance'
import { defaultNow, testClock } from '@parley/sandbox'
import { describe, it } from 'vitest'
import { acme } from '../../docs/examples/acme.ts'
import { acmeServer } from './support/acme-server.ts'
import { truth } from './support/acme-truth.ts'

const clock = testClock(defaultNow, { automatic: true })
const token = 'planted-acme-token'
const server = acmeServer(token)
const nobody = acmeServer(token, { empty: true })
const base = { baseUrl: 'https://acme.example', clock, token }

/** The adapter that the documentation shows. */
conformance(
  {
    name: 'acme',
    fetch: server.fetch,
    create: (options) => ({ adapter: acme({ ...base, ...options }) }),
    wrongCredential: (options) => ({
      adapter: acme({ ...base, ...options, token: 'planted-wrong-token' }),
      secrets: ['planted-wrong-token'],
    }),
    emptyAccount: (options) => ({ adapter: acme({ ...base, ...options, fetch: nobody.fetch }) }),
    expectations: truth,
  },
  { describe, it },
)
