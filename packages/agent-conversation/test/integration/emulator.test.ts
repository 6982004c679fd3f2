import { type AgentConversationOptions, agentConversation } from '@parley/agent-conversation'
import type { RuntimeOptions, Warning } from '@parley/core'
import { type Sandbox, sandbox, testClock } from '@parley/sandbox'
import { failure } from '@parley/testkit'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'

const clock = testClock('2026-02-01T08:00:00.000Z', { automatic: true })
let server: Sandbox<'agentConversation'>
let initial: Sandbox<'agentConversation'>['agentConversation']['settings']

beforeAll(async () => {
  server = await sandbox.start({ seed: 7, clock, vendors: ['agentConversation'] })
  initial = { ...server.agentConversation.settings }
})
afterEach(() => {
  Object.assign(server.agentConversation.settings, initial)
  server.agentConversation.reset()
})
afterAll(() => server.stop())

function account(options: Partial<AgentConversationOptions> & RuntimeOptions = {}) {
  const { url, credentials, settings, faults } = server.agentConversation
  const warnings: Warning[] = []
  const adapter = agentConversation({
    ...{ account: 'hotline', apiKey: credentials['apiKey'] ?? '', baseUrl: url },
    ...{ clock, random: () => 0, onWarning: (warning: Warning) => warnings.push(warning) },
    ...options,
  })
  return { adapter, warnings, settings, faults, agentId: credentials['agentId'] ?? '' }
}

async function all<Item>(list: AsyncIterable<Item>): Promise<Item[]> {
  const items: Item[] = []
  for await (const item of list) items.push(item)
  return items
}

/** A conversation of its own, with a contact that nobody else has. */
async function conversationOf({ adapter }: ReturnType<typeof account>) {
  const contact = await adapter.contacts.create({
    firstName: 'Ada',
    lastName: 'Quill',
    externalId: `own-${clock.elapsed}`,
  })
  return adapter.conversations.create({ contact, title: 'Opening hours' })
}

const question = { text: 'When are you open on Saturday?' }

describe('reading every conversation and message', () => {
  it.each(['current', 'older'] as const)('works for the %s edition without an unknown word', async (edition) => {
    const { adapter, warnings, settings } = account()
    Object.assign(settings, { edition, oddValues: 'none' })
    const { total } = await adapter.conversations.list()
    const conversations = await all(adapter.conversations.list({ limit: 100 }))
    expect(new Set(conversations.map(({ id }) => id)).size).toBe(total)
    for (const conversation of conversations.slice(0, 60)) {
      const messages = await all(adapter.messages.list(conversation))
      for (const { author, direction, conversationId, sources, sourcesState } of messages) {
        expect(author.kind).not.toBe('unknown')
        expect(direction).not.toBe('unknown')
        expect(conversationId).toBe(conversation.id)
        expect(sources !== undefined).toBe(sourcesState === 'inline')
      }
    }
    expect(warnings).toEqual([])
  })

  it('returns them by last activity, in both orders, over every page', async () => {
    const { adapter } = account()
    const newest = (await all(adapter.conversations.list({ limit: 30 }))).map((item) => item.lastActivityAt ?? '')
    expect(newest).toEqual([...newest].sort().reverse())
    const oldest = (await all(adapter.conversations.list({ limit: 30, order: 'asc' }))).map(
      (item) => item.lastActivityAt,
    )
    expect(oldest).toEqual([...newest].reverse())
  })

  it('keeps unknown words', async () => {
    const { adapter, warnings, settings } = account()
    settings.oddValues = 'all'
    const [conversation] = (await adapter.conversations.list({ limit: 1 })).items
    const messages = await all(adapter.messages.list(conversation?.id ?? ''))
    expect(messages.length).toBeGreaterThan(0)
    expect(messages.every(({ author, channel }) => author.kind === 'unknown' || channel?.value === 'unknown')).toBe(
      true,
    )
    expect(new Set(warnings.map(({ code }) => code))).toEqual(new Set(['unknown-term']))
  })

  it('ends although the vendor repeats its last page', async () => {
    const { adapter, settings } = account()
    settings.pastLastPage = 'repeat'
    const conversations = await all(adapter.conversations.list({ limit: 100 }))
    expect(new Set(conversations.map(({ id }) => id)).size).toBe(conversations.length)
  })

  it('accepts pages that are smaller than requested', async () => {
    const { adapter, settings } = account()
    settings.pageSizeMax = 7
    const { items, total } = await adapter.conversations.list()
    expect(items).toHaveLength(7)
    expect(await all(adapter.conversations.list())).toHaveLength(total ?? -1)
  })

  it('returns exactly the matches for each filter', async () => {
    const { adapter, agentId } = account()
    const everything = await all(adapter.conversations.list({ limit: 100 }))
    const some = everything[40]
    const contactId = some?.contact?.id ?? ''
    const [since, until] = [everything[60]?.lastActivityAt ?? '', everything[20]?.lastActivityAt ?? '']
    const ids = (list: typeof everything) => list.map(({ id }) => id)
    expect(ids(await all(adapter.conversations.list({ contactId })))).toEqual(
      ids(everything.filter(({ contact }) => contact?.id === contactId)),
    )
    expect(ids(await all(adapter.conversations.list({ since, until })))).toEqual(
      ids(
        everything.filter(({ lastActivityAt }) => (lastActivityAt ?? '') >= since && (lastActivityAt ?? '') <= until),
      ),
    )
    expect(ids(await all(adapter.conversations.list({ search: some?.title ?? '' })))).toContain(some?.id)
    expect(await all(adapter.conversations.list({ agentId }))).toHaveLength(everything.length)
    expect(await all(adapter.conversations.list({ agentId: 'another' }))).toEqual([])
    expect(ids(await all(adapter.conversations.list({ channel: 'voice' })))).toEqual(
      ids(everything.filter(({ channel }) => channel?.value === 'voice')),
    )
  })

  it.each(['array', 'object', 'envelope'] as const)('can name workflow states that come as %s', async (statesShape) => {
    const { adapter, settings, warnings } = account({ stateNames: true })
    settings.statesShape = statesShape
    const conversations = await all(adapter.conversations.list({ limit: 100 }))
    expect(conversations.some(({ state }) => state?.name)).toBe(true)
    expect(warnings).toEqual([])
  })

  it('never returns the agent’s secrets', async () => {
    const { adapter, agentId } = account()
    const { items } = await adapter.agents.list()
    expect(items[0]?.id).toBe(agentId)
    expect(JSON.stringify(items)).not.toContain(server.agentConversation.credentials['apiKey'])
    expect(JSON.stringify(items)).not.toMatch(/"(?:apiKey|headers|instructions)"/)
  })

  it('works for another deployment', async () => {
    const { adapter, settings } = account({ authHeader: 'Authorization', authPrefix: 'Bearer' })
    Object.assign(settings, { authHeader: 'Authorization', authPrefix: 'Bearer ' })
    expect((await adapter.agents.list()).items).toHaveLength(1)
  })

  it('fails with a wrong key', async () => {
    const error = await failure(account({ apiKey: 'wrong-key' }).adapter.conversations.list())
    expect(error).toMatchObject({ code: 'authentication', status: 403, vendorCode: 'FORBIDDEN_ERROR' })
    expect(error.message).not.toContain('wrong-key')
  })
})

describe('a question to the emulated vendor', () => {
  it.each([
    {},
    { edition: 'older' },
    { responseShape: 'older' },
    { responseShape: 'nullWhilePending' },
    { responseShape: 'notFoundWhilePending' },
    { responseShape: 'notFoundWhilePending', pendingLooks: 6 },
    { responseShape: 'bareMessage' },
    { responseShape: 'emptyWhenCompleted' },
    { responseShape: 'newWords' },
    { pendingLooks: 12 },
    { asyncRoute: 'missing' },
    { asyncRoute: 'missing', syncAnswer: 'echo' },
  ] as const)('with %o is answered with its sources', async (switches) => {
    const own = account()
    const conversation = await conversationOf(own)
    Object.assign(own.settings, switches)
    const answer = await own.adapter.messages.ask(conversation, question)
    expect(answer).toMatchObject({ outcome: 'answered', conversationId: conversation.id, sourcesState: 'inline' })
    expect(answer.message?.author.kind).toBe('agent')
    expect(answer.message?.inReplyTo).toBe(answer.attempt.messageId)
    expect(answer.sources.length).toBeGreaterThan(0)
    const thread = await all(own.adapter.messages.list(conversation, { order: 'asc' }))
    expect(thread.map(({ id }) => id)).toEqual([answer.attempt.messageId, answer.message?.id])
  })

  it.each(['reply', 'echo'] as const)('is answered in one request that returns the %s', async (syncAnswer) => {
    const own = account()
    own.settings.syncAnswer = syncAnswer
    const vendor = { 'agent-conversation': { sync: true } }
    const contact = (await own.adapter.contacts.list({ limit: 1 })).items[0]?.id ?? ''
    const answer = await own.adapter.messages.ask({ contact }, { ...question, vendor })
    expect(answer).toMatchObject({ outcome: 'answered', contactId: contact })
  })

  it('fails if the agent fails, and is reconciled as failed', async () => {
    const own = account()
    own.settings.failReplies = true
    const answer = await own.adapter.messages.ask(await conversationOf(own), question)
    expect(answer.outcome).toBe('failed')
    expect((await own.adapter.messages.reconcile(answer.attempt)).answer?.outcome).toBe('failed')
  })

  it('is pending at the deadline, and reconciled once the answer is there', async () => {
    const own = account()
    const conversation = await conversationOf(own)
    own.settings.pendingLooks = 6
    const answer = await own.adapter.messages.ask(conversation, question, { timeout: 2_000 })
    expect(answer.outcome).toBe('pending')
    const looks: (string | undefined)[] = []
    while (looks.at(-1) !== 'answered' && looks.length < 5)
      looks.push((await own.adapter.messages.reconcile(answer.attempt)).answer?.outcome)
    expect(looks[0]).toBe('pending')
    expect(looks.at(-1)).toBe('answered')
  })

  it('is unanswered while a person is in control', async () => {
    const own = account()
    const conversation = await conversationOf(own)
    await own.adapter.control.takeOver(conversation)
    const answer = await own.adapter.messages.ask(conversation, question)
    expect(answer).toMatchObject({ outcome: 'unanswered', message: null })
  })

  it('of an unknown conversation fails with `not-found`', async () => {
    expect(await failure(account().adapter.messages.ask('nowhere', question))).toMatchObject({ code: 'not-found' })
  })
})

describe('a send whose answer is lost', () => {
  it.each([{ kind: 'reset' }, { kind: 'status', status: 502 }, { kind: 'truncate' }, { kind: 'html' }] as const)(
    'after it was stored (%o) is found, answered and stored once',
    async (fault) => {
      const own = account()
      const conversation = await conversationOf(own)
      own.faults.next({ ...fault, after: true, on: { method: 'POST' } })
      const answer = await own.adapter.messages.ask(conversation, question)
      expect(answer.outcome).toBe('answered')
      const thread = await all(own.adapter.messages.list(conversation))
      expect(thread.filter(({ text }) => text === question.text)).toHaveLength(1)
    },
  )

  it('before it was stored has an unknown outcome, and is reconciled as not done later', async () => {
    const own = account()
    const conversation = await conversationOf(own)
    own.faults.next({ kind: 'reset', on: { method: 'POST' } })
    const answer = await own.adapter.messages.ask(conversation, question)
    expect(answer.outcome).toBe('unknown')
    expect((await own.adapter.messages.reconcile(answer.attempt)).outcome).toBe('unknown')
    await new Promise<void>((resolve) => void clock.after(181_000, resolve))
    expect(await own.adapter.messages.reconcile(answer.attempt)).toMatchObject({
      outcome: 'not-done',
      message: null,
      answer: null,
    })
  })

  it('is never sent twice, whatever fails', async () => {
    const own = account({ maxRetries: 1 })
    const { messages } = own.adapter
    const conversation = await conversationOf(own)
    Object.assign(own.faults.rate, { status5xx: 0.15, status429: 0.05, reset: 0.1, truncate: 0.1 })
    const outcomes = new Map<string, string>()
    for (let index = 0; index < 40; index++) {
      const text = `Question ${index}: when are you open?`
      const outcome = await messages.ask(conversation, { text }, { timeout: 60_000 }).then(
        (answer) => answer.outcome,
        (error) => `threw ${error.outcome}`,
      )
      outcomes.set(text, outcome)
    }
    own.faults.clear()
    const thread = await all(messages.list(conversation))
    for (const [text, outcome] of outcomes) {
      const there = thread.filter((message) => message.text === text).length
      if (outcome === 'threw not-done') expect([text, there]).toEqual([text, 0])
      else if (outcome === 'unknown') expect(there).toBeLessThanOrEqual(1)
      else expect([text, outcome, there]).toEqual([text, outcome, 1])
    }
    expect([...outcomes.values()].filter((outcome) => outcome === 'answered').length).toBeGreaterThan(20)
  })

  it('is found if it is a reply', async () => {
    const own = account()
    const conversation = await conversationOf(own)
    await own.adapter.control.takeOver(conversation)
    own.faults.next({ kind: 'reset', after: true, on: { method: 'POST' } })
    const sent = await own.adapter.messages.reply(conversation, { text: 'I will call you.' })
    expect(sent).toMatchObject({ outcome: 'accepted', message: { author: { kind: 'operator' } } })
    expect((await own.adapter.messages.reconcile(sent.attempt)).outcome).toBe('done')
  })
})

describe('an operator at the emulated vendor', () => {
  it('takes over, replies and releases', async () => {
    const own = account()
    const { control, messages } = own.adapter
    const conversation = await conversationOf(own)
    expect(await control.get(conversation)).toMatchObject({ holder: 'agent' })
    const refused = await failure(messages.reply(conversation, { text: 'Hello' }))
    expect(refused).toMatchObject({ code: 'conflict', outcome: 'not-done' })
    expect(refused.message).toContain('control.takeOver')
    expect(await control.takeOver(conversation)).toMatchObject({ holder: 'operator', basis: 'vendor' })
    const assigned = (await all(own.adapter.conversations.list({ limit: 100 }))).find(({ assignee }) => assignee)
    const operatorId = assigned?.assignee?.id ?? ''
    expect(await messages.reply(conversation, { text: 'Hello', operatorId })).toMatchObject({
      outcome: 'accepted',
    })
    expect(await control.release(conversation)).toMatchObject({ holder: 'agent' })
  })

  it('cannot take over a call', async () => {
    const { adapter } = account()
    const [call] = (await adapter.conversations.list({ channel: 'voice', limit: 100 })).items
    await adapter.control.takeOver(call?.id ?? '')
    const error = await failure(adapter.messages.reply(call?.id ?? '', { text: 'Hello' }))
    expect(error).toMatchObject({ code: 'conflict' })
    expect(error.message).toContain('voice')
  })
})

describe('contacts and conversations at the emulated vendor', () => {
  it('include a contact that is created once, found and deleted', async () => {
    const { contacts } = account().adapter
    const input = {
      ...{ firstName: 'Ada', lastName: 'Quill', email: 'ada.q@quill.example', phone: '+15550142', externalId: 'crm-1' },
      customFields: { tier: 'gold' },
    }
    const created = await contacts.create(input)
    expect(created).toMatchObject({ ...input, name: 'Ada Quill' })
    expect(await failure(contacts.create(input))).toMatchObject({ code: 'conflict', status: 400 })
    for (const search of [{ email: input.email }, { phone: input.phone }, { externalId: 'crm-1' }]) {
      expect((await contacts.search(search)).items).toMatchObject([{ id: created.id, conversationIds: [] }])
    }
    expect((await contacts.search({ externalId: 'crm-2' })).items).toEqual([])
    expect(await contacts.delete(created)).toEqual({ id: created.id, confirmed: true })
    expect(await failure(contacts.get(created))).toMatchObject({ code: 'not-found' })
  })

  it('include each of the agent’s contacts once', async () => {
    const list = account().adapter.contacts.list({ limit: 40 })
    const { total } = await list
    const ids = (await all(list)).map(({ id }) => id)
    expect(ids).toHaveLength(total ?? -1)
    expect(new Set(ids).size).toBe(ids.length)
  })

  it.each([
    { channel: 'email' as const, subject: 'Your bike' },
    { channel: 'sms' as const },
    { channel: 'voice' as const },
  ])('include a conversation that is started by $channel', async (how) => {
    const { adapter } = account()
    const contact = { firstName: 'Ada', lastName: 'Quill', email: 'ada.q@quill.example', phone: '+15550142' }
    const conversation = await adapter.conversations.start({
      contact,
      text: 'Hello Ada',
      customFields: { a: 1 },
      ...how,
    })
    expect(conversation).toMatchObject({ contact: { name: 'Ada Quill' }, customFields: { a: 1 } })
    expect(conversation.channel?.value).toBe(how.channel === 'voice' ? 'voice' : undefined)
    const [first] = await all(adapter.messages.list(conversation, { order: 'asc' }))
    expect(first).toMatchObject({ text: 'Hello Ada', channel: { value: how.channel } })
  })

  it('can be updated, and deleted for one contact', async () => {
    const own = account()
    const { conversations } = own.adapter
    const conversation = await conversationOf(own)
    const updated = await conversations.update(conversation, { title: 'Closed', status: 'archived' })
    expect(updated).toMatchObject({ title: 'Closed', status: { value: 'archived', native: 'archived' } })
    expect(await conversations.get(conversation)).toMatchObject({ title: 'Closed', status: { value: 'unknown' } })
    const contact = conversation.contact?.id ?? ''
    expect(await conversations.deleteForContact(contact)).toEqual({ id: contact, confirmed: false })
    expect(await failure(conversations.get(conversation))).toMatchObject({ code: 'not-found' })
    expect(await conversations.deleteForContact('nobody')).toEqual({ id: 'nobody', confirmed: false })
  })
})

describe('the files of messages at the emulated vendor', () => {
  const bytes = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0, 255])

  it('are sent with a question and a reply, and read back byte for byte', async () => {
    const desk = account()
    const { adapter } = desk
    const conversation = await conversationOf(desk)
    const uploaded = await adapter.attachments.upload(conversation, { fileName: 'old plan.pdf', content: bytes })
    const photo = { fileName: 'photo.png', contentType: 'image/png', content: new Blob([bytes]) }
    await adapter.messages.ask(conversation, { ...question, attachments: [uploaded, photo] })
    await adapter.control.takeOver(conversation)
    await adapter.messages.reply(conversation, { text: 'Here.', attachments: [photo] })
    const thread = await all(adapter.messages.list(conversation, { order: 'asc' }))
    const files = thread.flatMap(({ attachments = [] }) => attachments)
    expect(files.map(({ fileName }) => fileName)).toEqual(['old plan.pdf', 'photo.png', 'photo.png'])
    expect(files).toMatchObject(files.map(() => ({ access: 'fetchable', conversationId: conversation.id, size: 6 })))
    for (const [index, attachment] of files.entries())
      expect(await adapter.attachments.read(attachment)).toEqual({
        bytes,
        contentType: index === 0 ? 'application/octet-stream' : 'image/png',
        fileName: attachment.fileName,
      })
    const { url } = await adapter.attachments.url(files[0] as NonNullable<(typeof files)[0]>)
    expect(new Uint8Array(await (await globalThis.fetch(url)).arrayBuffer())).toEqual(bytes)
  })

  it('are refused by a storage whose URL is expired', async () => {
    const desk = account()
    const conversation = await conversationOf(desk)
    desk.settings.signedUrlLifetime = -1
    const work = desk.adapter.messages.ask(conversation, {
      ...question,
      attachments: [{ fileName: 'a', content: bytes }],
    })
    expect(await failure(work)).toMatchObject({ code: 'invalid-request', message: expect.stringMatching(/expired/) })
    expect(await all(desk.adapter.messages.list(conversation))).toEqual([])
  })
})

describe('knowledge at the emulated vendor', () => {
  const content = new TextEncoder().encode('Größe: 5 €')

  it.each(['array', 'envelope'] as const)(
    'is read back after it was added, until it is removed (%s)',
    async (shape) => {
      const { adapter, settings, warnings } = account()
      settings.agentFilesShape = shape
      const before = await all(adapter.knowledge.list())
      expect(before.length).toBeGreaterThan(1)
      const added = await adapter.knowledge.add({
        kind: 'file',
        fileName: 'sizes €.txt',
        contentType: 'text/plain',
        content,
      })
      const { url: _, raw: __, ...same } = added
      expect(added).toMatchObject({ fileName: 'sizes €.txt', status: { value: 'ready' }, kind: { value: 'file' } })
      const after = await all(adapter.knowledge.list({ limit: 2 }))
      expect(after.map(({ id }) => id)).toEqual([...before.map(({ id }) => id), added.id])
      expect(after.at(-1)).toMatchObject(same)
      const stored = await globalThis.fetch(added.url as string)
      expect(new Uint8Array(await stored.arrayBuffer())).toEqual(content)
      expect(await adapter.knowledge.remove(added)).toEqual({ id: added.id, confirmed: true })
      expect((await all(adapter.knowledge.list())).map(({ id }) => id)).toEqual(before.map(({ id }) => id))
      expect(await failure(adapter.knowledge.remove(added))).toMatchObject({ code: 'not-found' })
      expect(warnings).toEqual([])
    },
  )

  it('has an unknown status if the file is only stored', async () => {
    const { adapter, settings } = account()
    settings.agentFilesShape = 'object'
    expect((await adapter.knowledge.list()).items).toHaveLength(1)
    const vendor = { 'agent-conversation': { autoAddToVectorStore: false } }
    const kept = await adapter.knowledge.add({ kind: 'file', fileName: 'a.txt', content, vendor })
    expect(kept.status).toEqual({ value: 'unknown', native: null })
  })
})

describe('feedback at the emulated vendor', () => {
  it('is given, replaced and found with its conversation', async () => {
    const desk = account()
    const { adapter, warnings } = desk
    const conversation = await conversationOf(desk)
    const { message } = await adapter.messages.ask(conversation, question)
    if (!message) throw new Error('There is no answer.')
    const authorId = conversation.contact?.id as string
    const first = await adapter.feedback.give(message, { vote: 'up', authorId, question: question.text })
    expect(first).toMatchObject({ vote: { value: 'up' }, messageId: message.id, conversationId: conversation.id })
    const words = { question: question.text, answer: 'From nine.', comment: 'Not quite.' }
    const second = await adapter.feedback.give(message.id, { vote: 'down', authorId, ...words })
    expect(second).toMatchObject({ id: first.id, vote: { value: 'down' }, ...words })
    const listed = (await all(adapter.feedback.list({ limit: 5 }))).filter(({ id }) => id === first.id)
    const { messageId: _, createdAt: __, ...same } = second
    expect(listed).toMatchObject([{ ...same, conversationId: conversation.id }])
    const vendor = { 'agent-conversation': { withFeedbacks: true } }
    const thread = await all(adapter.messages.list(conversation, { vendor }))
    expect(thread.find(({ id }) => id === message.id)?.feedback).toMatchObject([{ id: first.id, ...words }])
    expect(new Set(warnings.map(({ code }) => code))).toEqual(new Set(['degraded']))
  })

  it('is listed for every conversation that has any', async () => {
    const { adapter } = account()
    const found = await all(adapter.feedback.list({ limit: 3 }))
    const expected = (await all(adapter.conversations.list())).flatMap(({ feedback = [] }) => feedback)
    expect(found.map(({ id }) => id).sort()).toEqual(expected.map(({ id }) => id).sort())
    expect(found.length).toBeGreaterThan(0)
    const times = found.map(({ createdAt }) => createdAt as string).sort()
    const [since, until] = [times.at(1), times.at(-2)] as [string, string]
    const between = await all(adapter.feedback.list({ since, until }))
    expect(between.map(({ createdAt }) => createdAt).sort()).toEqual(times.filter((at) => at >= since && at <= until))
  })
})

describe('webhooks at the emulated vendor', () => {
  it('are registered for public URLs with the contract’s words', async () => {
    const { adapter, agentId } = account()
    const input = {
      title: 'Inbox',
      description: 'x',
      url: 'https://inbox.example/hook',
      headers: { 'x-secret': 'planted' },
    }
    const webhook = await adapter.webhooks.create({ ...input, trigger: 'conversation.ended' })
    expect(webhook).toMatchObject({
      ...{ title: 'Inbox', description: 'x', url: 'https://inbox.example/hook', agentId, isActive: true },
      trigger: { value: 'conversation.ended', native: 'end_dialog' },
    })
    expect(JSON.stringify(webhook)).not.toContain('planted')
  })
})

describe('a streamed answer of the emulated vendor', () => {
  it('comes in one part', async () => {
    const desk = account()
    const parts = await all(desk.adapter.messages.stream(await conversationOf(desk), question))
    const last = parts.at(-1)
    expect(last).toMatchObject({ type: 'finish', answer: { outcome: 'answered' } })
    expect(parts[0]).toMatchObject({ type: 'warning', warning: { code: 'no-streaming' } })
  })
})
