import {
  badRequest,
  boolean,
  created,
  invalid,
  type LocationCall,
  type LocationEndpoint,
  length,
  needed,
  object,
  ok,
  oneOf,
  optional,
  type Reply,
  type Shape,
  string,
  violations,
} from './http.ts'
import { noContact } from './messages.ts'
import { isJson, iso, type Json, type SubtypeRecord, textOf } from './records.ts'
import { type LocationState, newId } from './state.ts'

/** v3 lacks these endpoints. No scope and no response are declared, so they return the stored data unchanged. */
const route = { family: 'conversations', scope: null, only: 'date' } as const
const subtypes = '/conversations/preferences/custom-subtypes'
const unsubscriptions = '/conversations/preferences/unsubscriptions'

export const preferenceEndpoints: readonly LocationEndpoint[] = [
  { ...route, method: 'GET', path: subtypes, handle: listSubtypes },
  { ...route, method: 'POST', path: subtypes, handle: createSubtype },
  { ...route, method: 'PUT', path: `${subtypes}/:id`, handle: updateSubtype },
  { ...route, method: 'GET', path: `${unsubscriptions}/status`, handle: readSubscriptions },
  { ...route, method: 'POST', path: `${unsubscriptions}/user-change`, handle: changeSubscription },
]

const inLocation = { locationId: needed(string) }
const texts = { description: optional(length(0, 100)) }

function showSubtype({ id: locationId }: LocationState, { createdAt, updatedAt, ...subtype }: SubtypeRecord): Json {
  return { ...subtype, locationId, createdAt: iso(createdAt), updatedAt: iso(updatedAt) }
}

function listSubtypes({ location, query }: LocationCall): Reply {
  const broken = violations(inLocation, query)
  if (broken.length > 0) return invalid(broken)
  return ok([...location.subtypes.values()].map((subtype) => showSubtype(location, subtype)))
}

function createSubtype({ body, location, query, state, now }: LocationCall): Reply {
  const shape = {
    ...texts,
    name: needed(length(1, 100)),
    channel: needed(oneOf('email', 'sms')),
    language: needed(string),
  }
  const broken = [...violations(inLocation, query), ...violations(shape, body)]
  if (broken.length > 0) return invalid(broken)
  const subtype: SubtypeRecord = {
    id: newId(state, 'subtype', 24),
    name: String(body['name']),
    description: textOf(body['description']) ?? '',
    channel: String(body['channel']),
    language: String(body['language']),
    archived: false,
    createdAt: now,
    updatedAt: now,
  }
  location.subtypes.set(subtype.id, subtype)
  return created(showSubtype(location, subtype))
}

function updateSubtype({ body, location, params, query, now }: LocationCall): Reply {
  const subtype = location.subtypes.get(params['id'] ?? '')
  if (!subtype) return noSubtype(params['id'])
  const shape = {
    ...texts,
    name: optional(length(1, 100)),
    archived: optional(boolean),
    resubscription_legal_form_id: optional(string),
  }
  const broken = [...violations(inLocation, query), ...violations(shape, body)]
  if (broken.length > 0) return invalid(broken)
  subtype.name = textOf(body['name']) ?? subtype.name
  subtype.description = textOf(body['description']) ?? subtype.description
  if (typeof body['archived'] === 'boolean') subtype.archived = body['archived']
  subtype.updatedAt = now
  return ok(showSubtype(location, subtype))
}

const noSubtype = (id: unknown): Reply => badRequest(`Custom subtype with id ${id} not found`)

function readSubscriptions({ location, query }: LocationCall): Reply {
  const shape = { ...inLocation, contactId: needed(string), email: optional(string) }
  const broken = violations(shape, query)
  if (broken.length > 0) return invalid(broken)
  const contact = location.contacts.get(query['contactId'] ?? '')
  if (!contact) return noContact(query['contactId'])
  const email = textOf(query['email']) ?? contact.email
  const emails = email === null ? [] : [{ email, subscriptions: subscriptionsOf(location, contact.id, email) }]
  return ok({ contactId: contact.id, emails })
}

/** A contact is subscribed to everything until somebody changes it. */
function subscriptionsOf({ subtypes: own, unsubscribed }: LocationState, contactId: string, email: string): Json[] {
  const statusOf = (key: string) => (unsubscribed.has(keyOf(contactId, email, key)) ? 'unsubscribed' : 'subscribed')
  return [
    ...defaults.map((name) => ({ type: 'default', subtype_name: name, subtype_status: statusOf(name) })),
    ...[...own.keys()].map((id) => ({ type: 'custom', subtype_id: id, subtype_status: statusOf(id) })),
  ]
}

const keyOf = (contactId: string, email: string, subtype: string): string =>
  `${contactId} ${email.toLowerCase()} ${subtype}`

/** The subtypes that exist in every location. */
const defaults = ['One on One']

function changeSubscription({ body, location }: LocationCall): Reply {
  const action = isJson(body['subscription_action']) ? body['subscription_action'] : {}
  const shape = {
    ...inLocation,
    contactId: needed(string),
    email: needed(string),
    subscription_action: needed(object(actionShape(action['type']))),
    legal_reason: optional(string),
    legal_description: optional(string),
  }
  const broken = violations(shape, body)
  if (broken.length > 0) return invalid(broken)
  const contactId = String(body['contactId'])
  if (!location.contacts.has(contactId)) return noContact(contactId)
  const isBack = action['type'] === 'resub_all' || action['subtype_status'] === 'subscribed'
  if (isBack && textOf(body['legal_reason']) === null) return badRequest('legal_reason is required to resubscribe')
  const subtype = String(action['type'] === 'custom' ? action['subtype_id'] : action['subtype_name'])
  if (action['type'] === 'custom' && !location.subtypes.has(subtype)) return noSubtype(subtype)
  const keys = (action['type'] === 'resub_all' ? [...defaults, ...location.subtypes.keys()] : [subtype]).map((each) =>
    keyOf(contactId, String(body['email']), each),
  )
  for (const key of keys) isBack ? location.unsubscribed.delete(key) : location.unsubscribed.add(key)
  return created({ success: true })
}

const actionShape = (type: unknown): Shape => ({
  type: needed(oneOf('default', 'custom', 'resub_all')),
  subtype_status: needed(oneOf('subscribed', 'unsubscribed')),
  ...(type === 'default' && { subtype_name: needed(oneOf(...defaults)) }),
  ...(type === 'custom' && { subtype_id: needed(string) }),
})
