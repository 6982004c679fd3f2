import { operationNames, supports } from '@parley/core'
import { liveChatAI } from '@parley/livechatai'
import { describe, expect, it } from 'vitest'

const adapter = liveChatAI({ apiKey: 'none', agentId: 'none' })

describe('what the adapter can do', () => {
  it.each(operationNames)('%s is there or has a reason, never both', (name) => {
    expect(supports(adapter, name)).toBe(adapter.unsupported[name] === undefined)
  })

  it('is exactly this', () => {
    expect(operationNames.filter((name) => supports(adapter, name))).toEqual([
      'agents.list',
      'agents.get',
      'agents.create',
      'agents.delete',
      'conversations.list',
      'conversations.get',
      'conversations.create',
      'conversations.close',
      'messages.list',
      'messages.ask',
      'messages.reply',
      'messages.stream',
      'messages.reconcile',
      'contacts.list',
      'contacts.get',
      'contacts.upsert',
      'control.get',
      'attachments.url',
      'attachments.read',
      'knowledge.list',
      'knowledge.add',
      'knowledge.remove',
      'feedback.list',
      'feedback.suggestions',
      'feedback.dismiss',
    ])
  })

  it('has no reason for an operation that does not exist, and each is made of sentences', () => {
    for (const [name, reason] of Object.entries(adapter.unsupported)) {
      expect(operationNames).toContain(name)
      expect(reason).toMatch(/^[A-Z].*\.$/)
    }
  })

  it('is plain data and functions, with complete limits', () => {
    expect(Object.getPrototypeOf(adapter)).toBe(Object.prototype)
    expect(adapter.limits).toMatchObject({
      pageSize: {
        'agents.list': { default: 10, max: 100 },
        'conversations.list': { default: 20, max: 100 },
        'contacts.list': { default: 10, max: 100 },
        'knowledge.list': { default: 10, max: 100 },
        'feedback.list': { default: 10, max: 100 },
        'feedback.suggestions': { default: 10, max: 100 },
      },
      filters: ['status', 'agentId', 'contactId'],
      text: {},
      rate: [],
      deletesVisible: false,
    })
    for (const note of adapter.limits.notes) expect(note).toMatch(/^\S.*\.$/)
  })
})
