/**
 * What a webhook of LeadConnector holds: the envelope, and the fields of its event beside it. A sample of the vendor's
 * guide has them under `data` instead.
 */
export interface LeadConnectorWebhookPayload {
  /** The event. What goes to a provider's delivery URL has no envelope, and the kind of message here. */
  type?: string
  locationId?: string
  companyId?: string
  appId?: string
  versionId?: string
  /** When it was sent first; a retry repeats it. */
  timestamp?: string
  /** The same for every delivery of one event. */
  webhookId?: string
  data?: Record<string, unknown>
  [field: string]: unknown
}
