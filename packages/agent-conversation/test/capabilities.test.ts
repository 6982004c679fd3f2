import { agentConversation } from '@parley/agent-conversation'
import { operationNames, supports } from '@parley/core'
import { describe, expect, it } from 'vitest'

const adapter = agentConversation({ apiKey: 'none' })

describe('what the adapter can do', () => {
  it.each(operationNames)('%s is there or has a reason, never both', (name) => {
    expect(supports(adapter, name)).toBe(adapter.unsupported[name] === undefined)
  })

  it('is exactly this', () => {
    expect(operationNames.filter((name) => supports(adapter, name))).toEqual([
      'agents.list',
      'agents.get',
      'conversations.list',
      'conversations.get',
      'conversations.create',
      'conversations.start',
      'conversations.update',
      'conversations.deleteForContact',
      'messages.list',
      'messages.ask',
      'messages.reply',
      'messages.stream',
      'messages.reconcile',
      'contacts.list',
      'contacts.search',
      'contacts.get',
      'contacts.create',
      'contacts.delete',
      'control.get',
      'control.takeOver',
      'control.release',
      'attachments.upload',
      'attachments.url',
      'attachments.read',
      'knowledge.list',
      'knowledge.add',
      'knowledge.remove',
      'feedback.list',
      'feedback.give',
      'webhooks.create',
    ])
  })

  it('has no reason for an operation that does not exist, and each is a sentence', () => {
    for (const [name, reason] of Object.entries(adapter.unsupported)) {
      expect(operationNames).toContain(name)
      expect(reason).toMatch(/^[A-Z].*\.$/)
    }
  })

  it('is plain data and functions, with complete limits', () => {
    expect(Object.getPrototypeOf(adapter)).toBe(Object.prototype)
    expect(adapter.limits).toMatchObject({
      pageSize: { 'conversations.list': { default: 50, max: 100 }, 'contacts.list': { default: 50, max: 100 } },
      filters: ['contactId', 'search', 'since', 'until', 'agentId'],
      text: { 'conversation.title': 255, 'conversation.context': 256_000 },
      rate: [],
      deletesVisible: false,
    })
    for (const note of adapter.limits.notes) expect(note).toMatch(/^\S.*\.$/)
  })
})
