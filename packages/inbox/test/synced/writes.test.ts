import {
  type Adapter,
  type Answer,
  type AnswerPart,
  type Control,
  type Conversation,
  type Message,
  NetworkError,
  type SendAttempt,
  type Sent,
} from '@parley/core'
import { createInbox } from '@parley/inbox'
import { sql } from 'kysely'
import { afterAll, afterEach, describe, expect, it } from 'vitest'
import { databaseOf } from '../../src/store/database.ts'
import { conversation } from '../fake-account.ts'
import { filledStore, message, placesWithoutTimes, silentAdapter } from './filled.ts'

const filled = await filledStore()
afterEach(() => filled.clear())
afterAll(() => filled.close())

const db = databaseOf(filled.store)
const at = (minute: number): string => new Date(Date.UTC(2026, 0, 1, 0, minute)).toISOString()
const chat: Conversation = { ...conversation('acme', 'one', 'c1', at(1)), title: 'kept' }
const sent = message(chat, 'sent', { createdAt: at(5), text: 'hello word' })
const attempt = { kind: 'reply', conversationId: 'c1', messageId: 'sent', text: 'x', startedAt: at(5) } as SendAttempt

const answer: Answer = {
  ...{
    outcome: 'answered',
    text: 'an answer',
    message: sent,
    messages: [sent],
    sources: [],
    sourcesState: 'unavailable',
  },
  ...{ conversationId: 'c1', conversationRef: chat.ref, attempt: { ...attempt, kind: 'ask' }, warnings: [] },
}

function account(fails = false): Adapter {
  const { title: _, ...untitled } = chat
  const reply = async (): Promise<Sent> => {
    if (fails) throw new NetworkError({ message: 'The connection broke.', vendor: 'acme', outcome: 'unknown' })
    return {
      outcome: 'accepted',
      message: sent,
      messageId: 'sent',
      conversationId: 'c1',
      attempt,
      warnings: [],
    } as const
  }
  return {
    ...silentAdapter('acme', 'one'),
    conversations: {
      close: async () => ({
        ...untitled,
        status: { value: 'closed', native: null },
        control: { holder: 'operator', basis: 'vendor', native: true },
      }),
      delete: async () => ({ id: 'c1', confirmed: true }),
      deleteForContact: async () => ({ id: 'ada', confirmed: true }),
    },
    messages: {
      reply,
      note: reply,
      ask: async () => answer,
      async *stream(): AsyncGenerator<AnswerPart> {
        yield { type: 'finish', answer }
      },
      setStatus: async () => {},
    },
    control: { takeOver: async () => ({ holder: 'operator', basis: 'vendor', native: true }) },
    contacts: {
      ensure: async () => ({
        contact: { ref: 'acme:one/contact/ada', vendor: 'acme', account: 'one', id: 'ada', name: 'Ada' },
        warnings: [],
      }),
      delete: async () => ({ id: 'ada', confirmed: true }),
    },
  }
}

const inboxOf = (fails = false) => createInbox({ store: filled.store, accounts: [account(fails)] })

async function begin(messages: Message[] = [message(chat, 'm1', { createdAt: at(1), text: 'a' })]): Promise<number> {
  const no = await filled.account('acme:one')
  await filled.write(no, 'conversation', [chat])
  await filled.write(no, 'message', messages)
  await filled.complete(no, [chat.ref])
  return no
}

const due = async (): Promise<string[]> =>
  (
    await sql<{ ref: string }>`select conversation as ref from parley.threads where due_at is not null`.execute(db)
  ).rows.map(({ ref }) => ref)

const idsOf = async (): Promise<string[]> => (await inboxOf().messages.list(chat.ref)).items.map(({ id }) => id)

describe('a write through a synced inbox', () => {
  it.each(['reply', 'note', 'ask', 'stream'] as const)('is seen by the next read: %s', async (verb) => {
    await begin()
    const inbox = inboxOf()
    if (verb === 'stream') for await (const _ of inbox.messages.stream(chat.ref, { text: 'x' }));
    else await inbox.messages[verb](chat.ref, { text: 'x' })
    expect(await idsOf()).toEqual(['sent', 'm1'])
    expect((await inbox.search({ text: 'word' })).items).toHaveLength(1)
    expect(await due()).toEqual([chat.ref])
  })

  it('stores our own message once, whichever of the response and the sync is first', async () => {
    const no = await begin()
    const inbox = inboxOf().as({ 'acme:one': 'ines' })
    const listed = { ...sent, status: { value: 'delivered', native: null } as const }
    await filled.write(no, 'message', [listed])
    await inbox.messages.reply(chat.ref, { text: 'x' })
    await filled.write(no, 'message', [listed])
    expect(await idsOf()).toEqual(['sent', 'm1'])
  })

  it('puts a message at the end of a thread without times', async () => {
    const given = ['m1', 'm2'].map((id) => message(chat, id, { text: id }))
    const no = await begin([])
    await filled.write(no, 'message', given, placesWithoutTimes(given))
    const { createdAt: _, ...untimed } = sent
    const adapter = account()
    const reply = {
      outcome: 'accepted',
      message: untimed,
      messageId: 'sent',
      conversationId: 'c1',
      attempt,
      warnings: [],
    }
    adapter.messages = { ...adapter.messages, reply: async () => reply as never }
    const inbox = createInbox({ store: filled.store, accounts: [adapter] })
    for (const _ of [1, 2]) {
      await inbox.messages.reply(chat.ref, { text: 'x' })
      expect(await idsOf()).toEqual(['sent', 'm2', 'm1'])
    }
  })

  it('puts a message after those of the same time', async () => {
    const no = await begin([])
    const given = ['z2', 'm1'].map((id) => message(chat, id, { createdAt: at(5), text: id }))
    await filled.write(no, 'message', given, { before: [] })
    for (const _ of [1, 2]) {
      await inboxOf().messages.reply(chat.ref, { text: 'x' })
      expect(await idsOf()).toEqual(['sent', 'z2', 'm1'])
    }
  })

  it('changes what the vendor returned, and keeps what it does not repeat', async () => {
    await begin()
    const inbox = inboxOf()
    await inbox.control.takeOver(chat.ref)
    await inbox.conversations.close(chat.ref)
    expect(await inbox.conversations.get(chat.ref)).toEqual({
      ...chat,
      control: { holder: 'operator', basis: 'vendor', native: true },
      status: { value: 'closed', native: null },
    })
    expect((await inbox.conversations.list({ status: 'open' })).items).toEqual([])
    await inbox.contacts.ensure('acme:one', { externalId: 'x' })
    expect((await inbox.contacts.list()).items).toMatchObject([{ name: 'Ada' }])
    await inbox.contacts.delete('acme:one/contact/ada')
    expect((await inbox.contacts.list()).items).toEqual([])
  })

  it('has what an agent waits for after it got an input, or has asked for one', async () => {
    const no = await filled.account('acme:one')
    const waiting = (...ids: string[]): Control => ({
      ...{ holder: 'operator', basis: 'vendor', native: 'interrupted' },
      inputRequests: ids.map((id) => ({ id, text: id })),
    })
    await filled.write(no, 'conversation', [{ ...chat, control: waiting('first') }])
    const goesOn: Control = { holder: 'agent', basis: 'vendor', native: 'idle' }
    const states = [waiting('second'), goesOn, waiting('third')]
    const adapter = account()
    adapter.control = { ...adapter.control, get: async () => states.shift() as Control }
    const asked = { ...answer, outcome: 'needs-input', message: null, messages: [] } as never
    adapter.messages = { ...adapter.messages, provideInput: async () => answer, ask: async () => asked }
    const inbox = createInbox({ store: filled.store, accounts: [adapter] })
    const control = async () => (await inbox.conversations.get(chat.ref)).control
    await inbox.messages.provideInput(chat.ref, { value: 'yes' })
    expect(await control()).toEqual(waiting('second'))
    await inbox.messages.provideInput(chat.ref, { value: 'yes' })
    expect(await control()).toEqual(goesOn)
    await inbox.messages.ask(chat.ref, { text: 'x' })
    expect(await control()).toEqual(waiting('third'))
  })

  it('keeps what the vendor repeats in fewer words', async () => {
    const no = await filled.account('acme:one')
    const ada = { id: 'ada', ref: 'acme:one/contact/ada' }
    const channel = { value: 'sms', native: 'SMS' } as const
    const known = { ...chat, contact: { ...ada, name: 'Ada' }, lastMessage: { at: at(1), text: 'hello', channel } }
    await filled.write(no, 'conversation', [known])
    const adapter = account()
    const assign = async (_: unknown, operatorId: string | null) => ({
      ...{ ...chat, contact: ada, lastMessage: { at: at(1), channel: { ...channel, native: 2 } }, isStarred: false },
      assignee: operatorId === null ? null : { id: operatorId },
    })
    adapter.conversations = { ...adapter.conversations, assign }
    const inbox = createInbox({ store: filled.store, accounts: [adapter] })
    for (const operatorId of [null, 'ines', 'omar', null]) {
      await inbox.conversations.assign(chat.ref, operatorId)
      const assignee = operatorId === null ? null : { id: operatorId }
      expect(await inbox.conversations.get(chat.ref)).toEqual({ ...known, isStarred: false, assignee })
    }
  })

  it('notes the conversation of a message whose status is set', async () => {
    await begin()
    await inboxOf().messages.setStatus('acme:one/message/m1', { status: 'delivered' } as never)
    expect(await due()).toEqual([chat.ref])
  })

  it('removes what was deleted', async () => {
    await begin()
    const inbox = inboxOf()
    await inbox.conversations.delete(chat.ref)
    expect((await inbox.conversations.list()).items).toEqual([])
    expect((await inbox.changes()).items.at(-1)).toMatchObject({ change: 'deleted' })
  })

  it('removes the conversations of a contact that were deleted', async () => {
    const no = await filled.account('acme:one')
    await filled.write(no, 'conversation', [{ ...chat, contact: { id: 'ada' } }])
    const inbox = inboxOf()
    await inbox.conversations.deleteForContact('acme:one/contact/ada')
    expect((await inbox.conversations.list()).items).toEqual([])
  })

  it('has the conversation read again if it may have been done', async () => {
    await begin()
    await expect(inboxOf(true).messages.reply(chat.ref, { text: 'x' })).rejects.toThrow(NetworkError)
    expect(await due()).toEqual([chat.ref])
  })

  it('does not fail because it could not be stored', async () => {
    await begin()
    await filled.sql('alter table parley.threads rename to elsewhere')
    const { outcome, warnings } = await inboxOf().messages.reply(chat.ref, { text: 'x' })
    await filled.sql('alter table parley.elsewhere rename to threads')
    expect(outcome).toBe('accepted')
    expect(warnings).toMatchObject([{ code: 'degraded', operation: 'messages.reply' }])
  })

  it('stores nothing that is no record, and has the conversation read again', async () => {
    await begin()
    const own = account()
    const message = { ...sent, createdAt: '2026-01-01T00:05:00.000001Z' }
    const reply = async () => ({
      outcome: 'accepted',
      message,
      messageId: 'sent',
      conversationId: 'c1',
      attempt,
      warnings: [],
    })
    const adapter = { ...own, messages: { ...own.messages, reply } } as never
    const inbox = createInbox({ store: filled.store, accounts: [adapter] })
    expect(await inbox.messages.reply(chat.ref, { text: 'x' })).toMatchObject({ outcome: 'accepted', warnings: [] })
    expect(await db.selectFrom('parley.messages').select('ref').where('ref', '=', sent.ref).execute()).toEqual([])
    expect(await due()).toEqual([chat.ref])
  })

  it('is not stored of an account that was never synced', async () => {
    const { outcome, warnings } = await inboxOf().messages.reply(chat.ref, { text: 'x' })
    expect([outcome, warnings]).toEqual(['accepted', []])
    const inbox = inboxOf()
    expect(inbox.adapter('acme:one').messages?.reply).toBeDefined()
  })
})
