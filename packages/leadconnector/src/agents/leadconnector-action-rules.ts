import { type Call, invalid, type Raw } from '@parley/core'

/** What one field of an action demands of another. The paths are the contract's. @throws InvalidRequestError */
export function checkDetails(call: Call, kind: string, details: Raw): void {
  if (kind === 'book-appointment') checkBooking(call, details)
  // "humanHandOver": examples where it is told by what the contact says.
  if (kind === 'hand-over' && ['custom', 'contactRequest'].includes(String(details['handoverType'])))
    demand(call, details['examples'], 'examples', 1)
  if (kind === 'transfer-bot' && details['transferBotType'] === 'Custom') {
    demand(call, details['transferBotTriggerCondition'], 'condition')
    demand(call, details['transferBotExamples'], 'examples', 2)
  }
}

/** "appointmentBooking": who only sends a link does nothing else. */
const notWithLink = {
  triggerWorkflow: 'workflowIds',
  sleepAfterBooking: 'pauseMs',
  transferBot: 'transferToAgentId',
  rescheduleEnabled: 'canReschedule',
  cancelEnabled: 'canCancel',
} as const

function checkBooking(call: Call, details: Raw): void {
  if (!details['calendarId'] && !details['calendarIds']) throw invalid(call, 'calendarId', 'is required')
  if (details['onlySendLink'] !== true) return
  for (const [key, path] of Object.entries(notWithLink))
    if (details[key] === true) throw invalid(call, path, 'cannot be together with onlySendsLink')
}

function demand(call: Call, value: unknown, path: string, atLeast?: number): void {
  if (value === undefined || value === null || value === '') throw invalid(call, path, 'is required')
  if (atLeast !== undefined && (value as unknown[]).length < atLeast)
    throw invalid(call, path, `must have at least ${atLeast} elements`)
}
