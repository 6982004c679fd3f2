import type { Dialogue, World } from '../../world/world.ts'
import { emptyLocation, type LocationState } from '../state/leadconnector-state.ts'
import { seedAgents } from './leadconnector-seed-agents.ts'
import { seedBlast } from './leadconnector-seed-blast.ts'
import { seedContact } from './leadconnector-seed-contacts.ts'
import { seedConversation } from './leadconnector-seed-conversation.ts'
import type { Names } from './leadconnector-seed-credentials.ts'
import { seededUserId } from './leadconnector-seed-ids.ts'
import { seedKnowledge } from './leadconnector-seed-knowledge.ts'
import { seedSubtypes } from './leadconnector-seed-subtypes.ts'

/** What a seeded part needs to know of the place it is in. */
export interface Place extends Names {
  readonly name: string
}

export function seedLocation(world: World, place: Place): LocationState {
  const location = emptyLocation(place.locationId, place.companyId, place.name)
  for (const { key, name, email } of world.operators) {
    const id = seededUserId(world.seed, key)
    const [firstName = '', ...rest] = name.split(' ')
    location.users.set(id, { id, firstName, lastName: rest.join(' '), email })
  }
  seedKnowledge(world, location)
  seedAgents(world, location)
  seedSubtypes(world, location)
  const dialogues = byPerson(world.dialogues)
  world.people.forEach((person, index) => {
    const told = dialogues.get(person.key) ?? []
    const contact = seedContact(world, location, person, told, index)
    // This vendor has one conversation per contact, so all that a person ever talked about is in it.
    if (told.length > 0) seedConversation(world, location, place, contact, told, index)
  })
  seedBlast(world, location)
  return location
}

function byPerson(dialogues: readonly Dialogue[]): Map<string, Dialogue[]> {
  const grouped = new Map<string, Dialogue[]>()
  for (const dialogue of dialogues) grouped.set(dialogue.person, [...(grouped.get(dialogue.person) ?? []), dialogue])
  for (const group of grouped.values()) group.sort((a, b) => a.createdAt - b.createdAt)
  return grouped
}
