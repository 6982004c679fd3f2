import type { Article, Dialogue, Turn, World } from '../../world/world.ts'
import { makeGeneration } from '../agents/leadconnector-make-generation.ts'
import { idFrom, pick } from '../leadconnector-ids.ts'
import { type Draft, type EmailDraft, writeMessage } from '../messages/leadconnector-write-message.ts'
import type { ConversationRecord } from '../state/leadconnector-records.ts'
import type { LocationState } from '../state/leadconnector-state.ts'
import { messageTypeOfWorld, usesProvider } from './leadconnector-seed-channels.ts'
import { seededAgentId, seededUserId } from './leadconnector-seed-ids.ts'
import type { Place } from './leadconnector-seed-location.ts'

export function seedTurns(
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
  // Some email messages are a thread of two: the second one followed before anyone answered.
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
      // Nothing marks it; only its generation tells. A few were made inside a workflow.
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
  // A word that no list has.
  if (pick(`${key}:odd`, 61) === 0) return { status: 'parked_by_carrier' }
  return { status: ['delivered', 'delivered', 'sent', 'read'][pick(key, 4)] ?? 'delivered' }
}

const activities = ['TYPE_ACTIVITY_CONTACT', 'TYPE_ACTIVITY_OPPORTUNITY', 'TYPE_ACTIVITY_EMPLOYEE_ACTION_LOG']

/** No body, no status, no content type: what happened is in `activity`. */
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
