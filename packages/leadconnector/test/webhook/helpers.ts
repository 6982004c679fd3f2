import type { WebhookReceiver } from '@parley/core/webhook'
import { type LeadConnectorWebhookOptions, leadConnectorWebhook } from '@parley/leadconnector/webhook'

/** The clock of these tests stands a second after the sample's timestamp. */
export const now: number = Date.parse('2026-01-02T09:00:02.000Z')

const rsa = {
  name: 'RSASSA-PKCS1-v1_5',
  hash: 'SHA-256',
  modulusLength: 2048,
  publicExponent: new Uint8Array([1, 0, 1]),
}

const pair = async (algorithm: AlgorithmIdentifier | RsaHashedKeyGenParams): Promise<CryptoKeyPair> =>
  (await crypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])) as CryptoKeyPair

export const [current, other, legacy]: readonly [CryptoKeyPair, CryptoKeyPair, CryptoKeyPair] = await Promise.all([
  pair('Ed25519'),
  pair('Ed25519'),
  pair(rsa),
])

/** Keeps the payloads. Bound to the location and the app of the payloads unless told otherwise. */
export const testWebhook = (options: Partial<LeadConnectorWebhookOptions> = {}): WebhookReceiver =>
  leadConnectorWebhook({
    account: 'clinic',
    ...(typeof options.account !== 'function' && { locationId: 'loc_1', appId: 'app_1' }),
    publicKeys: [current.publicKey],
    legacyPublicKeys: [legacy.publicKey],
    now: () => now,
    raw: true,
    ...options,
  } as LeadConnectorWebhookOptions)

export const base64 = (bytes: ArrayBuffer | Uint8Array): string => btoa(String.fromCharCode(...new Uint8Array(bytes)))

export const bytesOf = (body: unknown): Uint8Array<ArrayBuffer> =>
  new TextEncoder().encode(typeof body === 'string' ? body : JSON.stringify(body))

export const signWith = async (pair: CryptoKeyPair, body: Uint8Array<ArrayBuffer>): Promise<string> =>
  base64(await crypto.subtle.sign(pair.privateKey.algorithm.name, pair.privateKey, body))

export const post = (body: Uint8Array<ArrayBuffer>, headers: Record<string, string>): Request =>
  new Request('https://app.example/hooks/leadconnector', { method: 'POST', body, headers })

export const signedPost = async (body: unknown): Promise<Request> =>
  post(bytesOf(body), { 'x-ghl-signature': await signWith(current, bytesOf(body)) })
