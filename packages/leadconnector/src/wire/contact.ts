/** A contact as `GET /contacts/{contactId}` and the searches send it. */
export interface LeadConnectorContactPayload {
  id: string
  locationId?: string
  name?: string | null
  firstName?: string | null
  lastName?: string | null
  email?: string | null
  phone?: string | null
  companyName?: string | null
  timezone?: string | null
  dnd?: boolean
  /** Per channel: `SMS`, `Email`, `GMB`, `FB`, `WhatsApp`, `Call`. */
  dndSettings?: Record<string, { status?: string; message?: string; code?: string }>
  type?: string
  source?: string | null
  assignedTo?: string | null
  address1?: string | null
  city?: string | null
  state?: string | null
  country?: string | null
  postalCode?: string | null
  website?: string | null
  tags?: string[]
  dateOfBirth?: string | null
  dateAdded?: string
  dateUpdated?: string
  lastActivity?: string | number
  /** The value is `value`, and in v3 `fieldValue`. */
  customFields?: { id: string; value?: unknown; fieldValue?: unknown; field_value?: unknown }[]
  businessId?: string | null
  attributionSource?: LeadConnectorAttribution
  lastAttributionSource?: LeadConnectorAttribution
  visitorId?: string
  /** Addresses separated by commas. */
  attachments?: string
  ssn?: string
  keyword?: string
  emailLowerCase?: string
  firstNameLowerCase?: string
  lastNameLowerCase?: string
  fullNameLowerCase?: string
  /** Only in the deprecated list. */
  attributions?: LeadConnectorAttribution[]
  /** Ids of users. Only in lists. */
  followers?: string[]
  /** Where a search stands at this contact: what its next page starts after. */
  searchAfter?: (string | number)[]
}

/** How a contact came to the business. */
export interface LeadConnectorAttribution {
  url?: string
  campaign?: string
  utmSource?: string
  utmMedium?: string
  utmContent?: string
  referrer?: string
  campaignId?: string
  fbclid?: string
  gclid?: string
  msclikid?: string
  dclid?: string
  fbc?: string
  fbp?: string
  fbEventId?: string
  userAgent?: string
  ip?: string
  medium?: string
  mediumId?: string
}
