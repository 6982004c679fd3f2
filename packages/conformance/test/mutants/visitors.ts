import { amended, NetworkError } from '@parley/core'
import { errors, type Mutant, pages, replace } from './mutate.ts'

let count = 0

/** For every check of visitors an adapter that it has to catch. */
export const visitors: Record<string, Mutant[]> = {
  'a visitor has one contact, however often and at the same time it is ensured': [
    {
      adapter: (adapter) =>
        replace(
          adapter,
          'contacts.ensure',
          (ensure) =>
            (visitor, ...rest) =>
              ensure({ ...visitor, externalId: `${visitor.externalId}-${++count}` }, ...rest),
        ),
    },
    {
      adapter: (adapter) =>
        replace(
          adapter,
          'contacts.ensure',
          (ensure) =>
            (visitor, ...rest) =>
              ensure({ ...visitor, externalId: 'everybody' }, ...rest),
        ),
    },
  ],
  'a question of a visitor that reaches nobody fails as not done, and names no other operation': [
    {
      adapter: errors(
        'messages.ask',
        (error) => new NetworkError({ message: error.message, operation: 'messages.ask' }),
      ),
    },
    { adapter: errors('messages.ask', (error) => amended(error, { outcome: 'unknown' })) },
    { adapter: errors('messages.ask', (error) => amended(error, { operation: 'contacts.ensure' })) },
  ],
  'an address that is not verified is neither sent nor kept': [
    {
      adapter: (adapter) =>
        replace(
          adapter,
          'contacts.ensure',
          (ensure) =>
            (visitor, ...rest) =>
              ensure({ ...visitor, verified: true }, ...rest),
        ),
    },
    {
      adapter: (adapter) =>
        replace(adapter, 'contacts.ensure', (ensure) => async (...args) => ({
          ...(await ensure(...args)),
          warnings: [],
        })),
    },
  ],
  'a visitor whom nothing identifies is refused, and nothing is sent': [
    {
      adapter: (adapter) =>
        replace(
          adapter,
          'contacts.ensure',
          (ensure) =>
            (visitor, ...rest) =>
              ensure({ externalId: 'anybody', ...visitor }, ...rest),
        ),
    },
  ],
  'a question of a visitor goes on in the conversation of that visitor': [
    {
      adapter: (adapter) =>
        replace(
          adapter,
          'messages.ask',
          (ask) =>
            (target, ...rest) =>
              ask(target.visitor ? { visitor: { externalId: `${++count}` } } : target, ...rest),
        ),
    },
    {
      adapter: (adapter) =>
        replace(
          adapter,
          'messages.ask',
          (ask) =>
            (target, ...rest) =>
              ask(target.visitor ? { visitor: { externalId: 'everybody' } } : target, ...rest),
        ),
    },
  ],
  'two questions of a new visitor at the same time are in one conversation': [
    {
      adapter: (adapter) =>
        replace(
          adapter,
          'messages.ask',
          (ask) =>
            (target, ...rest) =>
              ask(target.visitor ? { visitor: { externalId: `${++count}` } } : target, ...rest),
        ),
    },
  ],
  'a streamed question of a visitor goes on in the conversation of that visitor': [
    {
      adapter: (adapter) =>
        replace(
          adapter,
          'messages.stream',
          (stream) =>
            (target, ...rest) =>
              stream(target.visitor ? { visitor: { externalId: `${++count}` } } : target, ...rest),
        ),
    },
  ],
  'operators are listed once each, and a search narrows the list': [
    { adapter: pages('operators.list', (page) => ({ ...page, items: [...page.items, ...page.items] })) },
    {
      adapter: (adapter) =>
        replace(
          adapter,
          'operators.list',
          (list) =>
            (_query, ...rest) =>
              list({}, ...rest),
        ),
    },
  ],
  'a reply that takes over if needed is accepted while the agent is in control': [
    {
      adapter: (adapter) => replace(adapter, 'messages.reply', (reply) => (target, input) => reply(target, input)),
    },
  ],
}
