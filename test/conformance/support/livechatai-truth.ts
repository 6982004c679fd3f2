import type { Expectations } from '@parley/conformance'
import type { AuthorKind } from '@parley/core'
import type { World } from '@parley/sandbox'
import { seedState } from '../../../packages/sandbox/src/livechatai/livechatai-seed.ts'
import type {
  StoredContact,
  StoredConversation,
  StoredMessage,
} from '../../../packages/sandbox/src/livechatai/livechatai-state.ts'
import { iso, told } from './told.ts'

const channels: Readonly<Record<string, 'whatsapp' | 'messenger' | 'slack' | 'web'>> = {
  WHATSAPP: 'whatsapp',
  MESSENGER: 'messenger',
  SLACK: 'slack',
  FULLPAGE: 'web',
  INLINECHAT: 'web',
}

/** What the first agent of the workspace has, told by the server's own records. */
export function liveChatAITruth(world: World): Expectations {
  const { agents, conversations, contacts } = seedState({ world, now: () => world.now })
  const [agent] = agents.values()
  const own = [...conversations.values()].filter(({ agentId }) => agentId === agent?.id)
  return {
    agents: [...agents.values()].map(({ id, name, language, isArchived, isLiveChatEnabled }) => ({
      ...{ id, name, language, liveChatEnabled: isLiveChatEnabled },
      status: { value: isArchived ? ('archived' as const) : ('active' as const) },
    })),
    conversations: own.map((stored) => conversationOf(stored, contacts.get(stored.contactId))),
    contacts: own.slice(0, 15).flatMap(({ contactId }) => {
      const contact = contacts.get(contactId)
      if (!contact) return []
      const { id, name, email, country, distinctId: externalId } = contact
      return [{ id, ...told({ name, email, country, externalId }) }]
    }),
    messages: Object.fromEntries(
      own
        .filter(({ oddity }, index) => index % 4 === 0 && oddity === undefined)
        .map(({ id, messages }) => [id, messages.map(messageOf)]),
    ),
  }
}

/** Where an oddity stands over a record, only the id is certain. */
function conversationOf(stored: StoredConversation, contact: StoredContact | undefined) {
  if (stored.oddity) return { id: stored.id }
  const channel = channels[stored.integrationType ?? '']
  return {
    id: stored.id,
    agentId: stored.agentId,
    status: { value: stored.isResolved ? ('closed' as const) : ('open' as const) },
    control: { holder: stored.isAgent || stored.agent ? ('operator' as const) : ('agent' as const) },
    isStarred: stored.isStarred,
    isMuted: stored.isMuted,
    contact: { id: stored.contactId, ...told({ name: contact?.name, email: contact?.email }) },
    ...(channel && { channel: { value: channel } }),
    ...(stored.agent && { assignee: { id: stored.agent.id, name: stored.agent.name } }),
  }
}

function messageOf(stored: StoredMessage) {
  if (stored.oddity) return { id: stored.id }
  const { id, content, role, type, agent, createdAt, source } = stored
  const kind: AuthorKind = role === 'user' ? 'contact' : agent ? 'operator' : 'agent'
  return {
    id,
    author: { kind, ...(kind === 'operator' && { id: agent?.id ?? null, name: agent?.name ?? null }) },
    direction: kind === 'contact' ? ('inbound' as const) : ('outbound' as const),
    createdAt: iso(createdAt),
    ...(type === 'TEXT' ? { text: content } : { type: { value: 'image' as const } }),
    ...(kind === 'agent' && {
      sources: source.map((citation) => ({
        ...{ id: citation.id, score: { value: citation.distance, metric: 'distance' as const } },
        ...told({ url: citation.link }),
      })),
    }),
  }
}
