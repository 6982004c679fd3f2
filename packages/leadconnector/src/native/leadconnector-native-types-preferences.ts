import type { LeadConnectorWord } from './leadconnector-native-word.ts'

/** A kind of email or text message that a contact can unsubscribe from. Its id is what `customSubtypeId` of a send takes. */
export interface LeadConnectorCreateCustomSubtypeBody {
  /** At most 100 characters. */
  name: string
  /** At most 100 characters. */
  description?: string
  channel: LeadConnectorWord<'email' | 'sms'>
  /** A language code such as `en`. */
  language: string
}

export interface LeadConnectorUpdateCustomSubtypeBody {
  /** At most 100 characters. */
  name?: string
  /** At most 100 characters. */
  description?: string
  archived?: boolean
  resubscription_legal_form_id?: string
}

export interface LeadConnectorUnsubscriptionQuery {
  locationId: string
  contactId: string
  /** Without it the answer is about all email addresses of the contact. */
  email?: string
}

type SubscriptionStatus = LeadConnectorWord<'subscribed' | 'unsubscribed'>

/** What changes: a subtype that the vendor has, one of the location, or all of them back to subscribed. */
export type LeadConnectorSubscriptionAction =
  | { type: 'default'; subtype_name: LeadConnectorWord<'One on One'>; subtype_status: SubscriptionStatus }
  | {
      type: 'custom'
      /** The id of a custom subtype. */
      subtype_id: string
      subtype_status: SubscriptionStatus
    }
  | { type: 'resub_all'; subtype_status: SubscriptionStatus }

export interface LeadConnectorSubscriptionChangeBody {
  locationId: string
  contactId: string
  email: string
  subscription_action: LeadConnectorSubscriptionAction
  /** Documented as required to subscribe a contact again. */
  legal_reason?: string
  legal_description?: string
}

/** "Preference Management", which v3 does not have. The vendor declares the answer of none of these. */
export interface LeadConnectorPreferenceEndpoints {
  /** The only place that lists the ids that `customSubtypeId` takes. */
  'GET /conversations/preferences/custom-subtypes': { query: { locationId: string }; answer: unknown }
  'POST /conversations/preferences/custom-subtypes': {
    query: { locationId: string }
    body: LeadConnectorCreateCustomSubtypeBody
    answer: unknown
  }
  'PUT /conversations/preferences/custom-subtypes/{id}': {
    query: { locationId: string }
    body: LeadConnectorUpdateCustomSubtypeBody
    answer: unknown
  }
  'GET /conversations/preferences/unsubscriptions/status': {
    query: LeadConnectorUnsubscriptionQuery
    answer: unknown
  }
  'POST /conversations/preferences/unsubscriptions/user-change': {
    body: LeadConnectorSubscriptionChangeBody
    answer: unknown
  }
}
