import type { Expectations } from '@parley/conformance'
import type { AuthorKind, SourceKind } from '@parley/core'
import type { World } from '@parley/sandbox'
import { iso, isoSeconds, told } from '../../../../test/conformance/support/told.ts'
import { seedState } from '../../../sandbox/src/livechatai/seed.ts'
import {
  pick,
  type StoredContact,
  type StoredConversation,
  type StoredDataSource,
  type StoredMessage,
  type Survey,
} from '../../../sandbox/src/livechatai/state.ts'

const channels: Readonly<Record<string, 'whatsapp' | 'messenger' | 'slack' | 'web'>> = {
  WHATSAPP: 'whatsapp',
  MESSENGER: 'messenger',
  SLACK: 'slack',
  FULLPAGE: 'web',
  INLINECHAT: 'web',
}

/** What the first agent of the workspace has, told by the server's own records. */
export function truth(world: World): Expectations {
  const { agents, conversations, contacts, dataSources } = seedState({ world, now: () => world.now })
  const [agent] = agents.values()
  const own = [...conversations.values()].filter(({ agentId }) => agentId === agent?.id)
  return {
    agents: [...agents.values()].map(({ id, name, language, isArchived, isLiveChatEnabled, createdAt, updatedAt }) => ({
      ...{ createdAt: iso(createdAt), updatedAt: iso(updatedAt) },
      ...{ id, name, language, liveChatEnabled: isLiveChatEnabled },
      status: { value: isArchived ? ('archived' as const) : ('active' as const), native: isArchived },
    })),
    conversations: own.map((stored) => conversationOf(stored, contacts.get(stored.contactId))),
    contacts: own.slice(0, 15).flatMap(({ contactId }) => {
      const contact = contacts.get(contactId)
      if (!contact) return []
      const { id, name, email, phone, country, agentId, createdAt, updatedAt } = contact
      const dates = { createdAt: iso(createdAt), updatedAt: iso(updatedAt) }
      const words = told({ name, email, phone, country, externalId: contact.distinctId, origin: contact.chatSource })
      return [{ id, agentId, ...words, ...dates }]
    }),
    messages: Object.fromEntries(
      own
        .filter(({ oddity }, index) => index % 4 === 0 && oddity === undefined)
        .map(({ id, messages }) => [id, messages.map(messageOf)]),
    ),
    knowledge: [...dataSources.values()].filter(({ agentId }) => agentId === agent?.id).map(knowledgeOf),
    feedback: own.flatMap(({ survey, contactId }) => (survey ? [scoreOf(survey, contacts.get(contactId))] : [])),
    suggestions: own.flatMap(suggestionsOf),
  }
}

/** Where an oddity stands over a record, only the id is certain. */
function conversationOf(stored: StoredConversation, contact: StoredContact | undefined) {
  if (stored.oddity) return { id: stored.id }
  const channel = channels[stored.integrationType ?? '']
  const last = stored.messages.at(-1)
  const { name, email, phone } = contact ?? {}
  return {
    id: stored.id,
    agentId: stored.agentId,
    status: { value: stored.isResolved ? ('closed' as const) : ('open' as const) },
    control: { holder: stored.isAgent || stored.agent ? ('operator' as const) : ('agent' as const) },
    isStarred: stored.isStarred,
    isMuted: stored.isMuted,
    contact: { id: stored.contactId, ...told({ name, email, phone, externalId: contact?.distinctId }) },
    createdAt: isoSeconds(stored.createdAt),
    updatedAt: isoSeconds(stored.updatedAt),
    ...(last && { lastActivityAt: isoSeconds(last.createdAt) }),
    ...(channel && { channel: { value: channel } }),
    ...(stored.agent && {
      assignee: {
        ...told({ email: stored.agent.email, avatarUrl: stored.agent.avatar }),
        id: stored.agent.id,
        name: stored.agent.name,
      },
    }),
  }
}

function messageOf(stored: StoredMessage) {
  if (stored.oddity) return { id: stored.id }
  const { id, content, role, type, agent, createdAt, source } = stored
  const kind: AuthorKind = role === 'user' ? 'contact' : agent ? 'operator' : 'agent'
  return {
    id,
    author: {
      kind,
      ...(kind === 'operator' &&
        told({ id: agent?.id, name: agent?.name, email: agent?.email, avatarUrl: agent?.avatar })),
    },
    direction: kind === 'contact' ? ('inbound' as const) : ('outbound' as const),
    createdAt: iso(createdAt),
    ...(type === 'TEXT' ? { text: content } : { type: { value: 'image' as const }, attachments: [{ url: content }] }),
    ...(kind === 'agent' && {
      sources: source.map((citation) => ({
        ...{ id: citation.id, score: { value: citation.distance, metric: 'distance' as const } },
        ...told({ url: citation.link }),
      })),
    }),
  }
}

const kinds: Readonly<Record<string, SourceKind>> = {
  ...{ WEBSITE: 'website', TEXT: 'text', QA: 'faq', PDF: 'file', DOCX: 'file' },
  ...{ IMAGE: 'image', YOUTUBE: 'video', NOTION: 'notion' },
}

const knowledgeOf = ({ id, agentId, source, title, text, url, failed, oddity, ...dates }: StoredDataSource) => ({
  ...{ id, agentId, kind: { value: kinds[source] ?? ('unknown' as const) }, title, text, size: text.length },
  ...(source === 'QA' && { question: title, answer: text }),
  ...(oddity ? {} : { status: { value: failed ? ('failed' as const) : ('ready' as const) }, ...told({ url }) }),
  ...{ createdAt: iso(dates.createdAt), updatedAt: iso(dates.updatedAt) },
})

const scoreOf = ({ id, score, comment, triggerReason, createdAt }: Survey, contact: StoredContact | undefined) => ({
  ...{ id, score, trigger: triggerReason, createdAt: iso(createdAt) },
  ...told({ comment, authorEmail: contact?.email, authorName: contact?.name }),
})

const verdict = (id: string) => ({
  reason: pick(['OUT_OF_CONTEXT', 'INCOMPLETE_ANSWER', 'SHALLOW_ANSWER'], id),
  gap: 'None of the data sources says anything about this question.',
  improvement: 'Add a question and answer that covers it.',
})

/** What the bot said without any source is worth a suggestion, which goes by that message's id. */
const suggestionsOf = ({ id, agentId, messages }: StoredConversation) =>
  messages.flatMap((answered, index) => {
    const asked = messages[index - 1]
    if (answered.role !== 'assistant' || answered.agent || answered.source.length > 0 || asked?.role !== 'user')
      return []
    const quotes = { question: asked.content, answer: answered.content }
    const place = { id: answered.id, messageId: answered.id, conversationId: id, agentId }
    return [{ ...place, ...quotes, ...verdict(answered.id), createdAt: isoSeconds(answered.createdAt) }]
  })
