import type { FieldProblem, NativeEndpoint, NativeEndpoints, NativeGiven } from '@parley/core'
import { dateOnly } from './leadconnector-native-scopes.ts'
import type { LeadConnectorPreferenceEndpoints } from './leadconnector-native-types-preferences.ts'

/** The vendor declares neither a scope nor an answer for any of these. */
const preference = { answer: 'none', headers: dateOnly } satisfies Partial<NativeEndpoint>
const limits = { name: { maxLength: 100 }, description: { maxLength: 100 } }
const role = 'Requires the role of an admin of the agency or the account.'

export const preferenceEndpoints: NativeEndpoints<LeadConnectorPreferenceEndpoints> = {
  'GET /conversations/preferences/custom-subtypes': {
    ...preference,
    summary: 'Lists the kinds of messages that contacts can unsubscribe from, with the ids for `customSubtypeId`',
    required: { query: ['locationId'] },
  },
  'POST /conversations/preferences/custom-subtypes': {
    ...preference,
    summary: 'Creates a kind of messages that contacts can unsubscribe from',
    required: { query: ['locationId'], body: ['name', 'channel', 'language'] },
    limits,
    notes: [role],
  },
  'PUT /conversations/preferences/custom-subtypes/{id}': {
    ...preference,
    summary: 'Changes or archives a kind of messages that contacts can unsubscribe from',
    required: { query: ['locationId'] },
    limits,
    notes: [role],
  },
  'GET /conversations/preferences/unsubscriptions/status': {
    ...preference,
    summary: 'Reads what a contact is subscribed to',
    required: { query: ['locationId', 'contactId'] },
  },
  'POST /conversations/preferences/unsubscriptions/user-change': {
    ...preference,
    summary: 'Subscribes or unsubscribes a contact on behalf of a user',
    required: {
      body: [
        'locationId',
        'contactId',
        'email',
        'subscription_action',
        'subscription_action.type',
        'subscription_action.subtype_status',
      ],
    },
    check: checkSubscription,
    notes: [
      '`subtype_name` is required for the type `default`, `subtype_id` for `custom`.',
      '`legal_reason` is documented as required to subscribe a contact again.',
    ],
  },
}

const named: Readonly<Record<string, string>> = { default: 'subtype_name', custom: 'subtype_id' }

/** "Subscription action": the name of one of the vendor's own subtypes, or the id of one of the location's. */
function checkSubscription({ body }: NativeGiven): FieldProblem | undefined {
  const type = body('subscription_action.type')
  const field = typeof type === 'string' && Object.hasOwn(named, type) ? named[type] : undefined
  return field !== undefined && !body(`subscription_action.${field}`)
    ? { path: `body.subscription_action.${field}`, problem: `is required when type is ${String(type)}` }
    : undefined
}
