import { NetworkError, PermissionError, RateLimitError } from '@parley/core'
import { each, errors, type Mutant, pages, replace, unless, without } from './mutate.ts'

/** By the check that has to catch it: what is wrong with failures and warnings, or simply not so. */
export const failures: Record<string, Mutant[]> = {
  'a wrong credential fails every operation with an error that names the account and never the credential': [
    { adapter: errors('agents.list', unless('authentication', new PermissionError({ message: 'no' }))) },
    { adapter: errors('contacts.list', (error) => Object.assign(error, { note: 'planted-wrong-token' })) },
  ],
  'a call that is aborted before it begins sends nothing and fails with the caller’s reason': [
    { adapter: (adapter) => replace(adapter, 'contacts.list', (list) => (asked) => list(asked)) },
  ],
  'a call that is aborted while it runs fails at once with the caller’s reason': [
    { adapter: errors('contacts.list', () => new Error('AbortError')) },
    { adapter: (adapter) => replace(adapter, 'agents.list', (list) => (asked) => list(asked)) },
  ],
  'a deadline ends a call that gets no answer': [
    { adapter: errors('contacts.list', unless('timeout', new NetworkError({ message: 'no' }))) },
    { adapter: (adapter) => replace(adapter, 'agents.get', (get) => (target) => get(target)) },
  ],
  'a vendor failure is a vendor-fault error that names the operation, and reads are retried': [
    { options: (options) => ({ ...options, maxRetries: 0 }) },
    { adapter: errors('agents.list', (error) => Object.assign(error, { account: 'other' })) },
  ],
  'a page that cannot be read at all is an error, not an empty list': [
    {
      adapter: (adapter) =>
        replace(
          adapter,
          'contacts.list',
          (list) =>
            (...args) =>
              Promise.resolve(list(...args)).catch(() => ({ items: [], next: null, warnings: [] })),
        ),
    },
  ],
  'a vendor that asks to wait an hour is not waited for, and the error states the time to wait': [
    { adapter: errors('messages.list', unless('rate-limit', new RateLimitError({ message: 'no' }))) },
  ],
  'onWarning receives the warnings of every page': [
    { adapter: pages('conversations.list', (page) => ({ ...page, warnings: [] })) },
    { options: without('onWarning') },
  ],
  'every warning is plain data with its origin': [{ options: without('onWarning') }, { options: without('account') }],
  'the agents are those that the server holds': [
    { adapter: each('agents', (item) => ({ ...item, name: item.name.toUpperCase() })) },
    { adapter: pages('agents.list', (page) => ({ ...page, items: page.items.slice(1) })) },
  ],
  'the conversations are those that the server holds': [
    { adapter: each('conversations', (item) => ({ ...item, unreadCount: 0 })) },
    { adapter: each('conversations', (item) => ({ ...item, status: { ...item.status, value: 'open' } })) },
    { adapter: each('conversations', (item) => ({ ...item, control: { ...item.control, holder: 'agent' } })) },
  ],
  'the messages are those that the server holds': [
    { adapter: each('messages', (item) => ({ ...item, text: item.text.trimEnd().slice(0, -1) })) },
    {
      adapter: each('messages', (item) =>
        item.author.kind === 'operator' ? { ...item, author: { ...item.author, kind: 'agent' } } : item,
      ),
    },
  ],
  'the contacts are those that the server holds': [{ adapter: each('contacts', (item) => ({ ...item, email: null })) }],
}
