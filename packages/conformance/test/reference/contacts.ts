import {
  type Contact,
  type ContactSearch,
  type CreateContactInput,
  type Operations,
  type Payload,
  type PayloadReader,
  pathOf,
  type Query,
  type RequestSpec,
  type Transport,
  type UpsertContactInput,
} from '@parley/core'
import type { PageMaker } from './page.ts'
import { object } from './read.ts'
import { about, readSide } from './side.ts'

type Read = (raw: Payload, reading: PayloadReader) => Contact

export function contactsOf(transport: Transport, pages: PageMaker, read: Read): Operations['contacts'] {
  const write = (operation: string, spec: RequestSpec, options?: Parameters<Transport['begin']>[1]) =>
    transport.begin(operation, options).read(spec, (body, reading) => read(object(body), reading))
  return {
    list: (query = {}, options) => pages('contacts.list', '/customers', query, options, read),
    search: (search, options) =>
      pages('contacts.search', '/customers', search, options, read, { send: wireOf(search) }),
    get: (target, options) => readSide(transport, 'contacts.get', '/customers', target, options, read),
    create: (input, options) =>
      write('contacts.create', { method: 'POST', path: '/customers', body: bodyOf(input) }, options),
    upsert: (input, options) =>
      write('contacts.upsert', { method: 'PUT', path: '/customers', body: bodyOf(input) }, options),
    delete: async (target, options) => {
      const { call, id } = about(transport, 'contacts.delete', target, options)
      await call.request({ method: 'DELETE', path: pathOf`/customers/${id}` })
      return { id, confirmed: true }
    },
  }
}

const wireOf = ({ email, externalId }: ContactSearch): Query => ({ mail: email, crm: externalId })

const bodyOf = ({ name, firstName, lastName, email, externalId }: UpsertContactInput | CreateContactInput) => ({
  name: name ?? [firstName, lastName].filter(Boolean).join(' '),
  mail: email,
  crm: externalId,
})
