import type { OperationName } from '@parley/core'
import { type Mutant, pages, query, refused, replace, result, without } from './mutate.ts'

const items = (name: OperationName, change: (item: Any) => Any): Mutant => ({
  adapter: pages(name, (page) => ({ ...page, items: page.items.map(change) })),
})

// biome-ignore lint/suspicious/noExplicitAny: whatever the item is, it is taken as it comes
type Any = any

/** By the check that has to catch it: what is wrong with knowledge, ratings, exports, files and webhooks. */
export const knowledge: Record<string, Mutant[]> = {
  'added knowledge has the given fields, and is listed once it is processed': [
    { adapter: result('knowledge.add', (item) => ({ ...item, id: 'another', status: { value: 'ready' } })) },
    { adapter: result('knowledge.add', (item) => ({ ...item, kind: { value: 'video', native: 'video' } })) },
    items('knowledge.list', (item) => ({ ...item, question: item.question && 'Other?' })),
    {
      adapter: (adapter) =>
        replace(adapter, 'knowledge.add', () => async () => {
          throw refused('no')
        }),
    },
  ],
  'knowledge that was removed is no longer listed, and nothing else is missing': [
    { adapter: (adapter) => replace(adapter, 'knowledge.remove', () => async (id) => ({ id, confirmed: true })) },
    {
      adapter: (adapter) =>
        replace(adapter, 'knowledge.remove', (remove) => async (item) => {
          await remove('fact-10').catch(() => {})
          return remove(item)
        }),
    },
  ],
  'knowledge is filtered by its kind and by its collection': [
    { adapter: query('knowledge.list', without('kind')) },
    { adapter: query('knowledge.list', without('knowledgeBaseId')) },
  ],
  'a rating is listed, and a second one by the same author replaces it': [
    items('feedback.list', (item) => ({ ...item, vote: { value: 'up', native: true } })),
    items('feedback.list', (item) => ({ ...item, messageId: 'another' })),
    {
      adapter: (adapter) =>
        replace(adapter, 'feedback.give', (give) => (id, input) => give(id, { ...input, authorId: input.vote })),
    },
  ],
  'a suggestion that was dismissed is gone, and the others are still there': [
    {
      adapter: (adapter) =>
        replace(adapter, 'feedback.dismiss', () => async ({ id }) => ({ id, confirmed: true })),
    },
    { adapter: (adapter) => replace(adapter, 'feedback.dismiss', (dismiss) => () => dismiss('hint-10')) },
  ],
  'ratings and suggestions of a time are those that were made in it': [
    { adapter: query('feedback.list', without('since')) },
    { adapter: query('feedback.suggestions', without('until')) },
    items('feedback.list', ({ createdAt: _, ...item }) => item),
  ],
  'ratings and working hours, which have no ref, have the shape of the contract': [
    items('feedback.list', (item) => ({ ...item, vote: 'up' })),
    { adapter: result('agents.workingHours.get', (hours) => ({ ...hours, timezone: 'business' })) },
  ],
  'an export holds the messages of the threads, each once, and says the same of them': [
    { adapter: pages('messages.export', (page) => ({ ...page, items: page.items.slice(1) })) },
    { adapter: pages('messages.export', (page) => ({ ...page, items: [...page.items, page.items[0]] })) },
    items('messages.export', (item) => ({ ...item, text: `${item.text} ` })),
  ],
  'an export by since holds the messages that match it, and no others': window('since'),
  'an export by until holds the messages that match it, and no others': window('until'),
  'an export by channel holds the messages that match it, and no others': window('channel'),
  'an export by conversationId holds the messages that match it, and no others': window('conversationId'),
  'an export by contactId holds the messages that match it, and no others': window('contactId'),
  'an export comes newest first, and oldest first when asked, in each channel': [
    { adapter: query('messages.export', without('order')) },
    { adapter: pages('messages.export', (page) => ({ ...page, items: page.items.toReversed() })) },
  ],
  'a file that was uploaded and then sent is read back with the same bytes': bytes(),
  'a file that is given with a message by its bytes is read back with the same bytes': [
    ...bytes(),
    {
      adapter: (adapter) =>
        replace(adapter, 'messages.reply', (reply) => (id, input) => reply(id, without('attachments')(input))),
    },
  ],
  'a file that is given with a question by its bytes is read back with the same bytes, or refused': [
    ...bytes(),
    {
      adapter: (adapter) =>
        replace(adapter, 'messages.ask', (ask) => (id, input) => ask(id, without('attachments')(input))),
    },
    {
      adapter: (adapter) =>
        replace(adapter, 'messages.ask', (ask) => async (id, input) => {
          await ask(id, input)
          throw refused('no')
        }),
    },
  ],
  'the address of a file returns the file without a credential': [
    { adapter: result('attachments.url', ({ url }) => ({ url: url.replace('?key=open', '') })) },
    { adapter: result('attachments.url', () => ({ url: 'https://files.reference.example/kept/file-1?key=open' })) },
  ],
  'the credential is never sent to the host that stores a file': [
    { adapter: (adapter, options) => replace(adapter, 'attachments.read', () => readWithToken(adapter, options)) },
    { adapter: (adapter) => replace(adapter, 'attachments.read', () => async () => ({ bytes: new Uint8Array() })) },
  ],
  'the actions of the agents are those that the server holds': [
    { adapter: pages('agents.actions.list', (page) => ({ ...page, items: page.items.slice(1) })) },
    items('agents.actions.list', (item) => (item.steps ? { ...item, steps: [] } : item)),
    items('agents.actions.list', (item) => ({ ...item, enabled: !item.enabled })),
  ],
  'the knowledge is that which the server holds': [
    { adapter: pages('knowledge.list', (page) => ({ ...page, items: page.items.slice(1) })) },
    items('knowledge.list', (item) => ({ ...item, status: { ...item.status, value: 'ready' } })),
  ],
  'the ratings are those that the server holds': [
    items('feedback.list', (item) => ({ ...item, vote: { ...item.vote, value: 'up' } })),
    items('feedback.list', (item) => ({ ...item, id: null })),
  ],
  'the suggestions are those that the server holds': [
    items('feedback.suggestions', (item) => ({ ...item, question: item.answer })),
  ],
  'a webhook is created as requested, and the result does not contain its secret': [
    { adapter: result('webhooks.create', (hook) => ({ ...hook, url: 'https://hooks.example.com/' })) },
    {
      adapter: (adapter) =>
        replace(adapter, 'webhooks.create', (create) => async (input) => ({
          ...(await create(input)),
          description: JSON.stringify(input.headers),
        })),
    },
  ],
}

function window(name: string): Mutant[] {
  return [
    { adapter: query('messages.export', without(name)) },
    { adapter: pages('messages.export', (page, asked) => (asked[name] ? { ...page, items: [] } : page)) },
  ]
}

function bytes(): Mutant[] {
  return [
    { adapter: result('attachments.read', (file) => ({ ...file, bytes: file.bytes.slice(1) })) },
    { adapter: result('attachments.read', ({ contentType }) => ({ contentType })) },
  ]
}

function readWithToken(
  adapter: Parameters<NonNullable<Mutant['adapter']>>[0],
  { fetch: send = fetch }: Parameters<NonNullable<Mutant['adapter']>>[1],
) {
  return async (attachment: never) => {
    const { url = '' } = (await adapter.attachments?.url?.(attachment)) ?? {}
    const answer = await send(url, { headers: { authorization: 'Bearer planted-reference-token' } })
    return { bytes: new Uint8Array(await answer.arrayBuffer()) }
  }
}
