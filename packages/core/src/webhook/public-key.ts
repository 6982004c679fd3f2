import { fromBase64 } from './base64.ts'
import { wrongWebhookOption } from './webhook-error.ts'

/** A public key: PEM, the base64 of its DER (SPKI), the base64 of a bare Ed25519 key, or a `CryptoKey`. */
export type PublicKey = string | CryptoKey

/** How a vendor signs. `Ed25519`, or RSA with PKCS#1 v1.5 padding over SHA-256. */
export type SignatureAlgorithm = 'Ed25519' | 'RSASSA-PKCS1-v1_5'

/** Whether one of the keys made this signature (base64) over these bytes. */
export type VerifySignature = (signature: string, bytes: Uint8Array) => Promise<boolean>

/** 8192 bits of RSA in base64; anything longer is no signature and costs nothing to refuse. */
const longestSignature = 1_368

/** What is wrong with a key as far as it can be seen without importing it. */
export function publicKeyProblem(key: unknown, algorithm: SignatureAlgorithm): string | undefined {
  if (typeof key === 'string') {
    const bytes = keyBytes(key)
    if (!bytes) return 'must be a PEM or base64 public key'
    const isEd25519 = bytes.length === 32 || hasPrefix(bytes, ed25519Prefix)
    return isEd25519 === (algorithm === 'Ed25519') ? undefined : `must be a key for ${algorithm}`
  }
  if (typeof key !== 'object' || key === null) return 'must be a PEM or base64 public key, or a CryptoKey'
  const { type, usages, algorithm: own } = key as Partial<CryptoKey>
  if (type !== 'public' || own?.name !== algorithm || !usages?.includes('verify'))
    return `must be a public CryptoKey for ${algorithm} that may verify`
  return undefined
}

/**
 * Checks signatures against several keys, so that a vendor can change its own without a gap. Keys are imported once,
 * when the first signature comes.
 */
export function signatureVerifier(
  keys: readonly PublicKey[],
  settings: { algorithm: SignatureAlgorithm; vendor: string; option: string },
): VerifySignature {
  const { algorithm } = settings
  let imported: Promise<CryptoKey[]> | undefined
  return async (signature, bytes) => {
    const signed = signature.length > longestSignature ? undefined : fromBase64(signature)
    if (!signed) return false
    imported ??= Promise.all(keys.map((key, index) => importKey(key, index, settings)))
    // The cast: bytes of a shared memory would be refused, and no server hands out such.
    for (const key of await imported)
      if (await crypto.subtle.verify(algorithm, key, signed, bytes as Uint8Array<ArrayBuffer>)) return true
    return false
  }
}

async function importKey(
  key: PublicKey,
  index: number,
  { algorithm, vendor, option }: { algorithm: SignatureAlgorithm; vendor: string; option: string },
): Promise<CryptoKey> {
  if (typeof key !== 'string') return key
  const bytes = keyBytes(key) ?? new Uint8Array()
  const details = algorithm === 'Ed25519' ? { name: algorithm } : { name: algorithm, hash: 'SHA-256' }
  try {
    return await crypto.subtle.importKey(bytes.length === 32 ? 'raw' : 'spki', bytes, details, true, ['verify'])
  } catch (cause) {
    const problem = `must be a public key for ${algorithm} that this runtime can verify with`
    throw wrongWebhookOption(vendor, `${option}[${index}]`, problem, cause)
  }
}

const keyBytes = (key: string): Uint8Array<ArrayBuffer> | undefined =>
  fromBase64(key.replace(/-----(?:BEGIN|END) PUBLIC KEY-----/g, '').replace(/\s/g, ''))

/** What every Ed25519 key in SPKI begins with. */
const ed25519Prefix = [0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00]

const hasPrefix = (bytes: Uint8Array, prefix: readonly number[]): boolean =>
  bytes.length === 44 && prefix.every((byte, index) => bytes[index] === byte)
