import type { AdapterDefinition, Credential } from '@parley/core'
import * as z from 'zod/mini'
import type { AgentConversation } from './agent-conversation-adapter.ts'
import type { AgentConversationOptions } from './agent-conversation-options.ts'

type Definition = AdapterDefinition<AgentConversationOptions, AgentConversation>

const text = () => z.string('must be a text').check(z.regex(/\S/, 'must not be empty'))
const flag = () => z.boolean('must be true or false')
const milliseconds = () => z.number('must be a number of milliseconds').check(z.positive('must be more than 0'))
const count = (least: number) => z.int('must be a whole number').check(z.gte(least, `must be at least ${least}`))

const isFunction = (value: unknown): value is Exclude<Credential, string> => typeof value === 'function'

export const configSchema: Definition['configSchema'] = z.strictObject(
  {
    apiKey: z.union([text(), z.custom<Exclude<Credential, string>>(isFunction)], 'must be a text or a function'),
    baseUrl: z.exactOptional(
      z.string('must be a text').check(z.refine(isBaseUrl, 'must be an http or https URL without query')),
    ),
    authHeader: z.exactOptional(
      z.string('must be a text').check(z.regex(/^[!#$%&'*+.^_`|~\w-]+$/, 'must be the name of a header')),
    ),
    authPrefix: z.exactOptional(z.string('must be a text').check(z.regex(/^[\t\x20-\x7e]*$/, 'must be plain text'))),
    operatorId: z.exactOptional(text()),
    replyTimeout: z.exactOptional(milliseconds()),
    stateNames: z.exactOptional(flag()),
    account: z.exactOptional(text()),
    timeout: z.exactOptional(milliseconds()),
    tryTimeout: z.exactOptional(milliseconds()),
    retries: z.exactOptional(count(0)),
    maxRetryAfter: z.exactOptional(count(0)),
    maxResponseBytes: z.exactOptional(count(1)),
    rate: z.exactOptional(
      z.union(
        [z.literal(false), z.strictObject({ requests: count(1), perMs: count(1) })],
        'must be false or { requests, perMs }',
      ),
    ),
    raw: z.exactOptional(flag()),
  },
  { error: (issue) => (issue.code === 'unrecognized_keys' ? unknownOptions(issue.keys) : 'must be an object') },
)

export const env: Definition['env'] = {
  apiKey: 'AGENT_CONVERSATION_API_KEY',
  baseUrl: 'AGENT_CONVERSATION_BASE_URL',
  authHeader: 'AGENT_CONVERSATION_AUTH_HEADER',
  authPrefix: 'AGENT_CONVERSATION_AUTH_PREFIX',
  operatorId: 'AGENT_CONVERSATION_OPERATOR_ID',
}

const unknownOptions = (keys: readonly string[]): string =>
  keys.length === 1
    ? `There is no option "${keys[0]}"`
    : `There are no options ${keys.map((key) => `"${key}"`).join(', ')}`

/** The key goes into a header and nowhere else, so an address with credentials, query or fragment is a mistake. */
function isBaseUrl(value: string): boolean {
  if (!URL.canParse(value.trim())) return false
  const { protocol, username, password, search, hash } = new URL(value.trim())
  return (protocol === 'https:' || protocol === 'http:') && !username && !password && !search && !hash
}
