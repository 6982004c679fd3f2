// What readers of payloads are made of, without the transport: for entries that must not load an HTTP client.
export * from './read/index.ts'
