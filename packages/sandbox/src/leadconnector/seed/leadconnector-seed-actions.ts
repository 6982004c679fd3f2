import type { World } from '../../world/world.ts'
import { idFrom } from '../leadconnector-ids.ts'
import type { Json } from '../leadconnector-json.ts'
import type { LocationState } from '../state/leadconnector-state.ts'

/** One action of every kind, spread over the first two agents. */
export function seedActions({ seed }: World, location: LocationState): void {
  const id = (key: string) => idFrom(`${seed}:${location.id}:${key}`)
  const [first, second] = [...location.agents.values()]
  const [userId] = [...location.users.keys()]
  if (!first || !second) return
  const add = (agent: typeof first, type: string, name: string, details: Json) => {
    agent.actions.push({ id: id(`action:${type}`), agentId: agent.id, type, name, details })
  }
  add(first, 'humanHandOver', 'Fetch a colleague', {
    enabled: true,
    handoverType: 'contactRequest',
    triggerCondition: 'The customer asks for a human being',
    examples: ['Can I talk to somebody?', 'A real person please'],
    assignToUserId: userId,
    createTask: true,
    reactivateEnabled: true,
    sleepTimeUnit: 'hours',
    sleepTime: 12,
    finalMessage: 'A colleague will be with you shortly.',
    tags: ['handed-over'],
  })
  add(first, 'appointmentBooking', 'Book a repair', {
    calendarId: id('calendar:repairs'),
    onlySendLink: false,
    triggerWorkflow: true,
    workflowIds: [id('workflow:booked')],
    sleepAfterBooking: true,
    sleepTimeUnit: 'hours',
    sleepTime: 1,
    transferBot: false,
    rescheduleEnabled: true,
    cancelEnabled: false,
  })
  add(first, 'updateContactField', 'Note the bike', {
    contactFieldId: id('field:bike'),
    description: 'The model of the bike that the customer owns',
    contactUpdateExamples: ['I ride the city model'],
  })
  add(first, 'stopBot', 'Say goodbye', {
    enabled: true,
    stopBotDetectionType: 'Goodbye',
    stopBotTriggerCondition: 'The customer says goodbye',
    stopBotExamples: ['bye', 'that was all'],
    reactivateEnabled: false,
    finalMessage: 'Have a good ride!',
    tags: [],
  })
  add(first, 'customApi', 'Look up the stock', {
    apiConfig: {
      method: 'GET',
      url: 'https://stock.shop.example/items',
      headers: { Accept: 'application/json' },
      queryParams: { branch: 'main' },
      authentication: { type: 'bearer', token: 'stock-secret-1' },
    },
  })
  add(second, 'triggerWorkflow', 'Send the brochure', {
    workflowIds: [id('workflow:brochure')],
    triggerCondition: 'The customer wants printed information',
    triggerMessage: 'It is on its way.',
  })
  add(second, 'advancedFollowup', 'Ask again', {
    enabled: true,
    scenarioId: 'contactStoppedReplying',
    followupSequence: [
      { id: 1, followupTimeUnit: 'hours', followupTime: 4, aiEnabledMessage: true },
      { id: 2, followupTimeUnit: 'days', followupTime: 2, aiEnabledMessage: false, customMessage: 'Still interested?' },
    ],
  })
  add(second, 'transferBot', 'Pass to the shop', {
    enabled: true,
    transferBotType: 'Default',
    transferToBot: first.id,
  })
}
