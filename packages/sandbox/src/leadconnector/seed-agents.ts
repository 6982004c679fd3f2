import type { Bot, Dialogue, Person, World } from '../world/world.ts'
import { newAgent } from './agents.ts'
import { type AgentRecord, type ContactRecord, idFrom, type Json, type KnowledgeBaseRecord } from './records.ts'
import { seededAgentId, seededContactId, seededUserId } from './seed-credentials.ts'
import type { LocationState } from './state.ts'

/** The first agent answers by itself, the second only suggests, the third answers on other channels. */
const roles: readonly Partial<AgentRecord>[] = [
  {
    mode: 'auto-pilot',
    isPrimary: true,
    channels: ['SMS', 'WhatsApp', 'Live_Chat', 'WebChat'],
    sleepOnManualMessage: true,
    sleepTime: 2,
    sleepTimeUnit: 'hours',
  },
  { mode: 'suggestive', channels: ['FB', 'IG'], waitTime: 20, respondToImages: true },
  { mode: 'auto-pilot', channels: ['Email', 'Live_Chat'], waitTime: 2, waitTimeUnit: 'minutes' },
]

/** The number of agents that are switched off, as in old accounts. They fill a second page. */
const retired = 9

export function seedAgents(world: World, location: LocationState): void {
  const knowledgeBaseIds = [...location.knowledgeBases.keys()].slice(0, 1)
  const add = (bot: Bot, id: string, role: Partial<AgentRecord>) => {
    const { name, goal, personality, instructions, createdAt, updatedAt } = bot
    const words = { name, goal, personality, instructions, businessName: location.name, updatedAt, knowledgeBaseIds }
    location.agents.set(id, { ...newAgent(id, createdAt), ...words, ...role })
  }
  world.bots.forEach((bot, index) => {
    add(bot, seededAgentId(world.seed, location.id, bot.key), roles[index] ?? {})
  })
  const [bot] = world.bots
  for (let index = 1; bot && index <= retired; index += 1) {
    const id = seededAgentId(world.seed, location.id, `retired-${index}`)
    // An account that manages its channels elsewhere shows none.
    add({ ...bot, name: `Old desk ${index}` }, id, { channels: index % 3 === 0 ? null : ['SMS'] })
  }
  seedActions(world, location)
}

/** One action of every kind, divided between the first two agents. */
function seedActions({ seed }: World, location: LocationState): void {
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

export function seedKnowledge({ seed, knowledge, bots, now }: World, location: LocationState): void {
  const id = (key: string) => idFrom(`${seed}:${location.id}:knowledge:${key}`)
  const at = Math.min(now, ...bots.map(({ createdAt }) => createdAt))
  const shared = { createdAt: at, updatedAt: at }
  const pages = knowledge.filter(({ kind }) => kind === 'website')
  const faqs = knowledge.filter(({ kind }) => kind === 'faq')
  const count = (kind: string) => knowledge.filter((article) => article.kind === kind).length
  const main: KnowledgeBaseRecord = {
    ...shared,
    id: id('main'),
    name: 'Everything customers ask',
    description: 'The website, the FAQ and the manuals',
    isDefault: true,
    faqs: faqs.map(({ key, title, text }) => ({ ...shared, id: id(key), question: title, answer: text })),
    pages: [
      ...pages.map(({ key, title, text, url }) => ({
        id: id(key),
        url: url ?? '',
        title,
        text,
        status: 'Successful',
        updatedAt: at,
      })),
      { id: id('lost'), url: 'https://shop.example/lost', title: '', text: '', status: 'Failed', updatedAt: at },
    ],
    richText: count('text'),
    files: count('file'),
  }
  const drafts: KnowledgeBaseRecord = {
    ...shared,
    id: id('drafts'),
    name: 'Drafts',
    description: '',
    isDefault: false,
    faqs: [],
    pages: [],
    richText: 0,
    files: 0,
  }
  for (const base of [main, drafts]) location.knowledgeBases.set(base.id, base)
}

export function seedContact(
  { seed }: World,
  location: LocationState,
  person: Person,
  dialogues: readonly Dialogue[],
  index: number,
): ContactRecord {
  const id = seededContactId(seed, location.id, person.key)
  const operator = dialogues.findLast(({ assignedTo }) => assignedTo !== null)?.assignedTo
  const onTheWeb = dialogues.some(({ channel }) => channel === 'web')
  const contact: ContactRecord = {
    id,
    locationId: location.id,
    firstName: person.firstName,
    lastName: person.lastName,
    email: person.email,
    phone: person.phone,
    companyName: index % 6 === 1 ? `${person.lastName} & Co` : null,
    country: person.country,
    timezone: null,
    source: onTheWeb ? 'chat widget' : null,
    assignedTo: operator ? seededUserId(seed, operator) : null,
    tags: [...person.tags],
    dnd: index % 97 === 50,
    dndSettings: {},
    customFields: person.externalId
      ? [{ id: idFrom(`${seed}:${location.id}:field:customer-number`), value: person.externalId }]
      : [],
    visitorId: onTheWeb ? idFrom(`${id}:visitor`, 24) : null,
    dateAdded: person.createdAt,
    dateUpdated: Math.max(person.createdAt, dialogues.at(-1)?.createdAt ?? 0),
  }
  location.contacts.set(id, contact)
  return contact
}

/** The kinds of messages that a location's contacts can unsubscribe from: an active one and an archived one. */
export function seedSubtypes({ seed, now }: World, location: LocationState): void {
  for (const [name, archived] of [['News of the workshop', false] as const, ['Winter offers', true] as const]) {
    const id = idFrom(`${seed}:${location.id}:subtype:${name}`, 24)
    const shared = { description: '', channel: 'email', language: 'en', createdAt: now, updatedAt: now }
    location.subtypes.set(id, { id, name, archived, ...shared })
  }
}
