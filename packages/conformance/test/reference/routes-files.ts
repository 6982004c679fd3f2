import { newId, on, type Route, withOne } from './route.ts'
import { start } from './start.ts'

/** Where files are kept: another host, which wants a key in the address and no credential. */
export const fileHost = 'https://files.reference.example'

export const fileRoutes: readonly Route[] = [
  on('POST', '/chats/:id/files', (store, { id, name, type, bytes }) =>
    withOne(store.chats, id, () => {
      const file = { id: newId('file'), name, type, bytes }
      store.files.push(file)
      return { id: file.id }
    }),
  ),
  on('GET', '/files/:id/address', (store, { id }) =>
    withOne(store.files, id, () => ({ address: `${fileHost}/kept/${id}?key=open`, until: start + 600 })),
  ),
  on('POST', '/hooks', (_, { title, address, event }) => ({
    body: { id: newId('hook'), title, address, event, on: true },
  })),
]
