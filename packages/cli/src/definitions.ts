/** The vendors that a configuration can name, one line each. */
export { agentConversationDefinition } from '@parley/agent-conversation'
export { langGraphDefinition } from '@parley/langgraph'
export { leadConnectorDefinition } from '@parley/leadconnector'
export { liveChatAIDefinition } from '@parley/livechatai'
