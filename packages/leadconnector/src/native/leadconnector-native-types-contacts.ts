import type { LeadConnectorContactPayload } from '../wire/contact.ts'
import type { LeadConnectorWord } from './leadconnector-native-word.ts'

/** What can be written of a contact. */
export interface LeadConnectorContactFields {
  firstName?: string | null
  lastName?: string | null
  name?: string | null
  email?: string | null
  phone?: string | null
  address1?: string | null
  city?: string | null
  state?: string | null
  postalCode?: string | null
  country?: string | null
  website?: string | null
  timezone?: string | null
  dnd?: boolean
  /** By channel. */
  dndSettings?: {
    [Channel in 'Call' | 'Email' | 'SMS' | 'WhatsApp' | 'GMB' | 'FB']?: {
      status: LeadConnectorWord<'active' | 'inactive' | 'permanent'>
      message?: string
      code?: string
    }
  }
  inboundDndSettings?: { all?: { status: LeadConnectorWord<'active' | 'inactive'>; message?: string } }
  /** Replaces all tags. */
  tags?: string[]
  /** The value is `field_value`, and in v3 `fieldValue`. */
  customFields?: { id?: string; key?: string; field_value?: unknown; fieldValue?: unknown }[]
  source?: string | null
  dateOfBirth?: string | null
  /** A user. This is also who the contact's conversation is assigned to. */
  assignedTo?: string | null
}

export interface LeadConnectorUpsertContactBody extends LeadConnectorContactFields {
  locationId: string
  gender?: string
  companyName?: string | null
  createNewIfDuplicateAllowed?: boolean
}

/** The schema is empty; these fields are described by the vendor or known to work. */
export interface LeadConnectorContactSearchBody {
  locationId: string
  /** From 1. */
  page?: number
  pageLimit?: number
  /** Instead of `page`: the `searchAfter` of the last contact of the page before. */
  searchAfter?: unknown[]
  query?: string
  filters?: Record<string, unknown>[]
  sort?: { field: string; direction: 'asc' | 'desc' }[]
}

interface ContactAnswer {
  contact: LeadConnectorContactPayload
  traceId?: string
}

/** "Contacts": what conversations need of them. */
export interface LeadConnectorContactEndpoints {
  'GET /contacts/{contactId}': { answer: ContactAnswer }
  /** Which contact is the same one follows the location's settings. */
  'POST /contacts/upsert': { body: LeadConnectorUpsertContactBody; answer: ContactAnswer & { new?: boolean } }
  'POST /contacts/search': {
    body: LeadConnectorContactSearchBody
    answer: { contacts: LeadConnectorContactPayload[]; total?: number; traceId?: string }
  }
  'GET /contacts/search/duplicate': {
    query: { locationId: string; number?: string; email?: string }
    /** `null`: there is none. */
    answer: { contact?: LeadConnectorContactPayload | null; traceId?: string }
  }
  'PUT /contacts/{contactId}': { body: LeadConnectorContactFields; answer: ContactAnswer & { succeded?: boolean } }
  'GET /contacts/': {
    query: {
      locationId: string
      /** At most 100. */
      limit?: number
      query?: string
      /** The two together are where the page before ended: see `meta`. */
      startAfter?: number
      startAfterId?: string
    }
    answer: {
      contacts: LeadConnectorContactPayload[]
      count?: number
      meta?: {
        total?: number
        nextPageUrl?: string | null
        startAfter?: number | null
        startAfterId?: string | null
        currentPage?: number | null
        nextPage?: number | null
        prevPage?: number | null
      }
      traceId?: string
    }
  }
}
