import type { Json } from '../leadconnector-json.ts'
import { showContact } from '../side/leadconnector-contact-view.ts'
import type { ContactRecord, EmailRecord, KnowledgeBaseRecord } from '../state/leadconnector-records.ts'
import type { Grant, LocationState, State } from '../state/leadconnector-state.ts'

/** What a contact's writer may have changed, as it was before. */
export interface ContactBefore {
  readonly tags: string
  readonly dnd: string
  readonly rest: string
}

const dndOf = ({ dnd, dndSettings }: ContactRecord): Json => ({ dnd, dndSettings })

export function rememberContact(contact: ContactRecord): ContactBefore {
  const { tags, dateUpdated: _, ...rest } = contact
  return {
    tags: JSON.stringify(tags),
    dnd: JSON.stringify(dndOf(contact)),
    rest: JSON.stringify({ ...rest, ...{ dnd: null, dndSettings: null } }),
  }
}

/** Tells of a contact: a new one, or each thing about it that has an event of its own. */
export function announceContact(
  state: State,
  location: LocationState,
  contact: ContactRecord,
  before: ContactBefore | null,
): void {
  const tell = (type: string, more: Json = {}) =>
    state.announce({ type, locationId: location.id, fields: () => ({ ...showEvent(location, contact), ...more }) })
  const after = rememberContact(contact)
  if (!before) tell('ContactCreate')
  else {
    if (after.rest !== before.rest) tell('ContactUpdate')
    if (after.tags !== before.tags) tell('ContactTagUpdate')
    if (after.dnd !== before.dnd) tell('ContactDndUpdate', dndOf(contact))
  }
}

/** What the API shows and the event leaves away. */
const notInEvents = new Set(['dndSettings', 'type', 'dateUpdated', 'visitorId'])

const showEvent = (location: LocationState, contact: ContactRecord): Json =>
  Object.fromEntries(Object.entries(showContact(location, contact)).filter(([field]) => !notInEvents.has(field)))

type KnowledgeBaseChange = 'Create' | 'Update' | 'Delete'

export function announceKnowledgeBase(
  state: State,
  location: LocationState,
  { id, name, description }: KnowledgeBaseRecord,
  change: KnowledgeBaseChange,
): void {
  state.announce({
    type: `KnowledgeBase${change}`,
    locationId: location.id,
    fields: () => ({ id, name, description, deleted: change === 'Delete' }),
  })
}

/** The application was installed: its code was redeemed. */
export function announceInstall(state: State, { tenant, locationId }: Grant): void {
  const { companyId } = state
  state.announce({
    type: 'INSTALL',
    ...(locationId !== null && { locationId }),
    fields: () => ({
      installType: tenant === 'location' ? 'Location' : 'Company',
      companyId,
      userId: state.userId,
      isWhitelabelCompany: false,
    }),
  })
}

/** What the vendor's mail service says about an email: it knows addresses, and nothing of messages. */
export function announceEmail(state: State, location: LocationState, email: EmailRecord, event: string): void {
  const { companyId } = state
  const timestamp = Math.floor(state.context.now() / 1000)
  state.announce({
    type: 'LCEmailStats',
    locationId: location.id,
    fields: () => ({
      companyId,
      webhookPayload: {
        event,
        id: email.id,
        timestamp,
        recipient: email.to[0],
        'delivery-status': { 'attempt-no': 1, code: 250, message: 'OK' },
      },
    }),
  })
}
