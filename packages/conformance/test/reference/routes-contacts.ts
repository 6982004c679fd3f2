import type { StoredContact } from './data.ts'
import { newId, on, pageOf, type Route, withOne } from './route.ts'

export const contactRoutes: readonly Route[] = [
  on('GET', '/customers', (store, input) => {
    const { mail, crm } = input
    const found = store.contacts.filter((one) => (!mail || one.mail === mail) && (!crm || one.crm === crm))
    return pageOf(found, input)
  }),
  on('GET', '/staff', () => ({
    body: {
      items: [0, 1].map((number) => ({
        id: `staff-${number}`,
        name: `Staff ${number}`,
        mail: `s${number}@shop.example`,
      })),
    },
  })),
  on('GET', '/customers/:id', (store, { id }) => withOne(store.contacts, id, (contact) => contact)),
  on('POST', '/customers', (store, { name, mail, crm }) => {
    const contact: StoredContact = { id: newId('cust'), name, mail: mail ?? null, crm: crm ?? null }
    store.contacts.push(contact)
    return { body: contact }
  }),
  on('PUT', '/customers', (store, { name, mail, crm }) => {
    const known = store.contacts.find((contact) => contact.crm === crm)
    const contact: StoredContact = known ?? { id: newId('cust'), name, mail, crm }
    if (!known) store.contacts.push(contact)
    return { body: Object.assign(contact, { name, mail }) }
  }),
  on('DELETE', '/customers/:id', (store, { id }) =>
    withOne(store.contacts, id, (contact) => {
      store.contacts = store.contacts.filter((other) => other !== contact)
    }),
  ),
]
