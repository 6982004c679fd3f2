import {
  headerOf,
  refuse,
  sameSecret,
  type WebhookHeaders,
  type WebhookProtocol,
  wrongWebhookOption,
} from '@parley/core/webhook'

const vendor = 'agent-conversation'

type Secrets = string | readonly string[]

/** A secret, several, or a function that gives them. */
export type WebhookSecret = Secrets | (() => Secrets | Promise<Secrets>)

/** Says what the address was registered for; `headers` puts it beside the secret. */
export const triggerHeader = 'x-parley-trigger'

/** A secret header is all there is: the body itself is not covered by it. */
export function agentConversationProof(
  secret: WebhookSecret,
  header: string,
): Required<Pick<WebhookProtocol, 'refuseHeaders' | 'prove' | 'trigger'>> {
  return {
    refuseHeaders: (headers) =>
      headerOf(headers, header) ? undefined : refuse('unsigned', 401, `The delivery has no ${header}.`),
    async prove({ headers }) {
      const given = headerOf(headers, header) ?? ''
      const known = await secretsOf(secret)
      // All of them, so that the time does not tell which one it was.
      const matches = await Promise.all(known.map((one) => sameSecret(given, one)))
      return matches.includes(true) ? 'secret' : refuse('wrong-signature', 401, `The ${header} does not match.`)
    },
    trigger: (headers: WebhookHeaders) => headerOf(headers, triggerHeader),
  }
}

/** The one to register new webhooks with. */
export const currentSecret = async (secret: WebhookSecret): Promise<string> => (await secretsOf(secret))[0]

/** Never empty: an empty secret would let everybody in. */
async function secretsOf(secret: WebhookSecret): Promise<readonly [string, ...string[]]> {
  const given: unknown = typeof secret === 'function' ? await secret() : secret
  const [first, ...others] = Array.isArray(given) ? (given as unknown[]) : [given]
  if (!isFilled(first) || !others.every(isFilled))
    throw wrongWebhookOption(vendor, 'secret', 'did not return a non-empty string')
  return [first, ...others]
}

const isFilled = (value: unknown): value is string => typeof value === 'string' && value.trim() !== ''
