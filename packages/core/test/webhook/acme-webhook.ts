import {
  createWebhook,
  headerOf,
  refuse,
  signatureVerifier,
  type WebhookOptions,
  type WebhookReceiver,
} from '../../src/webhook.ts'

/** The clock of these tests stands here. */
export const noon: number = Date.parse('2026-01-15T12:00:00.000Z')

const keys: CryptoKeyPair = (await crypto.subtle.generateKey('Ed25519', true, ['sign', 'verify'])) as CryptoKeyPair

/** A vendor made up for these tests: signs with Ed25519, names an id and a time. */
export function acmeWebhook(options: WebhookOptions = {}, own: { trigger?: boolean } = {}): WebhookReceiver {
  const isSigned = signatureVerifier([keys.publicKey], { algorithm: 'Ed25519', vendor: 'acme', option: 'publicKeys' })
  return createWebhook(
    {
      vendor: 'acme',
      tolerance: 60_000,
      refuseHeaders: (headers) =>
        headerOf(headers, 'x-acme') === undefined ? refuse('unsigned', 401, 'It has no signature.') : undefined,
      async prove({ headers, body }) {
        const isRight = await isSigned(headerOf(headers, 'x-acme') ?? '', body)
        return isRight ? 'signature' : refuse('wrong-signature', 401, 'It is another signature.')
      },
      sentAt: (payload) => payload['at'],
      describeForeign: (payload) => ({ native: null, ids: { foreign: String(payload['foreign']) } }),
      ...(own.trigger && { trigger: (headers) => headerOf(headers, 'x-trigger') }),
      accountOf: async (payload) => (payload['foreign'] ? undefined : String(payload['account'] ?? 'main')),
      read: (payload, reading, trigger) => ({
        event: {
          kind: 'contact.updated',
          contact: reading.ref('contact', reading.id(payload, 'who')),
        },
        native: trigger ?? reading.text(payload, 'name') ?? null,
        occurredAt: reading.time(payload, 'at'),
        identity: typeof payload['id'] === 'string' ? [payload['id']] : undefined,
      }),
    },
    { now: () => noon, ...options },
  )
}

export const payload = { id: 'e1', name: 'Renamed', who: 'p1', at: '2026-01-15T11:59:50Z' }

const base64 = (bytes: ArrayBuffer): string => btoa(String.fromCharCode(...new Uint8Array(bytes)))

/** The bytes of a payload, or of a text as it is. */
export const bytesOf = (body: unknown): Uint8Array<ArrayBuffer> =>
  new TextEncoder().encode(typeof body === 'string' ? body : JSON.stringify(body))

export const sign = async (body: Uint8Array<ArrayBuffer>): Promise<string> =>
  base64(await crypto.subtle.sign('Ed25519', keys.privateKey, body))

export async function signed(
  body: unknown,
): Promise<{ headers: Record<string, string>; body: Uint8Array<ArrayBuffer> }> {
  const bytes = bytesOf(body)
  return { headers: { 'X-Acme': await sign(bytes) }, body: bytes }
}

export async function requestOf(body: unknown, headers: Record<string, string> = {}): Promise<Request> {
  const delivery = await signed(body)
  return new Request('https://app.test/hooks', {
    method: 'POST',
    body: delivery.body,
    headers: { ...delivery.headers, ...headers },
  })
}

/** A promise that a test resolves. */
export function deferred(): { promise: Promise<void>; resolve: () => void } {
  let resolve = () => {}
  const promise = new Promise<void>((done) => {
    resolve = done
  })
  return { promise, resolve: () => resolve() }
}
