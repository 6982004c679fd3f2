/** The vendors that a configuration can name, one line each. */
export { agentConversationDefinition } from '@parley/agent-conversation'
export { leadConnectorDefinition } from '@parley/leadconnector'
export { liveChatAIDefinition } from '@parley/livechatai'
