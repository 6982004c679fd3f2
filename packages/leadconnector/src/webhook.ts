// Receiving webhooks needs no HTTP client: nothing that this entry loads imports one.
export {
  type LeadConnectorWebhookOptions,
  type LeadConnectorWebhookPayload,
  type LeadConnectorWebhookScope,
  type LeadConnectorWebhookSettings,
  leadConnectorWebhook,
} from './webhook/webhook.ts'
