import type { WebhookTrigger } from '@parley/core'
import {
  checkWebhookOptions,
  createWebhook,
  type OptionCheck,
  optional,
  textOption,
  type WebhookOptions,
  type WebhookReceiver,
} from '@parley/core/webhook'
import { isTrigger } from '../vocabulary.ts'
import { agentOf, readEvent } from './event.ts'
import { agentConversationProof, currentSecret, triggerHeader, type WebhookSecret } from './proof.ts'

export interface AgentConversationWebhookOptions extends WebhookOptions {
  /** The name of the account, as its adapter has it. */
  account: string
  /**
   * The id of the account's agent. A delivery whose body names another agent is reported as foreign and ignored. The
   * vendor publishes no schema, so a body may name no agent. Only the secret is then checked, so give each account a
   * secret of its own.
   */
  agentId?: string
  /**
   * The value of the secret header that was set when the webhook was created, or a function that returns it. Of a list,
   * every secret is accepted and the first one is registered, so that you can change the secret without losing events.
   */
  secret: WebhookSecret
  /** The header that carries it. Default `x-parley-secret`. */
  header?: string
  /**
   * The trigger that the address was registered for, if its deliveries do not name it. The vendor's bodies never do; the
   * headers from `headers` do.
   */
  trigger?: WebhookTrigger
}

export interface AgentConversationWebhook extends WebhookReceiver {
  /**
   * The headers to pass when you create a webhook. Each delivery then has the secret and the trigger, so one address can
   * serve all triggers.
   *
   * ```ts
   * await desk.webhooks.create({ title, url, trigger, headers: await webhook.headers(trigger) })
   * ```
   */
  headers(trigger: WebhookTrigger): Promise<Record<string, string>>
}

/** Deliveries have no id, so the same content within this time counts as the same event. */
const tolerance = 300_000

const headerName: OptionCheck = (value) =>
  typeof value === 'string' && /^[\w!#$%&'*+.^`|~-]+$/.test(value) ? undefined : 'must be the name of a header'

const secretOption: OptionCheck = (value) => {
  const problem = 'must be a non-empty string, a list of them, or a function'
  if (Array.isArray(value)) return value.length > 0 && !value.some(textOption) ? undefined : problem
  return typeof value === 'function' || !textOption(value) ? undefined : problem
}

/**
 * Receives the webhooks of the agent-conversation API. **Nothing is signed:** a secret header, known to the vendor and to
 * this program, is the only proof of the sender. The vendor publishes no schema of the body. Treat every event as a hint
 * to read the conversation again.
 *
 * Deliveries have no id, so the same content within `tolerance` (default 5 minutes) counts as the same event. A message is
 * identified by its id.
 *
 * @throws ConfigurationError that names the option.
 */
export function agentConversationWebhook(options: AgentConversationWebhookOptions): AgentConversationWebhook {
  checkWebhookOptions('agent-conversation', options, {
    account: textOption,
    agentId: optional(textOption),
    secret: secretOption,
    header: optional(headerName),
    trigger: optional((value) => (isTrigger(value) ? undefined : 'must be a trigger of webhooks.create')),
  })
  const header = (options.header ?? 'x-parley-secret').toLowerCase()
  const receiver = createWebhook(
    {
      vendor: 'agent-conversation',
      tolerance,
      ...agentConversationProof(options.secret, header),
      accountOf(payload) {
        const named = agentOf(payload)
        const isForeign = options.agentId !== undefined && named !== undefined && named !== options.agentId
        return isForeign ? undefined : options.account
      },
      describeForeign: (payload) => ({ native: null, ids: { agentId: agentOf(payload) ?? '' } }),
      read: (payload, reading, trigger) => readEvent(payload, reading, trigger ?? options.trigger),
    },
    options,
  )
  return {
    ...receiver,
    async headers(trigger) {
      return { [header]: await currentSecret(options.secret), [triggerHeader]: trigger }
    },
  }
}
