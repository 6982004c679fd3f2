/**
 * Items per page. The agent search documents no size, so what is sent is what it was seen to take; the maxima of the
 * others are the largest that integrations use. An export has at least 10, so that smaller pages are cut here.
 */
export const leadConnectorPageSizes: {
  readonly agents: { default: number; max: number }
  readonly conversations: { default: number; max: number }
  readonly messages: { default: number; max: number }
  readonly contacts: { default: number; max: number }
  readonly exported: { default: number; max: number }
  readonly knowledge: { default: number; max: number }
} = {
  agents: { default: 50, max: 50 },
  conversations: { default: 20, max: 100 },
  messages: { default: 20, max: 100 },
  contacts: { default: 20, max: 100 },
  exported: { default: 500, max: 500 },
  knowledge: { default: 20, max: 100 },
}
