import { badRequest, type Reply } from '../http/leadconnector-reply.ts'

export const noAgent = (id: unknown): Reply => badRequest(`No Agent found for the id: ${id}`)
export const noAction = (id: unknown): Reply => badRequest(`No Action found for the id: ${id}`)
