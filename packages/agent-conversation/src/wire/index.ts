export type * from './agent-conversation-wire-agent.ts'
export type * from './agent-conversation-wire-conversation.ts'
export type * from './agent-conversation-wire-message.ts'
export type * from './agent-conversation-wire-user.ts'
