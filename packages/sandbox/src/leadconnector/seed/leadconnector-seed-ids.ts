import { idFrom } from '../leadconnector-ids.ts'

/** Staff belong to the company, so one person has one id in all locations. */
export const seededUserId = (seed: number, operator: string): string => idFrom(`${seed}:user:${operator}`)

export const seededAgentId = (seed: number, locationId: string, bot: string): string =>
  idFrom(`${seed}:${locationId}:agent:${bot}`)

export const seededContactId = (seed: number, locationId: string, person: string): string =>
  idFrom(`${seed}:${locationId}:contact:${person}`)
