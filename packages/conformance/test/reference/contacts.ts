import {
  type Contact,
  type ContactSearch,
  type CreateContactInput,
  ignoreOptions,
  type Operations,
  type Payload,
  type PayloadReader,
  pathOf,
  type Query,
  type RequestSpec,
  type Transport,
  type UpsertContactInput,
} from '@parley/core'
import { ensureContact } from '@parley/core/operations'
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
    ensure: async (visitor, options) => {
      const call = transport.begin('contacts.ensure', options)
      const findBy = async (query: Query) => {
        const found = await call.read({ path: '/customers', query }, (body, reading) =>
          reading.items(object(body)['items'], 'items', (raw) => read(raw, reading)),
        )
        return found[0]
      }
      return ensureContact(transport, call, visitor, {
        find: { externalId: (crm) => findBy({ crm }), email: (mail) => findBy({ mail }) },
        make: async (known) => {
          ignoreOptions(call, known, ['phone', 'customFields'], 'a customer has no such field.')
          const spec = { method: 'POST', path: '/customers', body: bodyOf(known) } as const
          return { contact: await call.read(spec, (body, reading) => read(object(body), reading)), isNew: true }
        },
      })
    },
    delete: async (target, options) => {
      const { call, id } = about(transport, 'contacts.delete', target, options)
      await call.request({ method: 'DELETE', path: pathOf`/customers/${id}` })
      return { id, confirmed: true }
    },
  }
}

const wireOf = ({ email, externalId }: ContactSearch): Query => ({ mail: email, crm: externalId })

const bodyOf = ({
  name,
  firstName,
  lastName,
  email,
  externalId,
}: Pick<UpsertContactInput, 'name' | 'firstName' | 'lastName' | 'email' | 'externalId'> | CreateContactInput) => ({
  name: name ?? [firstName, lastName].filter(Boolean).join(' '),
  mail: email,
  crm: externalId,
})
