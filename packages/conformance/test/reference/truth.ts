import type { Expectations } from '../../src/index.ts'
import type { Store, StoredLine } from './data.ts'
import type { StoredTool } from './data-agents.ts'
import { fromSeconds } from './seconds.ts'

const kinds: Record<string, 'contact' | 'agent' | 'operator' | 'automation'> = {
  customer: 'contact',
  bot: 'agent',
  staff: 'operator',
  rule: 'automation',
}

/** What the store holds in the words of the contract, told without the adapter's readers. */
export const truthOf = (store: Store): Expectations => ({
  agents: store.agents.map(({ id, name, on }) => ({
    id,
    name,
    status: { value: on ? 'active' : 'inactive', native: on },
  })),
  conversations: store.chats.map((chat) => ({
    id: chat.id,
    title: chat.topic,
    agentId: chat.agent,
    status: { value: chat.state === 'done' ? 'closed' : 'open', native: chat.state },
    channel: { native: chat.via },
    control: { holder: chat.bot ? 'agent' : 'operator' },
    contact: { id: chat.customer, name: `Person Number${Number(chat.customer.slice(5)) - 100}` },
    assignee: chat.owner === null ? null : { id: chat.owner },
    unreadCount: chat.unread,
    isStarred: chat.star,
    lastActivityAt: fromSeconds(chat.touched),
  })),
  contacts: store.contacts.map(({ id, name, mail, crm }) => ({ id, name, email: mail, externalId: crm })),
  messages: Object.fromEntries(
    store.chats.slice(0, 8).map(({ id }) => [id, store.lines.filter(({ chat }) => chat === id).map(messageOf)]),
  ),
  actions: Object.fromEntries(
    store.agents.map(({ id: agent }) => [agent, store.tools.filter((tool) => tool.agent === agent).map(actionOf)]),
  ),
  knowledge: store.facts.map(({ id, kind, title, link, body, asks, says, file, shelf, state, at }) => ({
    ...{ id, kind: { native: kind }, title, url: link, text: body, question: asks, answer: says, fileName: file },
    ...{ knowledgeBaseId: shelf, status: { value: states[state] }, createdAt: fromSeconds(at) },
  })),
  feedback: store.ratings.map(({ id, good, note, chat, line, at }) => ({
    ...{ id, vote: { value: good ? 'up' : 'down' }, comment: note },
    ...{ conversationId: chat, messageId: line, createdAt: fromSeconds(at) },
  })),
  suggestions: store.hints.map(({ id, chat, line, asks, says, why, at }) => ({
    ...{ id, conversationId: chat, messageId: line, question: asks, answer: says, reason: why },
    createdAt: fromSeconds(at),
  })),
})

const states: Record<string, 'ready' | 'processing' | 'failed'> = {
  done: 'ready',
  busy: 'processing',
  broken: 'failed',
}

const actionOf = ({ id, agent, kind, name, on, does }: StoredTool) => ({
  ...{ id, agentId: agent, native: kind, name, enabled: on },
  ...(typeof does['when'] === 'string' && { condition: does['when'] }),
  ...(Array.isArray(does['steps']) && { steps: [{ id: 1, afterMs: 600_000 }] }),
  ...(typeof does['last'] === 'string' && { finalMessage: does['last'] }),
})

const messageOf = ({ id, from, text, at, answers, links, whole, files }: StoredLine) => ({
  id,
  text,
  author: { kind: kinds[from] },
  createdAt: fromSeconds(at),
  inReplyTo: answers,
  sources: whole && links ? links.map(({ url, title }) => ({ url, title })) : undefined,
  attachments: files.map((file) => ({ id: file, fileName: 'bill.txt' })),
})
