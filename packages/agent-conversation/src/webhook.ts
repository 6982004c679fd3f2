// Receiving webhooks needs no HTTP client: nothing that this entry loads imports one.
export {
  type AgentConversationWebhook,
  type AgentConversationWebhookOptions,
  agentConversationWebhook,
} from './webhook/index.ts'
