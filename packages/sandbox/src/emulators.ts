/** The emulated vendors, one line each, by the names that `sandbox.start` gives them. */
export { createAgentConversationEmulator as agentConversation } from './agent-conversation/index.ts'
export { createLangGraphEmulator as langGraph } from './langgraph/index.ts'
export { createLeadConnectorEmulator as leadConnector } from './leadconnector/index.ts'
export { createLiveChatAIEmulator as liveChatAI } from './livechatai/index.ts'
