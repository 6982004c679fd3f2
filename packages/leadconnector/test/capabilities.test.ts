import { leadConnector } from '@parley/leadconnector'
import { capabilitiesSuite } from '@parley/testkit'
import { expect, it } from 'vitest'

const adapter = leadConnector({ token: 'none', locationId: 'none' })

capabilitiesSuite({
  adapter,
  operations: [
    'agents.list',
    'agents.get',
    'agents.create',
    'agents.update',
    'agents.delete',
    'agents.actions.list',
    'agents.actions.get',
    'agents.actions.attach',
    'agents.actions.update',
    'agents.actions.remove',
    'agents.followUp.update',
    'agents.workingHours.get',
    'agents.workingHours.set',
    'agents.workingHours.clear',
    'conversations.list',
    'conversations.get',
    'conversations.create',
    'conversations.update',
    'conversations.assign',
    'conversations.delete',
    'messages.list',
    'messages.get',
    'messages.ask',
    'messages.reply',
    'messages.note',
    'messages.stream',
    'messages.export',
    'messages.cancel',
    'messages.setStatus',
    'messages.reconcile',
    'sources.list',
    'contacts.search',
    'contacts.get',
    'contacts.upsert',
    'contacts.ensure',
    'operators.list',
    'generations.get',
    'attachments.upload',
    'attachments.url',
    'attachments.read',
    'knowledge.list',
    'knowledge.add',
    'knowledge.remove',
  ],
  limits: {
    pageSize: { 'conversations.list': { default: 20, max: 100 }, 'messages.list': { default: 20, max: 100 } },
    rate: [
      { scope: 'location', requests: 100, perMs: 10_000 },
      { scope: 'location', requests: 200_000, perMs: 86_400_000 },
    ],
  },
})

it('a note on the limits of leadconnector warns that a question can send a real message', () => {
  expect(adapter.limits.notes.join(' ')).toContain('it may send a real text message or email')
})
