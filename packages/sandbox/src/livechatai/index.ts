export { createLiveChatAIEmulator } from './livechatai-emulator.ts'
export type { LiveChatAISettings } from './livechatai-settings.ts'
