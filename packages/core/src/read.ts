// What readers of payloads are made of, without the transport: for entries that must not load an HTTP client.
export * from './read/index.ts'
// Only here, so that the parser loads with what streams: the main entry is a single module for a bundler.
export { type ServerEvent, serverEvents } from './read/server-events.ts'
