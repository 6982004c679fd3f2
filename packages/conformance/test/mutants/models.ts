import type { Adapter } from '@parley/core'
import { each, type Mutant, pages, replace, result, without } from './mutate.ts'

/** By the check that has to catch it: what is wrong with an adapter itself, or with its models. */
export const models: Record<string, Mutant[]> = {
  'every operation either exists or has a reason': [
    { adapter: (adapter) => ({ ...adapter, unsupported: { 'messages.ask': 'It is there all the same.' } }) },
    { adapter: ({ control: _, ...adapter }) => ({ ...adapter, unsupported: { control: ' ' } }) },
    { adapter: (adapter) => ({ ...adapter, unsupported: { control: 'All of it is there all the same.' } }) },
    { adapter: (adapter) => ({ ...adapter, unsupported: { 'messages.shout': 'Nobody can.' } as never }) },
  ],
  'requiring an operation that does not exist fails with the reason': [
    { adapter: (adapter) => ({ ...adapter, unsupported: { 'messages.ask': 'It is there all the same.' } }) },
  ],
  'creating an adapter sends no request': [
    {
      adapter(adapter, { fetch }) {
        void fetch?.('https://reference.example/agents')
        return adapter
      },
    },
  ],
  'an adapter has its vendor’s name in lower case and the account that it was given': [
    { options: without('account') },
    { adapter: (adapter) => ({ ...adapter, vendor: 'Reference' }) },
  ],
  'limits are plain data about operations and filters of the contract': [
    { adapter: (adapter) => ({ ...adapter, limits: { ...adapter.limits, filters: { mood: 'vendor' } as never } }) },
  ],
  'every model is plain data that JSON leaves as it is': [
    { adapter: each('conversations', (item) => ({ ...item, unreadCount: Number.NaN })) },
    { adapter: each('messages', (item) => ({ ...item, externalId: undefined })) },
    { adapter: each('contacts', (item) => ({ ...item, createdAt: new Date(0) })) },
  ],
  'every model has the shape of the contract and no other fields': [
    { adapter: each('messages', ({ type: _, ...item }) => item) },
    { adapter: each('conversations', (item) => ({ ...item, status: 'open' })) },
    { adapter: each('agents', (item) => ({ ...item, status: { value: 'sleeping', native: 'sleeping' } })) },
  ],
  'every ref parses back to its entity': [
    { adapter: each('conversations', (item) => ({ ...item, ref: item.ref.replace('/conversation/', '/message/') })) },
    { adapter: each('messages', (item) => ({ ...item, id: `${item.id}x` })) },
    { adapter: each('contacts', (item) => ({ ...item, account: 'another' })) },
  ],
  'no two things have the same ref': [
    { adapter: pages('conversations.list', (page) => ({ ...page, items: [...page.items, page.items[0]] })) },
    { adapter: each('messages', (item) => ({ ...item, ref: 'reference:default/message/same' })) },
  ],
  'every instant is ISO 8601 in UTC with milliseconds': [
    { adapter: each('messages', (item) => ({ ...item, createdAt: item.createdAt.replace('.000', '') })) },
    { adapter: each('conversations', (item) => ({ ...item, lastActivityAt: '1970-01-21T11:00:00.000Z' })) },
  ],
  'an unmapped word becomes unknown, is kept, and produces a warning': [{ options: without('onWarning') }],
  'the native word beside a normalized value is one that the vendor sent': [
    { adapter: each('conversations', (item) => ({ ...item, channel: { ...item.channel, native: 'CHAT' } })) },
  ],
  'the vendor’s payload is returned only with the option raw': [
    { options: (options) => ({ ...options, raw: true }) },
    { options: (options) => ({ ...options, raw: false }) },
    { adapter: pages('contacts.list', (page) => ({ ...page, warnings: [{ code: 'bad-item', raw: {} }] as never })) },
    ...(['agents.get', 'sources.list', 'contacts.create', 'messages.reconcile'] as const).map((name) => ({
      adapter: (adapter: Adapter) => replace(adapter, name, (call) => (target) => call(target)),
    })),
    { adapter: result('messages.reply', ({ message, ...sent }) => ({ ...sent, message: { ...message, raw: {} } })) },
  ],
}
