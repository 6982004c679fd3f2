export * from './chatbot.ts'
export { createChatbot } from './create-chatbot.ts'
export { type SourcePart, type UIChatMessage, uiMessages } from './ui-message.ts'
