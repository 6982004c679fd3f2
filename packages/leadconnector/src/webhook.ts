// Receiving webhooks needs no HTTP client: nothing that this entry loads imports one.
export {
  type LeadConnectorWebhookOptions,
  type LeadConnectorWebhookScope,
  type LeadConnectorWebhookSettings,
  leadConnectorWebhook,
} from './webhook/leadconnector-webhook.ts'
export type { LeadConnectorWebhookPayload } from './webhook/leadconnector-webhook-payload.ts'
