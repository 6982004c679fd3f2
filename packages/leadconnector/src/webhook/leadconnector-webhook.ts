import { readTimestamp } from '@parley/core/read'
import {
  accountOption,
  checkWebhookOptions,
  createWebhook,
  flagOption,
  keysOption,
  type OptionCheck,
  optional,
  type PublicKey,
  type WebhookOptions,
  type WebhookProtocol,
  type WebhookReceiver,
} from '@parley/core/webhook'
import { leadConnectorAccount } from './leadconnector-webhook-account.ts'
import { fieldsOf, readLeadConnectorEvent } from './leadconnector-webhook-event.ts'
import type { LeadConnectorWebhookPayload } from './leadconnector-webhook-payload.ts'
import { leadConnectorProof } from './leadconnector-webhook-proof.ts'

/** Whom a webhook is about: one address serves every location that has the application. */
export interface LeadConnectorWebhookScope {
  locationId?: string
  /** Given for what happens to an agency as a whole, and beside the location by some events. */
  companyId?: string
}

export interface LeadConnectorWebhookOptions extends WebhookOptions {
  /**
   * The name of the account, as its adapter has it. An application that is installed in several locations gives a
   * function; `undefined` leaves the event out.
   */
  account: string | ((scope: LeadConnectorWebhookScope) => string | undefined)
  /** The vendor's Ed25519 keys. Default: the published one. During a change, the old one and the new. */
  publicKeys?: readonly PublicKey[]
  /** The vendor's RSA keys for `X-WH-Signature`. Default: the published one. */
  legacyPublicKeys?: readonly PublicKey[]
  /** Until when `X-WH-Signature` is accepted, ISO 8601; `false`: not at all. Default: the end that the vendor announced. */
  legacyUntil?: string | false
  /**
   * Accepts what has no signature at all, for delivery URLs of conversation providers, which were unsigned for long. A
   * signature that is there is still checked. Default `false`.
   */
  acceptUnsigned?: boolean
}

const instantOrFalse: OptionCheck = (value) =>
  value === false || (typeof value === 'string' && readTimestamp(value))
    ? undefined
    : 'must be an instant in ISO 8601, or false'

/** The vendor suggests five minutes, but its retries come for hours and keep the timestamp of the first try. */
const tolerance = 86_400_000

/**
 * Receives the webhooks of LeadConnector (HighLevel).
 *
 * ```ts
 * const webhook = leadConnectorWebhook({ account: 'clinic' })
 * const { status, events } = await webhook.receive(request)
 * ```
 *
 * `tolerance` is a day by default. Not signed at all, and refused: the "webhook" action of workflows.
 *
 * @throws ConfigurationError that names the option.
 */
export function leadConnectorWebhook(
  options: LeadConnectorWebhookOptions,
): WebhookReceiver<LeadConnectorWebhookPayload> {
  checkWebhookOptions('leadconnector', options, {
    account: accountOption,
    publicKeys: optional(keysOption('Ed25519')),
    legacyPublicKeys: optional(keysOption('RSASSA-PKCS1-v1_5')),
    legacyUntil: optional(instantOrFalse),
    acceptUnsigned: optional(flagOption),
  })
  const protocol: WebhookProtocol = {
    vendor: 'leadconnector',
    tolerance,
    ...leadConnectorProof(options),
    sentAt: (payload) => fieldsOf(payload)['timestamp'],
    accountOf: leadConnectorAccount(options.account),
    read: readLeadConnectorEvent,
  }
  return createWebhook(protocol, options)
}
