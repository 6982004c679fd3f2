import { useNock } from '@parley/testkit/nock'
import { describe, it } from 'vitest'
import { accepts, caseOf, refuses } from './attempt.ts'
import { handOver } from './cases-agents.ts'

useNock()

const attach = 'POST /conversation-ai/agents/{agentId}/actions'
const replace = 'PUT /conversation-ai/agents/{agentId}/actions/{actionId}'
const action = (type: string, details: object) => ({ body: { type, name: 'A name', details } })

const booking = {
  calendarId: 'cal_1',
  onlySendLink: false,
  triggerWorkflow: false,
  sleepAfterBooking: false,
  transferBot: false,
  rescheduleEnabled: true,
  cancelEnabled: false,
}
const stop = {
  stopBotDetectionType: 'Goodbye',
  stopBotTriggerCondition: 'They say goodbye',
  reactivateEnabled: false,
  enabled: true,
  stopBotExamples: ['bye', 'see you'],
  finalMessage: 'Goodbye!',
}
const transfer = { transferBotType: 'Default', transferToBot: 'agt_2', enabled: true }
const handover = { ...handOver.details, handoverType: 'lackOfInformation', reactivateEnabled: false }
const step = { id: 1, followupTimeUnit: 'minutes', followupTime: 60 }
const followup = { enabled: true, scenarioId: 'contactIsBusy', followupSequence: [step] }

/** Details that are whole, and what of them must not be left away. */
const whole: [type: string, details: Record<string, unknown>, required: string[]][] = [
  ['triggerWorkflow', { workflowIds: ['w'], triggerCondition: 'x' }, ['workflowIds', 'triggerCondition']],
  ['updateContactField', { contactFieldId: 'f', description: 'x' }, ['contactFieldId', 'description']],
  ['appointmentBooking', booking, Object.keys(booking)],
  ['stopBot', stop, Object.keys(stop)],
  ['humanHandOver', handover, ['enabled', 'triggerCondition', 'reactivateEnabled', 'finalMessage', 'handoverType']],
  ['advancedFollowup', followup, Object.keys(followup)],
  ['transferBot', transfer, Object.keys(transfer)],
]

describe.each([attach, replace])('%s', (route) => {
  const { path = {} } = caseOf(route).input
  const rows = whole.flatMap(([type, details, required]) => required.map((name) => [type, name, details] as const))

  it.each(whole)('sends complete details of the type %s', (type, details) =>
    accepts(route, { path, ...action(type, details) }),
  )

  it.each(rows)('refuses the type %s without details.%s', (type, name, details) => {
    const { [name]: _, ...others } = details
    return refuses(route, { path, ...action(type, others) }, `body.details.${name}`, 'is required')
  })

  it.each([
    ['appointmentBooking', { ...booking, triggerWorkflow: true }, 'workflowIds', 'triggerWorkflow is true'],
    ['appointmentBooking', { ...booking, sleepAfterBooking: true }, 'sleepTimeUnit', 'sleepAfterBooking is true'],
    [
      'appointmentBooking',
      { ...booking, sleepAfterBooking: true, sleepTimeUnit: 'hours' },
      'sleepTime',
      'sleepAfterBooking is true',
    ],
    ['appointmentBooking', { ...booking, transferBot: true }, 'transferAgent', 'transferBot is true'],
    ['stopBot', { ...stop, reactivateEnabled: true }, 'sleepTimeUnit', 'reactivateEnabled is true'],
    ['humanHandOver', { ...handover, handoverType: 'custom', examples: null }, 'examples', 'handoverType is custom'],
    [
      'humanHandOver',
      { ...handover, handoverType: 'contactRequest', examples: null },
      'examples',
      'handoverType is contactRequest',
    ],
    [
      'humanHandOver',
      { ...handover, reactivateEnabled: true, sleepTime: null },
      'sleepTime',
      'reactivateEnabled is true',
    ],
    [
      'transferBot',
      { ...transfer, transferBotType: 'Custom' },
      'transferBotTriggerCondition',
      'transferBotType is Custom',
    ],
    [
      'transferBot',
      { ...transfer, transferBotType: 'Custom', transferBotTriggerCondition: 'x' },
      'transferBotExamples',
      'transferBotType is Custom',
    ],
  ])('refuses the type %s with %j without details.%s', (type, details, name, when) =>
    refuses(route, { path, ...action(type, details) }, `body.details.${name}`, `is required when ${when}`),
  )

  it.each([
    ['stopBot', { ...stop, stopBotExamples: ['bye'] }, 'stopBotExamples', 'must have at least 2 elements'],
    [
      'transferBot',
      { ...transfer, transferBotType: 'Custom', transferBotTriggerCondition: 'x', transferBotExamples: ['y'] },
      'transferBotExamples',
      'must have at least 2 elements',
    ],
    [
      'appointmentBooking',
      { ...booking, onlySendLink: true },
      'rescheduleEnabled',
      'must be false when onlySendLink is true',
    ],
  ])('refuses the type %s with %j because of details.%s', (type, details, name, problem) =>
    refuses(route, { path, ...action(type, details) }, `body.details.${name}`, problem),
  )

  it.each([
    ['minutes', 61, 60],
    ['hours', 25, 24],
    ['days', 181, 180],
  ])('refuses a follow-up step in %s of %i and sends one of %i', async (followupTimeUnit, tooMany, most) => {
    const steps = (followupTime: number) => [step, { ...step, followupTimeUnit, followupTime }]
    const input = (time: number) => ({
      path,
      ...action('advancedFollowup', { ...followup, followupSequence: steps(time) }),
    })
    const place = 'body.details.followupSequence[1].followupTime'
    await refuses(route, input(tooMany), place, `must be at most ${most} ${followupTimeUnit}`)
    await accepts(route, input(most))
  })

  it.each([
    ['appointmentBooking', { ...booking, calendarId: undefined, calendarIds: [{ id: 'cal_1' }] }],
    ['appointmentBooking', { ...booking, onlySendLink: true, rescheduleEnabled: false }],
    ['transferBot', { ...transfer, transferBotExamples: [] }],
    ['aKindOfTheFuture', { anything: true }],
    ['toString', {}],
  ])('sends the type %s with %j', (type, details) => accepts(route, { path, ...action(type, details) }))
})

describe('an action that calls an API', () => {
  it('needs its configuration when it is attached and can be replaced without one', async () => {
    const [{ path: one = {} }, { path: other = {} }] = [caseOf(attach).input, caseOf(replace).input]
    const bare = action('customApi', { note: 'x' })
    await refuses(attach, { path: one, ...bare }, 'body.details.apiConfig', 'is required')
    await accepts(attach, { path: one, ...action('customApi', { apiConfig: { url: 'https://x.example' } }) })
    await accepts(replace, { path: other, ...bare })
  })
})
