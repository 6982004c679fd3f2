import type { Payload } from '@parley/core'
import { readTimestamp } from '@parley/core/read'
import {
  accountOption,
  checkWebhookOptions,
  createWebhook,
  flagOption,
  headerOf,
  keysOption,
  type OptionCheck,
  optional,
  type PublicKey,
  refuse,
  signatureVerifier,
  textOption,
  type WebhookHeaders,
  type WebhookOptions,
  type WebhookProtocol,
  type WebhookReceiver,
  type WebhookRefusal,
} from '@parley/core/webhook'
import { fieldsOf, isDeliveryRequest, isEventName, readEvent } from './event.ts'

/** The location, agency and app of an event. One address receives the events of every location that has installed the app. */
export interface LeadConnectorWebhookScope {
  /** The vendor's name of the event. For a request to a provider's delivery URL, the kind of message. */
  type?: string
  /** Missing for an event of a whole agency, such as its `UNINSTALL`. */
  locationId?: string
  /** Given for an event of a whole agency. Some events of a location have it too. */
  companyId?: string
  /** Missing for a request to a provider's delivery URL. */
  appId?: string
}

/** Which events are received: those of one location, or those for which a function returns an account. */
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
       * none, so the event is reported as foreign and ignored. Compare `locationId`, or `companyId` for an event of a whole
       * agency. `receive` and `parse` throw its errors.
       */
      account: (event: LeadConnectorWebhookScope) => string | undefined | Promise<string | undefined>
      locationId?: never
    }

export type LeadConnectorWebhookOptions = LeadConnectorWebhookSettings & LeadConnectorWebhookBinding

export interface LeadConnectorWebhookSettings extends WebhookOptions {
  /**
   * The id of your app in the vendor's developer portal. Events of another app, such as its `UNINSTALL`, and events that
   * name no app are reported as foreign and ignored. A request to a provider's delivery URL never names an app and is
   * accepted. Default: events of any app.
   */
  appId?: string
  /** The vendor's Ed25519 keys. Default: the published key. While the vendor changes its key, pass the old and the new one. */
  publicKeys?: readonly PublicKey[]
  /** The vendor's RSA keys for `X-WH-Signature`. Default: the published one. */
  legacyPublicKeys?: readonly PublicKey[]
  /** Until when `X-WH-Signature` is accepted, ISO 8601. `false`: never. Default: the date that the vendor announced. */
  legacyUntil?: string | false
  /**
   * Accepts requests without any signature, for delivery URLs of conversation providers, which were unsigned for a long
   * time. If there is a signature, it is still checked. Default `false`.
   */
  acceptUnsigned?: boolean
}

const notBesideFunction: OptionCheck = (value) =>
  value === undefined
    ? undefined
    : 'must be omitted when account is a function, because the function receives the locationId'

const instantOrFalse: OptionCheck = (value) =>
  value === false || (typeof value === 'string' && readTimestamp(value))
    ? undefined
    : 'must be an instant in ISO 8601, or false'

/** The vendor suggests five minutes, but it retries for hours with the timestamp of the first try. */
const tolerance = 86_400_000

/**
 * Receives the webhooks of LeadConnector (HighLevel).
 *
 * ```ts
 * const webhook = leadConnectorWebhook({ account: 'clinic', locationId: 'location-1', appId: 'app-1' })
 * const { status } = await webhook.receive(request, async (events) => queue.add(events))
 * ```
 *
 * The vendor signs the events of all locations and apps with one key, so the receiver is bound to a location. An event of
 * another location is answered with 200, reported as `foreign` and ignored.
 *
 * `tolerance` is a day by default. The requests of the "webhook" action of workflows are not signed and are refused.
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
    ...proofOf(options),
    sentAt: (payload) => fieldsOf(payload)['timestamp'],
    ...accountOf(options),
    read: readEvent,
  }
  return createWebhook(protocol, options)
}

/**
 * The payload of a LeadConnector webhook: the envelope and the fields of the event, side by side. A sample of the vendor's
 * guide has the fields under `data`.
 */
export interface LeadConnectorWebhookPayload {
  /** The name of the event. A request to a provider's delivery URL has no envelope, and the kind of message here. */
  type?: string
  locationId?: string
  companyId?: string
  appId?: string
  versionId?: string
  /** When the event was first sent. A retry has the same value. */
  timestamp?: string
  /** The same for every delivery of one event. */
  webhookId?: string
  data?: Record<string, unknown>
  [field: string]: unknown
}

/**
 * Binds the receiver to its location and app. The vendor signs the events of all its customers with one key, so a correct
 * signature does not show whose event it is.
 */
function accountOf(options: LeadConnectorWebhookOptions): Pick<WebhookProtocol, 'accountOf' | 'describeForeign'> {
  return {
    accountOf(payload) {
      const scope = scopeOf(payload)
      if (options.appId !== undefined && scope.appId !== options.appId && !lacksAppId(payload)) return undefined
      if (typeof options.account === 'function') return options.account(scope)
      return scope.locationId === options.locationId ? options.account : undefined
    },
    describeForeign(payload) {
      const { type, ...ids } = scopeOf(payload)
      return { native: isEventName(type) ? type : null, ids: { ...ids } }
    },
  }
}

/** Whether a request names no app, like every request to a conversation provider's delivery URL: it has no envelope. */
const lacksAppId = (payload: Payload): boolean => {
  const fields = fieldsOf(payload)
  return fields['appId'] === undefined && !isEventName(fields['type']) && isDeliveryRequest(fields)
}

function scopeOf(payload: Payload): LeadConnectorWebhookScope {
  const fields = fieldsOf(payload)
  const scope: LeadConnectorWebhookScope = {}
  for (const name of ['type', 'locationId', 'companyId', 'appId'] as const) {
    const value = fields[name]
    if (typeof value === 'string' && value !== '') scope[name] = value
  }
  return scope
}

const vendor = 'leadconnector'

/**
 * Checks the vendor's two signatures. If the current one is present, only it counts. Otherwise, a request with a wrong
 * current signature could pass with the old key.
 */
function proofOf(options: LeadConnectorWebhookOptions): Required<Pick<WebhookProtocol, 'refuseHeaders' | 'prove'>> {
  const {
    publicKeys = [publicKey],
    legacyPublicKeys = [legacyPublicKey],
    legacyUntil = legacySignatureEnd,
    acceptUnsigned = false,
    now = Date.now,
  } = options
  const isCurrent = signatureVerifier(publicKeys, { algorithm: 'Ed25519', vendor, option: 'publicKeys' })
  const isLegacy = signatureVerifier(legacyPublicKeys, {
    algorithm: 'RSASSA-PKCS1-v1_5',
    vendor,
    option: 'legacyPublicKeys',
  })
  const end = legacyUntil === false ? 0 : Date.parse(readTimestamp(legacyUntil) ?? legacySignatureEnd)
  const takesLegacy = () => now() < end

  const refuseHeaders = (headers: WebhookHeaders): WebhookRefusal | undefined => {
    if (acceptUnsigned || headerOf(headers, currentHeader) !== undefined) return undefined
    if (legacyOf(headers) === undefined) return refuse('unsigned', 401, 'The delivery has no signature.')
    return takesLegacy()
      ? undefined
      : refuse('ended', 401, 'The delivery has only the old signature, which is no longer accepted.')
  }

  return {
    refuseHeaders,
    async prove({ headers, body }) {
      const current = headerOf(headers, currentHeader)
      if (current !== undefined) return (await isCurrent(current.trim(), body)) ? 'signature' : wrong
      const legacy = takesLegacy() ? legacyOf(headers) : undefined
      if (legacy !== undefined) return (await isLegacy(legacy, body)) ? 'legacy-signature' : wrong
      return refuseHeaders(headers) ?? 'none'
    },
  }
}

const currentHeader = 'x-ghl-signature'

const wrong = refuse('wrong-signature', 401, 'The signature does not match the vendor’s keys and these bytes.')

/** The old signature. The vendor writes `N/A` if there is none. */
function legacyOf(headers: WebhookHeaders): string | undefined {
  const value = headerOf(headers, 'x-wh-signature')?.trim()
  return value === undefined || value === 'N/A' ? undefined : value
}

// As published on the vendor's page "Webhook authentication". One pair of keys signs for all applications.

export const publicKey: string = 'MCowBQYDK2VwAyEAi2HR1srL4o18O8BRa7gVJY7G7bupbN3H9AwJrHCDiOg='

export const legacyPublicKey: string =
  'MIICIjANBgkqhkiG9w0BAQEFAAOCAg8AMIICCgKCAgEAokvo/r9tVgcfZ5DysOSC' +
  'Frm602qYV0MaAiNnX9O8KxMbiyRKWeL9JpCpVpt4XHIcBOK4u3cLSqJGOLaPuXw6' +
  'dO0t6Q/ZVdAV5Phz+ZtzPL16iCGeK9po6D6JHBpbi989mmzMryUnQJezlYJ3DVfB' +
  'csedpinheNnyYeFXolrJvcsjDtfAeRx5ByHQmTnSdFUzuAnC9/GepgLT9SM4nCpv' +
  'uxmZMxrJt5Rw+VUaQ9B8JSvbMPpez4peKaJPZHBbU3OdeCVx5klVXXZQGNHOs8gF' +
  '3kvoV5rTnXV0IknLBXlcKKAQLZcY/Q9rG6Ifi9c+5vqlvHPCUJFT5XUGG5RKgOKU' +
  'J062fRtN+rLYZUV+BjafxQauvC8wSWeYja63VSUruvmNj8xkx2zE/Juc+yjLjTXp' +
  'IocmaiFeAO6fUtNjDeFVkhf5LNb59vECyrHD2SQIrhgXpO4Q3dVNA5rw576PwTzN' +
  'h/AMfHKIjE4xQA1SZuYJmNnmVZLIZBlQAF9Ntd03rfadZ+yDiOXCCs9FkHibELhC' +
  'HULgCsnuDJHcrGNd5/Ddm5hxGQ0ASitgHeMZ0kcIOwKDOzOU53lDza6/Y09T7sYJ' +
  'PQe7z0cvj7aE4B+Ax1ZoZGPzpJlZtGXCsu9aTEGEnKzmsFqwcSsnw3JB31IGKAyk' +
  'T1hhTiaCeIY/OwwwNUY2yvcCAwEAAQ=='

/** When the vendor stops sending the old header. An earlier announcement said July. */
const legacySignatureEnd: string = '2026-09-01T00:00:00.000Z'
