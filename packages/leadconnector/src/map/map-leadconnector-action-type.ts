import { type AgentActionType, type TermMap, words } from '@parley/core'

export const mapLeadConnectorActionType: TermMap<AgentActionType> = words({
  triggerWorkflow: 'trigger-workflow',
  updateContactField: 'update-contact-field',
  appointmentBooking: 'book-appointment',
  stopBot: 'stop-bot',
  humanHandOver: 'hand-over',
  advancedFollowup: 'follow-up',
  transferBot: 'transfer-bot',
  customApi: 'api-call',
})
