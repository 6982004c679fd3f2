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
  textOption,
  type WebhookOptions,
  type WebhookProtocol,
  type WebhookReceiver,
} from '@parley/core/webhook'
import { leadConnectorAccount } from './leadconnector-webhook-account.ts'
import { fieldsOf, readLeadConnectorEvent } from './leadconnector-webhook-event.ts'
import type { LeadConnectorWebhookPayload } from './leadconnector-webhook-payload.ts'
import { leadConnectorProof } from './leadconnector-webhook-proof.ts'

/** What an event belongs to: one address serves every location that has installed the app. */
export interface LeadConnectorWebhookScope {
  /** The vendor's name of the event. What goes to a provider's delivery URL has the kind of message here. */
  type?: string
  /** Missing for what happens to an agency as a whole, such as its `UNINSTALL`. */
  locationId?: string
  /** Given for what happens to an agency as a whole, and beside the location by some events. */
  companyId?: string
  /** Missing for what goes to a provider's delivery URL. */
  appId?: string
}

/** Whose events are received: those of one location, or those that a function finds an account for. */
type LeadConnectorWebhookBinding =
  | {
      /** The name of the account, as its adapter has it. */
      account: string
      /** The location of the account. Every event that does not name it is reported as foreign and ignored. */
      locationId: string
    }
  | {
      /**
       * The name of the account that an event belongs to, for an app that is installed in several locations. `undefined`:
       * none, so the event is reported as foreign and ignored. Compare `locationId`, and `companyId` for what happens to
       * an agency as a whole. An error that it throws is thrown by `receive` and `parse`.
       */
      account: (event: LeadConnectorWebhookScope) => string | undefined | Promise<string | undefined>
      locationId?: never
    }

export type LeadConnectorWebhookOptions = LeadConnectorWebhookSettings & LeadConnectorWebhookBinding

export interface LeadConnectorWebhookSettings extends WebhookOptions {
  /**
   * The id of your app in the vendor's developer portal. Events of another app, such as its `UNINSTALL`, and events that
   * name no app are reported as foreign and ignored; what goes to a provider's delivery URL never names one. Default:
   * events of any app.
   */
  appId?: string
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

const notBesideFunction: OptionCheck = (value) =>
  value === undefined ? undefined : 'must be left out where account is a function, which is given the locationId'

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
 * const webhook = leadConnectorWebhook({ account: 'clinic', locationId: 'location-1', appId: 'app-1' })
 * const { status } = await webhook.receive(request, async (events) => queue.add(events))
 * ```
 *
 * The vendor signs the events of all locations and apps with one key, so the receiver is bound to a location: an event of
 * another one is answered 200, reported as `foreign` and ignored.
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
    locationId: typeof options?.account === 'function' ? notBesideFunction : textOption,
    appId: optional(textOption),
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
    ...leadConnectorAccount(options),
    read: readLeadConnectorEvent,
  }
  return createWebhook(protocol, options)
}
