import type { World } from '../../world/world.ts'
import { idFrom } from '../leadconnector-ids.ts'
import type { LocationState } from '../state/leadconnector-state.ts'

/** What a location's contacts can unsubscribe from: one kind in use, and one that was given up. */
export function seedSubtypes({ seed, now }: World, location: LocationState): void {
  for (const [name, archived] of [['News of the workshop', false] as const, ['Winter offers', true] as const]) {
    const id = idFrom(`${seed}:${location.id}:subtype:${name}`, 24)
    const shared = { description: '', channel: 'email', language: 'en', createdAt: now, updatedAt: now }
    location.subtypes.set(id, { id, name, archived, ...shared })
  }
}
