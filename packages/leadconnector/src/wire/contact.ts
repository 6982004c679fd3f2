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
  customFields?: { id: string; value?: unknown }[]
  businessId?: string | null
  attributionSource?: Record<string, unknown>
  lastAttributionSource?: Record<string, unknown>
  visitorId?: string
}
