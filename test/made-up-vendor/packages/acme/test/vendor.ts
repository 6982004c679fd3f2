import type { Vendor } from '../../../test/vendors.ts'
import { type AcmeOptions, acme, acmeDefinition } from '../src/index.ts'
import { lists } from './lists.ts'

export const vendor: Vendor = {
  label: 'Acme',
  // The name is short: these find it inside of other words as well.
  otherNames: ['acme\\w*', '\\w*acme'],
  name: 'acme',
  definition: acmeDefinition,
  create: (options) => acme({ baseUrl: 'https://acme.example', ...options } as AcmeOptions),
  credentials: { token: 'token-1' },
  ownOptions: {},
  operator: {},
  variants: [],
  operatorId: () => undefined,
  listRequest: 'GET /chats Bearer token-1',
  startKiB: 60,
  lists,
  fuzzInputs: {},
  toleratedByReader: {},
  toleratedByOperation: {},
}
