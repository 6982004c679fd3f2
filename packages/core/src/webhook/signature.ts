import { digest } from '../digest.ts'
import { ConfigurationError, InvalidRequestError } from '../errors/kinds.ts'

/** A public key: PEM, the base64 of its DER (SPKI), the base64 of a bare Ed25519 key, or a `CryptoKey`. */
export type PublicKey = string | CryptoKey

/** How a vendor signs. `Ed25519`, or RSA with PKCS#1 v1.5 padding over SHA-256. */
export type SignatureAlgorithm = 'Ed25519' | 'RSASSA-PKCS1-v1_5'

/** Whether one of the keys made this signature (base64) over these bytes. */
export type VerifySignature = (signature: string, bytes: Uint8Array) => Promise<boolean>

/** The length of an 8192-bit RSA signature in base64. Anything longer is refused without any work. */
const longestSignature = 1_368

/** What is wrong with a key, as far as this shows without importing it. */
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
    return `must be a public CryptoKey for ${algorithm} that can verify`
  return undefined
}

/**
 * Checks signatures against several keys, so that a vendor can rotate its key without a gap. Keys are imported once,
 * with the first signature.
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
    // The cast is safe: only shared memory would be refused, and no server passes that.
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

/** The first bytes of every Ed25519 key in SPKI. */
const ed25519Prefix = [0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00]

const hasPrefix = (bytes: Uint8Array, prefix: readonly number[]): boolean =>
  bytes.length === 44 && prefix.every((byte, index) => bytes[index] === byte)

/** Compares two strings in constant time. */
export async function sameSecret(one: string, other: string): Promise<boolean> {
  const [a, b] = await Promise.all([digest(one), digest(other)])
  let difference = 0
  for (let index = 0; index < a.length; index++) difference |= a.charCodeAt(index) ^ b.charCodeAt(index)
  return difference === 0
}

/** Deeper than any vendor's payload, and far below the stack limit. */
export const deepestPayload = 100

/**
 * A canonical text for equal JSON: sorted keys, and one form for numbers and escapes.
 *
 * @throws InvalidRequestError for a value that is nested too deeply or contains itself.
 */
export function canonicalJson(value: unknown, depth = 0): string {
  if (depth > deepestPayload) throw tooDeep()
  if (Array.isArray(value)) return `[${value.map((item) => canonicalJson(item, depth + 1)).join()}]`
  if (typeof value === 'bigint') return String(value)
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null'
  const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
  return `{${members.map(([key, member]) => `${JSON.stringify(key)}:${canonicalJson(member, depth + 1)}`).join()}}`
}

const tooDeep = (): InvalidRequestError =>
  new InvalidRequestError({
    message: `A webhook's payload must not be nested more than ${deepestPayload} levels deep.`,
    fields: [{ path: 'payload', problem: `is nested more than ${deepestPayload} levels deep` }],
  })

/** The bytes of a base64 string, or `undefined` if it is not base64. */
function fromBase64(text: string): Uint8Array<ArrayBuffer> | undefined {
  if (!/^[A-Za-z\d+/]+={0,2}$/.test(text)) return undefined
  try {
    return Uint8Array.from(atob(text), (character) => character.charCodeAt(0))
  } catch {
    return undefined
  }
}

/** The error for an option that turns out to be invalid when it is used. */
export const wrongWebhookOption = (
  vendor: string,
  path: string,
  problem: string,
  cause?: unknown,
): ConfigurationError => wrongOptions(vendor, [{ path, problem }], cause)

/** The error that names each invalid option. */
export function wrongOptions(
  vendor: string,
  fields: readonly { path: string; problem: string }[],
  cause?: unknown,
): ConfigurationError {
  const sentences = fields.map(({ path, problem }) => (path ? `option "${path}" ${problem}` : problem))
  return new ConfigurationError({ vendor, message: `${vendor} webhook: ${sentences.join('; ')}.`, fields, cause })
}
