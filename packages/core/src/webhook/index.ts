export { flagOption, functionOption, type OptionCheck, optional, textOption } from '../config/option-schema.ts'
export { createWebhook } from './create-webhook.ts'
export { sameSecret } from './digest.ts'
export { headerOf } from './headers.ts'
export { type PublicKey, type SignatureAlgorithm, signatureVerifier, type VerifySignature } from './public-key.ts'
export { type ClaimAnswer, memoryReplays, type ReplayStore } from './replays.ts'
export * from './webhook.ts'
export { wrongWebhookOption } from './webhook-error.ts'
export {
  accountOption,
  checkWebhookOptions,
  keysOption,
  type WebhookOptions,
} from './webhook-options.ts'
export type { EventDraft, EventFields, WebhookProtocol } from './webhook-protocol.ts'
