import {
  checkWebhookOptions,
  createWebhook,
  type OptionCheck,
  refuse,
  textOption,
  type WebhookOptions,
  type WebhookReceiver,
} from '@parley/core/webhook'
import type { LangGraphRunPayload } from '../wire.ts'
import { readEvent } from './event.ts'

export interface LangGraphWebhookOptions extends WebhookOptions {
  /** The name of the account, as its adapter has it. */
  account: string
  /**
   * Whether deliveries are accepted although nothing proves their origin: the server signs nothing and sends no secret.
   * Without `true`, every delivery is refused. Put a secret into the path of the address, and treat an event only as a
   * hint to read the thread again.
   */
  allowUnsigned?: boolean
}

/** Deliveries have no date that is checked, so that a late one still counts. */
const tolerance = false

const flagOption: OptionCheck = (value) =>
  value === undefined || typeof value === 'boolean' ? undefined : 'must be true or false'

/**
 * Receives the webhook of a run (`vendor.langgraph.webhook` of `messages.ask`), which the server calls when the run has
 * ended. **Nothing is signed.** A run that ended with a given status is one event, however often it is delivered.
 *
 * @throws ConfigurationError that names the option.
 */
export function langGraphWebhook(options: LangGraphWebhookOptions): WebhookReceiver<LangGraphRunPayload> {
  checkWebhookOptions('langgraph', options, { account: textOption, allowUnsigned: flagOption })
  return createWebhook<LangGraphRunPayload>(
    {
      vendor: 'langgraph',
      tolerance,
      prove: async () =>
        options.allowUnsigned === true
          ? 'none'
          : refuse('unsigned', 401, 'The server signs nothing; allowUnsigned accepts deliveries as hints.'),
      accountOf: () => options.account,
      describeForeign: () => ({ native: null, ids: {} }),
      read: readEvent,
    },
    options,
  )
}
