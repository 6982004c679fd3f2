export type { Role } from './access.ts'
export { createServer, type InboxServer } from './create-server.ts'
export type { ListenOptions } from './listen.ts'
export type { PersonAccess, RequestRecord, ServerOptions, TokenAccess } from './options.ts'
