import { isJson, type Json, listOf } from '../leadconnector-json.ts'

const missing = (details: Json, keys: readonly string[]) =>
  keys
    .filter((key) => details[key] === undefined || details[key] === null || details[key] === '')
    .map((key) => `details.${key} should not be empty`)

const longest: Readonly<Record<string, number>> = { minutes: 60, hours: 24, days: 180 }

/** Fields that are required only because of what another field says. */
export function actionDetailViolations(type: string, details: Json): string[] {
  const when = (condition: unknown, ...keys: readonly string[]) => (condition === true ? missing(details, keys) : [])
  const wake = when(details['reactivateEnabled'], 'sleepTimeUnit', 'sleepTime')
  if (type === 'stopBot') return wake
  if (type === 'humanHandOver') {
    const handover = details['handoverType']
    return [...wake, ...when(handover === 'custom' || handover === 'contactRequest', 'examples')]
  }
  if (type === 'transferBot') {
    const custom = details['transferBotType'] === 'Custom'
    const few = custom && listOf(details['transferBotExamples']).length < 2
    return [
      ...when(custom, 'transferBotTriggerCondition'),
      ...(few ? ['details.transferBotExamples must contain at least 2 elements'] : []),
    ]
  }
  if (type === 'appointmentBooking') {
    return [
      ...when(details['triggerWorkflow'], 'workflowIds'),
      ...when(details['sleepAfterBooking'], 'sleepTimeUnit', 'sleepTime'),
      ...when(details['transferBot'], 'transferAgent'),
      ...linkOnly(details),
    ]
  }
  return type === 'advancedFollowup' ? sequence(details['followupSequence']) : []
}

/** An agent that only sends the link can do nothing around the booking. */
function linkOnly(details: Json): string[] {
  if (details['onlySendLink'] !== true) return []
  const others = ['triggerWorkflow', 'sleepAfterBooking', 'transferBot', 'rescheduleEnabled', 'cancelEnabled']
  return others
    .filter((key) => details[key] === true)
    .map((key) => `details.${key} must be false when onlySendLink is true`)
}

function sequence(steps: unknown): string[] {
  if (!Array.isArray(steps)) return []
  return steps.flatMap((step, index) => {
    const most = isJson(step) ? longest[String(step['followupTimeUnit'])] : undefined
    const tooLong = isJson(step) && most !== undefined && Number(step['followupTime']) > most
    return tooLong ? [`details.followupSequence.${index}.followupTime must not be greater than ${most}`] : []
  })
}
