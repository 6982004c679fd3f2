import { badRequest, type Reply } from '../http/leadconnector-reply.ts'

export const noConversation = (id: unknown): Reply => badRequest(`Conversation with id ${id} not found`)
export const noMessage = (id: unknown): Reply => badRequest(`Message does not exist with id ${id}`)
export const noContact = (id: unknown): Reply => badRequest(`Contact not found for id: ${id}`)
