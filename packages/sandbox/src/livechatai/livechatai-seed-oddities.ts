import type { Oddity, StoredConversation, StoredMessage } from './livechatai-state.ts'

/** What a server now and then sends although no page says so, each in one conversation of the first agent. */
const conversationOddities: readonly Oddity[] = [
  { createdAt: 'last Tuesday' },
  { agent: undefined },
  { contact: undefined, messages: undefined },
  { isStarred: null, isMuted: undefined },
]

const messageOddities: readonly Oddity[] = [
  { role: 'supervisor' },
  { type: 'CAROUSEL' },
  { source: undefined, agent: undefined },
  { source: [{ id: 'src_sitemap', type: 'SITEMAP', link: 'https://www.quilloncycles.example/sitemap.xml' }] },
  { createdAt: null },
]

/** Lays the oddities over conversations, spread so that no page of a hundred has them all. */
export function withSeededOddities(conversations: readonly StoredConversation[]): StoredConversation[] {
  const step = Math.max(1, Math.floor(conversations.length / (conversationOddities.length + messageOddities.length)))
  return conversations.map((conversation, index) => {
    const number = index % step === step - 1 ? Math.floor(index / step) : -1
    const own = conversationOddities[number]
    if (own) return { ...conversation, oddity: { ...conversation.oddity, ...own } }
    const inside = messageOddities[number - conversationOddities.length]
    return inside ? { ...conversation, messages: withOddMessage(conversation.messages, inside) } : conversation
  })
}

/** Over the last answer, as the last message is what inboxes show. */
function withOddMessage(messages: readonly StoredMessage[], oddity: Oddity): StoredMessage[] {
  const odd = messages.findLastIndex((message) => message.role === 'assistant')
  return messages.map((message, index) => (index === odd ? { ...message, oddity } : message))
}
