export type * from './livechatai-wire-agent.ts'
export type * from './livechatai-wire-contact.ts'
export type * from './livechatai-wire-conversation.ts'
export type * from './livechatai-wire-message.ts'
