import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import { createRandom } from '../../kit/random.ts'

/** The vendor's two key pairs, made up. */
export interface SigningKeys {
  /** PEM. */
  readonly publicKey: string
  /** PEM. Made when it is first asked for, because that takes a while, and not from the seed: its run differs in it. */
  readonly legacyPublicKey: string
  signCurrent(bytes: Uint8Array): string
  signLegacy(bytes: Uint8Array): string
}

/** What stands before the 32 bytes of a private Ed25519 key in PKCS #8. */
const prefix = Buffer.from('302e020100300506032b657004220420', 'hex')

export function createSigningKeys(seed: number): SigningKeys {
  const random = createRandom(seed, 'leadconnector/webhook-key')
  const bytes = Buffer.from(Array.from({ length: 32 }, () => Math.floor(random() * 256)))
  const key = createPrivateKey({ key: Buffer.concat([prefix, bytes]), format: 'der', type: 'pkcs8' })
  let made: KeyObject | undefined
  const legacy = () => {
    made ??= generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey
    return made
  }
  return {
    publicKey: publicPem(key),
    get legacyPublicKey() {
      return publicPem(legacy())
    },
    signCurrent: (data) => sign(null, data, key).toString('base64'),
    signLegacy: (data) => sign('RSA-SHA256', data, legacy()).toString('base64'),
  }
}

const publicPem = (key: KeyObject): string => String(createPublicKey(key).export({ type: 'spki', format: 'pem' }))
