import type { Expectations } from '@parley/conformance'
import type { AuthorKind, Channel } from '@parley/core'
import type { World } from '@parley/sandbox'
import { seedState } from '../../../packages/sandbox/src/agent-conversation/agent-conversation-seed.ts'
import type {
  StoredConversation,
  StoredMessage,
} from '../../../packages/sandbox/src/agent-conversation/agent-conversation-state.ts'
import { iso, told } from './told.ts'

const authors: Readonly<Record<StoredMessage['senderRole'], AuthorKind>> = {
  conversation_user: 'contact',
  assistant: 'agent',
  manual_assistant: 'operator',
}

const channels: Readonly<Record<string, Channel>> = {
  email: 'email',
  sms: 'sms',
  live_chat: 'web',
  voice: 'voice',
  ms_teams: 'teams',
  api: 'api',
  copilot: 'internal',
}

/** What the first agent's key can see, told by the server's own records. */
export function agentConversationTruth(world: World): Expectations {
  const { agents, conversations, users, staff } = seedState(world, () => world.now)
  const [agent] = agents.values()
  const own = [...conversations.values()].filter(({ agentId }) => agentId === agent?.id)
  const nameOf = (person: { firstName: string; lastName: string } | undefined) =>
    [person?.firstName, person?.lastName].filter(Boolean).join(' ')
  const conversation = (stored: StoredConversation) => {
    const assignee = staff.find(({ id }) => id === stored.assignedTo)
    const { title, summary, score: qualityScore, isAnonymized } = stored
    return {
      id: stored.id,
      ...told({ title, summary, qualityScore, isAnonymized }),
      control: { holder: stored.mode === 'manual' ? 'operator' : 'agent' } as const,
      contact: { id: stored.userId, ...(isAnonymized ? {} : { name: nameOf(users.get(stored.userId)) }) },
      ...(stored.aiCallId !== null && { channel: { value: 'voice' } as const }),
      ...(assignee && { assignee: { id: assignee.id, name: nameOf(assignee), email: assignee.email } }),
      ...(stored.stateId !== null && { state: { id: stored.stateId } }),
      ...(stored.customData && { customFields: stored.customData as never }),
      createdAt: iso(stored.createdAt),
      lastActivityAt: iso(stored.updatedAt),
    }
  }
  return {
    agents: agent ? [{ id: agent.id, name: agent.name, displayName: agent.publicName, model: agent.model }] : [],
    conversations: own.map(conversation),
    contacts: own.slice(0, 15).map(({ userId }) => {
      const user = users.get(userId)
      const shown = user && !user.isAnonymized ? user : undefined
      return {
        id: userId,
        ...told({
          name: shown && nameOf(shown),
          email: shown?.email,
          phone: shown?.phoneNumber,
          externalId: user?.fkId,
        }),
      }
    }),
    messages: Object.fromEntries(
      own.filter((_, index) => index % 4 === 0).map(({ id, messages }) => [id, messages.map(messageOf)]),
    ),
  }
}

const messageOf = (stored: StoredMessage) => ({
  id: stored.id,
  text: stored.isAnonymized ? '[anonymized]' : stored.text || null,
  author: { kind: stored.odd.senderRole ? ('unknown' as const) : authors[stored.senderRole] },
  channel: { value: stored.odd.source ? ('unknown' as const) : (channels[stored.source] ?? ('unknown' as const)) },
  createdAt: iso(stored.createdAt),
  attachments: stored.files.map(({ id, fileName }) => ({ id, fileName })),
  ...(stored.aiResponse && {
    sourcesState: 'inline' as const,
    sources: [
      ...stored.aiResponse.urlCitations.map(({ url, title }) => ({ url, title, kind: { value: 'website' as const } })),
      ...(stored.aiResponse.fileCitations ?? []).map(({ fileId, filename }) => ({ fileId, fileName: filename })),
    ],
  }),
})
