export * from './chatbot.ts'
export { createChatbot } from './create-chatbot.ts'
