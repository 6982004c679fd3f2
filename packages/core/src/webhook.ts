// Receiving webhooks needs no HTTP client: nothing that this entry loads imports one.
export * from './webhook/index.ts'
