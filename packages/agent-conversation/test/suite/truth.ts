import type { Expectations } from '@parley/conformance'
import type { AuthorKind, Channel } from '@parley/core'
import type { Shapes, World } from '@parley/sandbox'
import { iso, told } from '../../../../test/conformance/support/told.ts'
import { seedState } from '../../../sandbox/src/agent-conversation/seed.ts'
import type { StoredConversation, StoredMessage, StoredUser } from '../../../sandbox/src/agent-conversation/state.ts'
import { company } from '../../../sandbox/src/world/world.ts'

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

/**
 * What the first agent's key can see, told by the server's own records.
 *
 * @param shapes as documented, there are no words but those of the specification, and of the files only the newest.
 */
export function truth(world: World, shapes: Shapes = 'observed'): Expectations {
  const { agents, conversations, users, staff, agentFiles } = seedState(world, () => world.now)
  const [agent] = agents.values()
  const own = [...conversations.values()].filter(({ agentId }) => agentId === agent?.id)
  const nameOf = (person: { firstName: string; lastName: string } | undefined) =>
    [person?.firstName, person?.lastName].filter(Boolean).join(' ')
  const summaryOf = (user: StoredUser | undefined) =>
    told({ name: nameOf(user), email: user?.email, phone: user?.phoneNumber, externalId: user?.fkId })
  const conversation = (stored: StoredConversation) => {
    const assignee = staff.find(({ id }) => id === stored.assignedTo)
    const { title, summary, score: qualityScore, isAnonymized } = stored
    return {
      id: stored.id,
      ...told({ title, summary, qualityScore, isAnonymized }),
      control: { holder: stored.mode === 'manual' ? 'operator' : 'agent' } as const,
      contact: { id: stored.userId, ...(isAnonymized ? {} : summaryOf(users.get(stored.userId))) },
      feedback: feedbackOf(stored),
      updatedAt: iso(stored.updatedAt),
      ...(stored.aiCallId !== null && { channel: { value: 'voice' } as const }),
      ...(assignee && { assignee: { id: assignee.id, name: nameOf(assignee), email: assignee.email } }),
      ...(stored.stateId !== null && { state: { id: stored.stateId } }),
      ...(stored.customData && { customFields: stored.customData as never }),
      createdAt: iso(stored.createdAt),
      lastActivityAt: iso(stored.updatedAt),
    }
  }
  return {
    agents: agent
      ? [
          {
            ...{ id: agent.id, name: agent.name, displayName: agent.publicName, model: agent.model },
            ...told({ description: agent.description, tags: agent.tags }),
            ...{ businessName: company.name, knowledgeBaseIds: [`vs_${agent.id.slice(0, 8)}`] },
            ...told({ avatarUrl: agent.avatarUrl }),
            status: { value: agent.status },
          },
        ]
      : [],
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
          firstName: shown?.firstName,
          lastName: shown?.lastName,
          origin: user?.source,
          isAnonymized: user?.isAnonymized,
        }),
      }
    }),
    messages: Object.fromEntries(
      own
        .filter((_, index) => index % 4 === 0)
        .map(({ id, messages }) => [
          id,
          messages.map((message) => messageOf(shapes === 'documented' ? { ...message, odd: {} } : message, id)),
        ]),
    ),
    knowledge: [...agentFiles.values()]
      .filter(({ agentId }) => agentId === agent?.id)
      .slice(shapes === 'documented' ? -1 : 0)
      .map(({ id, fileName, url, status, createdAt }) => ({
        ...{ id, fileName, createdAt: iso(createdAt), kind: { value: 'file' } as const },
        ...told({ url }),
        ...(status !== null && { status: { value: fileStates[status] ?? ('unknown' as const) } }),
      })),
    feedback: own.flatMap((stored) => feedbackOf(stored).map((each) => ({ ...each, conversationId: stored.id }))),
  }
}

const fileStates: Readonly<Record<string, 'ready' | 'processing' | 'failed'>> = {
  done: 'ready',
  processing: 'processing',
  error: 'failed',
}

const feedbackOf = ({ messages }: StoredConversation) =>
  messages
    .flatMap(({ feedbacks }) => feedbacks)
    .map(({ id, voteType, question, answer, comment, userEmail, createdAt }) => ({
      ...{ id, vote: { value: voteType, native: voteType }, createdAt: iso(createdAt) },
      ...told({ question, answer, comment, authorEmail: userEmail }),
    }))

const messageOf = (stored: StoredMessage, conversationId: string) => ({
  id: stored.id,
  type: stored.source === 'email' ? ({ value: 'email', native: 'email' } as const) : { native: null },
  text: stored.isAnonymized ? '[anonymized]' : stored.text || null,
  author: {
    kind: stored.odd.senderRole ? ('unknown' as const) : authors[stored.senderRole],
    ...told({ id: stored.subagentId }),
  },
  channel: { value: stored.odd.source ? ('unknown' as const) : (channels[stored.source] ?? ('unknown' as const)) },
  createdAt: iso(stored.createdAt),
  isAnonymized: stored.isAnonymized,
  ...(stored.senderRole !== 'conversation_user' && told({ inReplyTo: stored.questionId })),
  attachments: stored.files.map(({ id, fileName, size }) => ({ id, fileName, conversationId, ...told({ size }) })),
  ...(stored.aiResponse && {
    sourcesState: 'inline' as const,
    ...told({ reasoning: stored.aiResponse.reasoning }),
    sources: [
      ...stored.aiResponse.urlCitations.map(({ url, title }) => ({ url, title, kind: { value: 'website' as const } })),
      ...(stored.aiResponse.fileCitations ?? []).map(({ fileId, filename }) => ({ fileId, fileName: filename })),
    ],
  }),
})
