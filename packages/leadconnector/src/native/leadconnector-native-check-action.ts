import { type FieldProblem, isRaw, type NativeGiven } from '@parley/core'
import { tooLong } from './leadconnector-native-check-agent.ts'

/** "Create Action": what the details of each type must hold. */
const required: Readonly<Record<string, readonly string[]>> = {
  triggerWorkflow: ['workflowIds', 'triggerCondition'],
  updateContactField: ['contactFieldId', 'description'],
  appointmentBooking: [
    'onlySendLink',
    'triggerWorkflow',
    'sleepAfterBooking',
    'transferBot',
    'rescheduleEnabled',
    'cancelEnabled',
  ],
  stopBot: [
    'stopBotDetectionType',
    'stopBotTriggerCondition',
    'reactivateEnabled',
    'enabled',
    'stopBotExamples',
    'finalMessage',
  ],
  humanHandOver: ['enabled', 'triggerCondition', 'reactivateEnabled', 'finalMessage', 'handoverType'],
  advancedFollowup: ['enabled', 'scenarioId', 'followupSequence'],
  transferBot: ['transferBotType', 'transferToBot', 'enabled'],
}

/** What is required as well when a field has one of these values. */
const requiredWhen: Readonly<Record<string, readonly (readonly [string, readonly unknown[], readonly string[]])[]>> = {
  appointmentBooking: [
    ['triggerWorkflow', [true], ['workflowIds']],
    ['sleepAfterBooking', [true], ['sleepTimeUnit', 'sleepTime']],
    ['transferBot', [true], ['transferAgent']],
  ],
  stopBot: [['reactivateEnabled', [true], ['sleepTimeUnit', 'sleepTime']]],
  humanHandOver: [
    ['handoverType', ['custom', 'contactRequest'], ['examples']],
    ['reactivateEnabled', [true], ['sleepTimeUnit', 'sleepTime']],
  ],
  transferBot: [['transferBotType', ['Custom'], ['transferBotTriggerCondition', 'transferBotExamples']]],
}

const switchesOfBooking = ['triggerWorkflow', 'sleepAfterBooking', 'transferBot', 'rescheduleEnabled', 'cancelEnabled']
const longestStep: Readonly<Record<string, number>> = { minutes: 60, hours: 24, days: 180 }

/** "Attach Action": what its type requires and limits. */
export const checkNewAction = (given: NativeGiven): FieldProblem | undefined =>
  given.body('type') === 'customApi' && isMissing(given.body('details.apiConfig'))
    ? problem('apiConfig', 'is required')
    : checkAction(given)

/** "Update Action": the same, but an API call keeps the configuration that is left away. */
export function checkAction({ body }: NativeGiven): FieldProblem | undefined {
  const type = String(body('type'))
  const detail = (name: string): unknown => body(`details.${name}`)
  for (const name of of(required, type)) if (isMissing(detail(name))) return problem(name, 'is required')
  for (const [name, values, names] of of(requiredWhen, type)) {
    const missing = values.includes(detail(name)) && names.find((other) => isMissing(detail(other)))
    if (missing) return problem(missing, `is required when ${name} is ${String(detail(name))}`)
  }
  if (type === 'appointmentBooking') return checkBooking(detail)
  if (type === 'stopBot') return tooFew('stopBotExamples', detail)
  if (type === 'transferBot' && detail('transferBotType') === 'Custom') return tooFew('transferBotExamples', detail)
  return type === 'advancedFollowup' ? checkSteps(detail('followupSequence')) : undefined
}

function checkBooking(detail: (name: string) => unknown): FieldProblem | undefined {
  // The plural is in no schema, and taken.
  if (isMissing(detail('calendarId')) && isMissing(detail('calendarIds'))) return problem('calendarId', 'is required')
  const on = detail('onlySendLink') === true && switchesOfBooking.find((name) => detail(name) === true)
  return on ? problem(on, 'must be false when onlySendLink is true') : undefined
}

function tooFew(name: string, detail: (name: string) => unknown): FieldProblem | undefined {
  const examples = detail(name)
  return Array.isArray(examples) && examples.length < 2 ? problem(name, 'must have at least 2 elements') : undefined
}

function checkSteps(steps: unknown): FieldProblem | undefined {
  if (!Array.isArray(steps)) return undefined
  for (const [index, step] of steps.entries()) {
    if (!isRaw(step)) continue
    const name = `details.followupSequence[${index}].followupTime`
    const wrong = tooLong(name, step['followupTime'], step['followupTimeUnit'], longestStep)
    if (wrong) return wrong
  }
  return undefined
}

const of = <T>(table: Readonly<Record<string, readonly T[]>>, type: string): readonly T[] =>
  Object.hasOwn(table, type) ? (table[type] ?? []) : []

const isMissing = (value: unknown): boolean => value === undefined || value === null || value === ''

const problem = (name: string, text: string): FieldProblem => ({ path: `body.details.${name}`, problem: text })
