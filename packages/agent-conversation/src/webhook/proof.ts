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

/** A secret, several secrets, or a function that returns them. */
export type WebhookSecret = Secrets | (() => Secrets | Promise<Secrets>)

/** The header with the trigger that the address was registered for. `headers` adds it to the secret. */
export const triggerHeader = 'x-parley-trigger'

/** Checks the secret header, which is the only proof. It does not protect the body. */
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
      // Every secret is compared, so that the time does not show which one matched.
      const matches = await Promise.all(known.map((one) => sameSecret(given, one)))
      return matches.includes(true) ? 'secret' : refuse('wrong-signature', 401, `The ${header} does not match.`)
    },
    trigger: (headers: WebhookHeaders) => headerOf(headers, triggerHeader),
  }
}

/** The secret with which new webhooks are registered. */
export const currentSecret = async (secret: WebhookSecret): Promise<string> => (await secretsOf(secret))[0]

/** The secrets. An empty secret is refused, because every request would match it. */
async function secretsOf(secret: WebhookSecret): Promise<readonly [string, ...string[]]> {
  const given: unknown = typeof secret === 'function' ? await secret() : secret
  const [first, ...others] = Array.isArray(given) ? (given as unknown[]) : [given]
  if (!isFilled(first) || !others.every(isFilled))
    throw wrongWebhookOption(vendor, 'secret', 'did not return a non-empty string')
  return [first, ...others]
}

const isFilled = (value: unknown): value is string => typeof value === 'string' && value.trim() !== ''
