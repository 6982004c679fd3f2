/** A word of the vendor: the documented ones, and whatever it adds to them one day. */
export type LeadConnectorWord<Known extends string> = Known | (string & Record<never, never>)
