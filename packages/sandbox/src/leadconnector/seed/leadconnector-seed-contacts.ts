import type { Dialogue, Person, World } from '../../world/world.ts'
import { idFrom } from '../leadconnector-ids.ts'
import type { ContactRecord } from '../state/leadconnector-records.ts'
import type { LocationState } from '../state/leadconnector-state.ts'
import { seededContactId, seededUserId } from './leadconnector-seed-ids.ts'

export function seedContact(
  { seed }: World,
  location: LocationState,
  person: Person,
  dialogues: readonly Dialogue[],
  index: number,
): ContactRecord {
  const id = seededContactId(seed, location.id, person.key)
  const operator = dialogues.findLast(({ assignedTo }) => assignedTo !== null)?.assignedTo
  const onTheWeb = dialogues.some(({ channel }) => channel === 'web')
  const contact: ContactRecord = {
    id,
    locationId: location.id,
    firstName: person.firstName,
    lastName: person.lastName,
    email: person.email,
    phone: person.phone,
    companyName: index % 6 === 1 ? `${person.lastName} & Co` : null,
    country: person.country,
    timezone: null,
    source: onTheWeb ? 'chat widget' : null,
    assignedTo: operator ? seededUserId(seed, operator) : null,
    tags: [...person.tags],
    dnd: index % 97 === 50,
    dndSettings: {},
    customFields: person.externalId
      ? [{ id: idFrom(`${seed}:${location.id}:field:customer-number`), value: person.externalId }]
      : [],
    visitorId: onTheWeb ? idFrom(`${id}:visitor`, 24) : null,
    dateAdded: person.createdAt,
    dateUpdated: Math.max(person.createdAt, dialogues.at(-1)?.createdAt ?? 0),
  }
  location.contacts.set(id, contact)
  return contact
}
