// Receiving webhooks needs no HTTP client: nothing that this entry loads imports one.
export { type LangGraphWebhookOptions, langGraphWebhook } from './webhook/index.ts'
