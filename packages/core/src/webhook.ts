export { flagOption, functionOption, type OptionCheck, optional, textOption } from './config/option-schema.ts'
export { accountOption, checkWebhookOptions, keysOption, type WebhookOptions } from './webhook/options.ts'
export { createWebhook } from './webhook/receive.ts'
export { type ClaimAnswer, memoryReplays, type ReplayStore } from './webhook/replays.ts'
export { headerOf } from './webhook/request.ts'
export {
  type PublicKey,
  type SignatureAlgorithm,
  sameSecret,
  signatureVerifier,
  type VerifySignature,
  wrongWebhookOption,
} from './webhook/signature.ts'
export {
  type EventDraft,
  type EventFields,
  type ForeignEvent,
  type ReceivedWebhook,
  type RefusalReason,
  refuse,
  type StreamedRequest,
  type VerifiedWebhook,
  type WebhookDelivery,
  type WebhookHeaders,
  type WebhookProof,
  type WebhookProtocol,
  type WebhookReceiver,
  type WebhookRefusal,
  type WebhookVerdict,
} from './webhook/webhook.ts'

// Receiving webhooks needs no HTTP client: nothing that this entry loads imports one.
