import { readTimestamp } from '@parley/core/read'
import {
  headerOf,
  refuse,
  signatureVerifier,
  type WebhookHeaders,
  type WebhookProtocol,
  type WebhookRefusal,
} from '@parley/core/webhook'
import type { LeadConnectorWebhookOptions } from './leadconnector-webhook.ts'
import {
  leadConnectorLegacyPublicKey,
  leadConnectorPublicKey,
  legacySignatureEnd,
} from './leadconnector-webhook-keys.ts'

const vendor = 'leadconnector'

/**
 * The two signatures of the vendor. Where the current one is there it decides alone: falling back to the old one when it
 * is wrong would let whoever holds the old key sign.
 */
export function leadConnectorProof(
  options: LeadConnectorWebhookOptions,
): Required<Pick<WebhookProtocol, 'refuseHeaders' | 'prove'>> {
  const {
    publicKeys = [leadConnectorPublicKey],
    legacyPublicKeys = [leadConnectorLegacyPublicKey],
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
      : refuse('ended', 401, 'The delivery has only the old signature, which is not accepted any more.')
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

const wrong = refuse('wrong-signature', 401, 'The signature is none of the vendor over these bytes.')

/** Written as `N/A` where there is none. */
function legacyOf(headers: WebhookHeaders): string | undefined {
  const value = headerOf(headers, 'x-wh-signature')?.trim()
  return value === undefined || value === 'N/A' ? undefined : value
}
