import type { Article, Dialogue, Turn, World, WorldChannel } from '../world/world.ts'
import { makeGeneration } from './bot.ts'
import { type ContactRecord, type ConversationRecord, idFrom, pick, type Sentence } from './records.ts'
import { seedAgents, seedContact, seedKnowledge, seedSubtypes } from './seed-agents.ts'
import { type Names, seededAgentId, seededUserId } from './seed-credentials.ts'
import { emptyLocation, type LocationState } from './state.ts'
import { type Draft, type EmailDraft, writeMessage } from './write-message.ts'

/** The location's data that seeding a conversation needs. */
interface Place extends Names {
  readonly name: string
}

export function seedLocation(world: World, place: Place): LocationState {
  const location = emptyLocation(place.locationId, place.companyId, place.name)
  for (const { key, name, email } of world.operators) {
    const id = seededUserId(world.seed, key)
    const [firstName = '', ...rest] = name.split(' ')
    location.users.set(id, { id, firstName, lastName: rest.join(' '), email })
  }
  seedKnowledge(world, location)
  seedAgents(world, location)
  seedSubtypes(world, location)
  const dialogues = byPerson(world.dialogues)
  world.people.forEach((person, index) => {
    const told = dialogues.get(person.key) ?? []
    const contact = seedContact(world, location, person, told, index)
    // This vendor has one conversation per contact, so it contains all dialogues of a person.
    if (told.length > 0) seedConversation(world, location, place, contact, told, index)
  })
  seedBlast(world, location)
  return location
}

function byPerson(dialogues: readonly Dialogue[]): Map<string, Dialogue[]> {
  const grouped = new Map<string, Dialogue[]>()
  for (const dialogue of dialogues) grouped.set(dialogue.person, [...(grouped.get(dialogue.person) ?? []), dialogue])
  for (const group of grouped.values()) group.sort((a, b) => a.createdAt - b.createdAt)
  return grouped
}

function seedConversation(
  world: World,
  location: LocationState,
  place: Place,
  contact: ContactRecord,
  dialogues: readonly Dialogue[],
  index: number,
): void {
  const createdAt = Math.min(...dialogues.map((dialogue) => dialogue.createdAt))
  const last = dialogues.at(-1)
  const staff = world.operators.map(({ key }) => seededUserId(world.seed, key))
  const follower = staff[index % staff.length]
  const conversation: ConversationRecord = {
    id: idFrom(`${contact.id}:conversation`),
    contactId: contact.id,
    createdAt,
    searchableAt: 0,
    updatedAt: createdAt,
    unreadCount: last?.unread ?? 0,
    starred: dialogues.some(({ starred }) => starred),
    deleted: false,
    feedback: undefined,
    followers: follower && index % 6 === 2 ? [follower] : [],
    mentions: follower && index % 15 === 3 ? [follower] : [],
    score: pick(contact.id, 101),
    messages: [],
    // A person has taken over, so the bot is silent.
    botSleepsUntil: last?.handedOver ? Number.POSITIVE_INFINITY : 0,
    botAnswers: 0,
  }
  location.conversations.set(conversation.id, conversation)
  for (const dialogue of dialogues) {
    if (dialogue.channel === 'voice') seedCalls(world, location, conversation, dialogue)
    else seedTurns(world, location, place, conversation, dialogue)
  }
  if (conversation.messages.length > 0) seedExtras(location, conversation, contact, staff, index)
}

function seedTurns(
  world: World,
  location: LocationState,
  place: Place,
  conversation: ConversationRecord,
  dialogue: Dialogue,
): void {
  let input = ''
  for (const turn of dialogue.turns) {
    const id = idFrom(`${location.id}:${turn.key}`)
    const history = turn.by === 'bot' ? [...conversation.messages] : []
    if (turn.by === 'system') {
      writeMessage(location, conversation, activityDraft(id, turn))
      continue
    }
    const common = commonDraft(id, location, place, conversation, dialogue, turn)
    const draft = { ...common, ...speakerDraft(world, dialogue, turn, common.messageType) }
    writeMessage(location, conversation, draft, emailDrafts(draft, dialogue, turn))
    if (turn.by === 'person') input = turn.text
    const agent = location.agents.get(seededAgentId(world.seed, location.id, dialogue.bot))
    if (turn.by !== 'bot' || !agent) continue
    location.generations.set(
      id,
      makeGeneration({
        messageId: id,
        agent,
        input,
        text: turn.text,
        articles: articlesOf(world, turn),
        history,
        visibleAt: 0,
        source: draft.source === 'workflow' ? 'workflow' : 'conversation',
        actionLogs: pick(id, 12) === 0 ? [{ contactUpdateAction: [{ fieldId: idFrom('field'), value: 'city' }] }] : [],
      }),
    )
  }
}

function commonDraft(
  id: string,
  location: LocationState,
  place: Place,
  conversation: ConversationRecord,
  { channel, key }: Dialogue,
  turn: Turn,
): Draft {
  const messageType = messageTypeOfWorld(channel, key)
  const inbound = turn.by === 'person'
  const phone = location.contacts.get(conversation.contactId)?.phone
  const ends = { from: inbound ? phone : '+15550100', to: inbound ? '+15550100' : phone }
  const byPhone = phone && (channel === 'sms' || channel === 'whatsapp')
  const page = { id: idFrom(`${location.id}:page`, 15), name: location.name }
  // Some email messages are a thread of two: a second email followed before anyone answered.
  const emailCount = pick(`${id}:emails`, 40) === 0 ? 2 : 1
  return {
    id,
    messageType,
    at: turn.at,
    direction: inbound ? 'inbound' : 'outbound',
    body: turn.text,
    contentType: 'text/plain',
    attachments: turn.attachment ? [turn.attachment.url] : [],
    ...(byPhone && (ends as { from: string; to: string })),
    ...(channel === 'messenger' && { page: { kind: 'fb', ...page } }),
    ...(channel === 'instagram' && { page: { kind: 'ig', ...page } }),
    ...(channel === 'web' && { chatWidgetId: idFrom(`${location.id}:widget`, 24) }),
    ...(usesProvider(channel) && { conversationProviderId: place.conversationProviderId }),
    ...(channel === 'api' && { altId: turn.key }),
    ...(channel === 'email' && {
      emailIds: Array.from({ length: emailCount }, (_, index) => idFrom(`${id}:email:${index}`)),
    }),
  }
}

function speakerDraft({ seed }: World, dialogue: Dialogue, turn: Turn, messageType: string): Partial<Draft> {
  const status = statusOf(turn)
  switch (turn.by) {
    case 'bot':
      // No field marks an AI answer; only its generation shows it. A few have a workflow as source.
      return { ...status, source: pick(`${turn.key}:flow`, 23) === 0 ? 'workflow' : 'app' }
    case 'operator':
      return { ...status, source: 'app', userId: seededUserId(seed, turn.operator ?? '') }
    case 'automation': {
      const source = ['workflow', 'campaign', 'bulk_actions'][pick(turn.key, 3)] ?? 'workflow'
      const campaign = messageType.replace('TYPE_', 'TYPE_CAMPAIGN_')
      const known = ['sms', 'email', 'messenger', 'google'].includes(dialogue.channel)
      return { ...status, source, ...(source === 'campaign' && known && { messageType: campaign }) }
    }
    default:
      return { status: 'delivered' }
  }
}

function statusOf({ key }: Turn): Partial<Draft> {
  if (pick(`${key}:failed`, 97) === 0) return { status: 'failed', error: '30007: Message filtered by the carrier' }
  // An undocumented word.
  if (pick(`${key}:odd`, 61) === 0) return { status: 'parked_by_carrier' }
  return { status: ['delivered', 'delivered', 'sent', 'read'][pick(key, 4)] ?? 'delivered' }
}

const activities = ['TYPE_ACTIVITY_CONTACT', 'TYPE_ACTIVITY_OPPORTUNITY', 'TYPE_ACTIVITY_EMPLOYEE_ACTION_LOG']

/** An activity has no body, no status and no content type. The event is in `activity`. */
function activityDraft(id: string, { text, key, at }: Turn): Draft {
  const messageType = activities[pick(key, activities.length)] ?? 'TYPE_ACTIVITY_CONTACT'
  return { id, messageType, at, direction: 'outbound', activity: { type: 'system', title: text, data: {} } }
}

function emailDrafts(draft: Draft, { subject, turns }: Dialogue, turn: Turn): EmailDraft[] {
  const line = turns[0] === turn ? subject : `Re: ${subject}`
  return (draft.emailIds ?? []).map((_, index) =>
    index === 0 ? { subject: line } : { subject: line, html: '<p>One more thing: thank you for your patience.</p>' },
  )
}

function articlesOf({ knowledge }: World, { articles }: Turn): Article[] {
  return articles.flatMap((key) => knowledge.find((article) => article.key === key) ?? [])
}

const turnsPerCall = 8
const desk = '+15550100'

/** A phone call is one message. Its words are in the transcription. */
function seedCalls(
  { seed }: World,
  location: LocationState,
  conversation: ConversationRecord,
  { turns }: Dialogue,
): void {
  const phone = location.contacts.get(conversation.contactId)?.phone ?? ''
  const spoken = turns.filter(({ by }) => by !== 'system')
  for (let start = 0; start < spoken.length; start += turnsPerCall) {
    const said = spoken.slice(start, start + turnsPerCall)
    const [first] = said
    if (!first) return
    const inbound = first.by === 'person'
    const operator = said.find((turn) => turn.operator !== null)?.operator
    const alone = inbound && said.length === 1
    const status = alone ? 'voicemail' : 'completed'
    const sentences = transcribe(said)
    writeMessage(location, conversation, {
      id: idFrom(`${location.id}:${first.key}`),
      messageType: 'TYPE_CALL',
      at: first.at,
      direction: inbound ? 'inbound' : 'outbound',
      status,
      contentType: 'text/plain',
      // A recording has its own path and is never an attachment.
      attachments: [],
      call: { duration: Math.ceil((sentences.at(-1)?.endTime ?? 0) / 1000), status, sentences },
      from: inbound ? phone : desk,
      to: inbound ? desk : phone,
      ...(!inbound && { source: 'app' }),
      ...(operator && { userId: seededUserId(seed, operator) }),
    })
  }
}

/** Two channels, one per side. Each sentence takes as long as it takes to say. */
function transcribe(turns: readonly Turn[]): Sentence[] {
  let at = 400
  return turns.map(({ by, text }) => {
    const startTime = at
    at += 600 + text.length * 55
    const endTime = at - 300
    return { mediaChannel: by === 'person' ? 1 : 2, startTime, endTime, transcript: text, confidence: 0.93 }
  })
}

/**
 * Other items of a real timeline: internal comments, messages that workflows sent on another channel, activities, and
 * kinds that no list has. All of them lie within the story, so that the story's last message stays the last one.
 */
function seedExtras(
  location: LocationState,
  conversation: ConversationRecord,
  contact: ContactRecord,
  staff: readonly string[],
  index: number,
): void {
  const first = conversation.messages[0]?.at ?? conversation.createdAt
  const last = conversation.messages.at(-1)?.at ?? first
  const userId = contact.assignedTo ?? staff[index % staff.length] ?? ''
  const colleague = staff[(index + 1) % staff.length] ?? ''
  const add = (kind: string, share: number, draft: Partial<Draft> & { messageType: string }) => {
    const at = first + Math.floor((last - first) * share)
    const direction = 'outbound'
    writeMessage(location, conversation, { id: idFrom(`${conversation.id}:${kind}`), at, direction, ...draft })
  }
  const text = { contentType: 'text/plain', attachments: [], status: 'delivered' }

  if (contact.assignedTo && index % 2 === 0) {
    const body = 'Called back, no answer. Can you try tomorrow?'
    add('comment', 0.6, {
      ...text,
      messageType: 'TYPE_INTERNAL_COMMENT',
      body,
      userId,
      source: 'app',
      mentions: [colleague],
    })
  }
  if (index % 7 === 0) {
    const messageType = index % 2 === 0 ? 'TYPE_ACTIVITY_APPOINTMENT' : 'TYPE_ACTIVITY_OPPORTUNITY'
    add('activity', 0.1, {
      messageType,
      activity: { type: 'created', title: 'Created', data: { id: conversation.id } },
    })
  }
  if (contact.phone && index % 13 === 5) {
    const body = 'Your repair is booked. Reply STOP to end these messages.'
    add('reminder', 0.4, { ...text, messageType: 'TYPE_SMS', body, source: 'workflow', to: contact.phone })
  }
  if (contact.phone && index % 17 === 6) {
    const sentences = [
      { mediaChannel: 2, startTime: 200, endTime: 2100, transcript: 'Your bike is ready.', confidence: 0.97 },
      { mediaChannel: 1, startTime: 2300, endTime: 3900, transcript: 'Thank you, I am coming.', confidence: 0.9 },
    ]
    const call = { duration: 4, status: 'completed', sentences }
    add('call', 0.8, {
      ...text,
      messageType: 'TYPE_CALL',
      call,
      status: 'completed',
      userId,
      source: 'app',
      to: contact.phone,
    })
  }
  if (contact.phone && index % 29 === 8) {
    const call = { duration: 0, status: 'no-answer' }
    add('missed', 0.7, { messageType: 'TYPE_CALL', direction: 'inbound', call, attachments: [], from: contact.phone })
  }
  if (contact.phone && index % 53 === 9) {
    const body = 'How did we do? Tell others.'
    add('review', 0.9, { ...text, messageType: 'TYPE_SMS_REVIEW_REQUEST', body, source: 'workflow' })
  }
  if (index % 19 === 10) {
    add('joined', 0, { messageType: 'TYPE_LIVE_CHAT_INFO_MESSAGE', body: 'The visitor left their address.' })
  }
  if (index % 31 === 11) {
    const body = 'I would like to be called back.'
    add('form', 0, { ...text, messageType: 'TYPE_FORM_SUBMISSION', direction: 'inbound', body })
  }
  if (index % 83 === 12) {
    const body = '[hologram]'
    add('unheard', 0.5, { ...text, messageType: 'TYPE_HOLOGRAM', typeCode: 77, direction: 'inbound', body })
  }
}

/** Channels that this vendor lacks become custom conversation providers, as a marketplace application adds them. */
const types: Readonly<Record<WorldChannel, string>> = {
  sms: 'TYPE_SMS',
  email: 'TYPE_EMAIL',
  whatsapp: 'TYPE_WHATSAPP',
  messenger: 'TYPE_FACEBOOK',
  instagram: 'TYPE_INSTAGRAM',
  web: 'TYPE_LIVE_CHAT',
  voice: 'TYPE_CALL',
  slack: 'TYPE_CUSTOM_PROVIDER_SMS',
  teams: 'TYPE_CUSTOM_SMS',
  tiktok: 'TYPE_TIKTOK',
  google: 'TYPE_GMB',
  api: 'TYPE_CUSTOM_PROVIDER_SMS',
}

function messageTypeOfWorld(channel: WorldChannel, dialogue: string): string {
  if (channel === 'web' && pick(dialogue, 3) === 0) return 'TYPE_WEBCHAT'
  if (channel === 'sms' && pick(dialogue, 9) === 0) return 'TYPE_RCS'
  return types[channel]
}

const usesProvider = (channel: WorldChannel): boolean => ['slack', 'teams', 'api'].includes(channel)

/** More conversations than one default page have their last message in the same millisecond. */
const recipients = 30

/** A bulk action writes to many contacts at one instant, as in every account that uses bulk actions. */
function seedBlast({ now }: World, location: LocationState): void {
  const at = now - 30 * 3_600_000
  let sent = 0
  for (const conversation of location.conversations.values()) {
    const contact = location.contacts.get(conversation.contactId)
    const isOver = (conversation.messages.at(-1)?.at ?? at) < at
    if (sent === recipients || !contact?.phone || contact.dnd || !isOver || conversation.unreadCount > 0) continue
    if (pick(conversation.id, 5) !== 0) continue
    sent += 1
    writeMessage(location, conversation, {
      id: idFrom(`${conversation.id}:blast`),
      messageType: 'TYPE_SMS',
      at,
      direction: 'outbound',
      body: 'Winter check week: book until Friday.',
      status: 'delivered',
      contentType: 'text/plain',
      attachments: [],
      source: 'bulk_actions',
      to: contact.phone,
    })
  }
}
