import type { KnowledgeInput, RuntimeOptions, Warning } from '@parley/core'
import { type LiveChatAI, type LiveChatAIOptions, liveChatAI } from '@parley/livechatai'
import { type Sandbox, sandbox, testClock } from '@parley/sandbox'
import { failure, loadStreamCode, told } from '@parley/testkit'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'

await loadStreamCode()

let running: Sandbox<'liveChatAI'>
let settings: Record<string, unknown>
let warnings: Warning[]
let desk: LiveChatAI
/** A new conversation, with a contact that there is. */
let chat: { contact: string }
const clock = testClock(undefined, { automatic: true })

function open(options: Partial<LiveChatAIOptions> & RuntimeOptions = {}): LiveChatAI {
  const { apiKey = '', agentId = '', operatorId = '' } = running.liveChatAI.credentials
  const baseUrl = `${running.liveChatAI.url}/api/v2`
  const onWarning = (warning: Warning) => warnings.push(warning)
  return liveChatAI({ account: 'shop', apiKey, agentId, operatorId, baseUrl, onWarning, clock, ...options })
}

beforeAll(async () => {
  running = await sandbox.start({ seed: 7, vendors: ['liveChatAI'], clock })
  settings = { ...running.liveChatAI.settings }
})
afterAll(() => running.stop())
beforeEach(async () => {
  warnings = []
  desk = open()
  chat = { contact: (await desk.contacts.list({ limit: 1 })).items[0]?.id ?? '' }
})
afterEach(() => {
  Object.assign(running.liveChatAI.settings, settings)
  running.liveChatAI.reset()
})

async function all<T>(list: AsyncIterable<T>): Promise<T[]> {
  const items: T[] = []
  for await (const item of list) items.push(item)
  return items
}

describe('reading the emulated vendor', () => {
  it('returns every agent, and one by its slug, in every envelope', async () => {
    const agents = await all(desk.agents.list({ limit: 4 }))
    expect(new Set(agents.map(({ id }) => id)).size).toBe(agents.length)
    const [first] = agents
    for (const agentBody of ['wrapped', 'nested', 'bare'] as const) {
      running.liveChatAI.settings.agentBody = agentBody
      const agent = await desk.agents.get(first as NonNullable<typeof first>)
      expect(agent).toMatchObject({ id: first?.id, name: first?.name, status: first?.status })
      expect(await desk.agents.get(String(agent.attributes?.['slug']))).toStrictEqual(agent)
    }
  })

  it('returns every conversation once, latest activity first, with warnings only for the seeded oddities', async () => {
    const conversations = await all(desk.conversations.list({ limit: 30 }))
    expect(conversations.length).toBeGreaterThan(60)
    expect(new Set(conversations.map(({ id }) => id)).size).toBe(conversations.length)
    const times = conversations.map(({ lastActivityAt }) => lastActivityAt ?? '')
    expect(times).toEqual(times.toSorted().toReversed())
    const byPage = await desk.conversations.list({ limit: 100 })
    expect(byPage.items.map(({ id }) => id)).toEqual(conversations.slice(0, byPage.items.length).map(({ id }) => id))
    expect(new Set(told(warnings).map((text) => text.replace(/\d+/, 'n')))).toEqual(
      new Set([
        'unknown-term data.conversations[n].integrationType',
        'unreadable-field data.conversations[n].createdAt',
      ]),
    )
  })

  it('filters at the vendor and here with the same result', async () => {
    const conversations = await all(desk.conversations.list({ limit: 100 }))
    const middle = conversations[20]?.lastActivityAt ?? ''
    const same = async (query: Parameters<LiveChatAI['conversations']['list']>[0], expected: typeof conversations) =>
      expect((await all(desk.conversations.list({ limit: 100, ...query }))).map(({ id }) => id)).toEqual(
        expected.map(({ id }) => id),
      )
    await same(
      { status: 'closed' },
      conversations.filter(({ status }) => status.value === 'closed'),
    )
    await same(
      { channel: 'web', unknown: 'exclude' },
      conversations.filter(({ channel }) => channel?.value === 'web'),
    )
    await same(
      { since: middle, unknown: 'exclude' },
      conversations.filter(({ lastActivityAt }) => !!lastActivityAt && lastActivityAt >= middle),
    )
    await same(
      { until: middle },
      conversations.filter(({ lastActivityAt }) => !lastActivityAt || lastActivityAt <= middle),
    )
    await same(
      { vendor: { livechatai: { channel: 'FULLPAGE' } } },
      conversations.filter(({ channel }) => channel?.native === 'FULLPAGE'),
    )
    for (const contactConversations of ['present', 'missing'] as const) {
      running.liveChatAI.settings.contactConversations = contactConversations
      desk = open()
      const contactId = conversations[0]?.contact?.id ?? ''
      await same(
        { contactId },
        conversations.filter(({ contact }) => contact?.id === contactId),
      )
    }
  })

  it('returns a thread whole and in pages with the same result', async () => {
    const page = await desk.conversations.list({ limit: 20 })
    for (const conversation of page.items) {
      const whole = (await desk.messages.list(conversation)).items
      expect(await all(desk.messages.list(conversation, { limit: 3 }))).toStrictEqual(whole)
      const got = await desk.conversations.get(conversation, { withContact: true })
      expect(got).toMatchObject({ id: conversation.id, agentId: conversation.agentId, status: conversation.status })
      if (conversation.contact) expect(got.contact).toStrictEqual(conversation.contact)
      expect(await desk.control.get(conversation)).toStrictEqual(got.control)
      expect(got.lastMessage?.text ?? null).toBe(whole[0]?.text ?? null)
    }
  })

  it('names the author of every message', async () => {
    const kinds = new Set<string>()
    const { items } = await desk.conversations.list({ limit: 60 })
    for (const conversation of items)
      for (const message of (await desk.messages.list(conversation)).items) {
        kinds.add(message.author.kind)
        if (message.author.kind === 'operator') expect(message.author.id).toEqual(expect.any(String))
        for (const { score } of message.sources ?? []) if (score) expect(score.higherIsBetter).toBeNull()
      }
    expect([...kinds]).toEqual(expect.arrayContaining(['contact', 'agent', 'operator']))
  })

  it('returns contacts in lists and one by one', async () => {
    const contacts = await all(desk.contacts.list({ limit: 50 }))
    expect(new Set(contacts.map(({ id }) => id)).size).toBe(contacts.length)
    const [first] = contacts
    expect(await desk.contacts.get(first as NonNullable<typeof first>)).toMatchObject({
      id: first?.id,
      agentId: first?.agentId,
      externalId: first?.externalId,
    })
  })

  it('keeps every unknown word', async () => {
    running.liveChatAI.settings.oddValues = 'all'
    const { items } = await desk.conversations.list({ limit: 3 })
    expect(items.map(({ channel }) => channel)).toEqual(items.map(() => ({ value: 'unknown', native: 'TELEGRAM_BOT' })))
    const thread = await desk.messages.list(items[0] as NonNullable<(typeof items)[0]>)
    for (const { author } of thread.items) expect(author).toMatchObject({ kind: 'unknown', native: 'moderator' })
  })

  it('succeeds despite every fault on the way', async () => {
    const expected = (await all(desk.conversations.list({ limit: 50 }))).map(({ id }) => id)
    const { faults } = running.liveChatAI
    Object.assign(faults.rate, { status429: 0.1, status5xx: 0.1, reset: 0.05, delay: 0.1 })
    desk = open({ maxRetries: 9 })
    expect((await all(desk.conversations.list({ limit: 20 }))).map(({ id }) => id)).toEqual(expected)
    faults.clear()
    faults.next({ kind: 'truncate' }, { kind: 'html', status: 200 })
    expect(await failure(desk.agents.list())).toMatchObject({ code: 'response', status: 200 })
  })
})

describe('a conversation with the emulated vendor', () => {
  it('is asked, and reconciled to the same answer with distances', async () => {
    const answer = await desk.messages.ask(chat, { text: 'When are you open on Saturday?' })
    expect(answer).toMatchObject({
      outcome: 'answered',
      message: { author: { kind: 'agent' } },
      sourcesState: 'inline',
    })
    expect(answer.sources.length).toBeGreaterThan(0)
    const reconciled = await desk.messages.reconcile(answer.attempt)
    expect(reconciled).toMatchObject({
      outcome: 'done',
      answer: { text: answer.text, message: { id: answer.message?.id } },
    })
    expect(reconciled.answer?.sources.map(({ url }) => url)).toEqual(answer.sources.map(({ url }) => url))
    expect(reconciled.answer?.sources.every(({ score }) => score?.metric === 'distance')).toBe(true)
  })

  it('opens with a contact, is replied to and closed', async () => {
    const contact = await desk.contacts.upsert({
      externalId: 'crm-new',
      name: 'Rosa Lind',
      customFields: { segment: 'a' },
    })
    expect(contact).toMatchObject({ externalId: 'crm-new', name: 'Rosa Lind', customFields: { segment: 'a' } })
    const conversation = await desk.conversations.create({ contact, channel: 'whatsapp' })
    expect(conversation).toMatchObject({
      contact: { id: contact.id },
      channel: { value: 'whatsapp' },
      lastActivityAt: null,
      control: { holder: 'agent' },
    })
    const sent = await desk.messages.reply(conversation, { text: 'A colleague will call you.' })
    expect(sent).toMatchObject({ outcome: 'accepted', message: { author: { kind: 'operator' } } })
    expect(await desk.messages.reconcile(sent.attempt)).toMatchObject({
      outcome: 'done',
      message: { id: sent.messageId },
    })
    expect(await desk.control.get(conversation)).toMatchObject({ holder: 'operator' })
    for (const unanswered of ['empty', 'null', 'missing'] as const) {
      running.liveChatAI.settings.unanswered = unanswered
      const silent = await desk.messages.ask(conversation, { text: `Hello? ${unanswered}` })
      expect(silent).toMatchObject({ outcome: 'unanswered', text: null, message: null })
      expect(await desk.messages.reconcile(silent.attempt)).toMatchObject({ answer: { outcome: 'unanswered' } })
    }
    expect(await desk.conversations.close(conversation)).toMatchObject({ status: { value: 'closed', native: true } })
    expect(told(warnings)).toEqual([])
  })

  it('warns about attributes that were not stored', async () => {
    const contact = await desk.contacts.upsert({ externalId: 'crm-new', customFields: { segment: 'a', shoeSize: 43 } })
    expect(contact.customFields).toStrictEqual({ segment: 'a' })
    expect(told(warnings)).toEqual(['degraded customFields.shoeSize'])
  })

  it.each(['reset', 'truncate', 'html'] as const)(
    'is read back to learn what a lost answer of %s did',
    async (kind) => {
      const [conversation] = (await desk.conversations.list({ status: 'open', limit: 1 })).items
      const posts = () => running.liveChatAI.requests.filter(({ method }) => method === 'POST').length
      const before = posts()
      const on = { method: 'POST' }
      running.liveChatAI.faults.next(
        kind === 'html' ? { kind, status: 502, after: true, on } : { kind, after: true, on },
      )
      const opening = await desk.messages.ask(chat, { text: `Do you repair gears? ${kind}` })
      expect(opening).toMatchObject({ outcome: 'answered', conversationId: expect.any(String) })
      running.liveChatAI.faults.next(
        kind === 'html' ? { kind, status: 502, after: true, on } : { kind, after: true, on },
      )
      const reply = await desk.messages.reply(conversation as NonNullable<typeof conversation>, {
        text: `We do. ${kind}`,
      })
      expect(reply).toMatchObject({ outcome: 'accepted', message: { author: { kind: 'operator' } } })
      expect(posts() - before).toBe(2)
    },
  )

  it('has an unknown outcome for a message that never arrived, and later reports that it was not sent', async () => {
    // Of its own, because whatever was said in it a moment ago could be the question.
    const conversation = await desk.conversations.create({
      ...chat,
    })
    running.liveChatAI.faults.next({ kind: 'reset', on: { method: 'POST' } })
    const answer = await desk.messages.ask(conversation, { text: 'Lost words' })
    expect(answer.outcome).toBe('unknown')
    const startedAt = new Date(clock.now() - 15 * 60_000).toISOString()
    const longAgo = { ...answer.attempt, startedAt, deadline: startedAt }
    expect(await desk.messages.reconcile(longAgo)).toMatchObject({ outcome: 'not-done', message: null, answer: null })
  })
})

describe('a refusal of the emulated vendor', () => {
  it.each(['http', 'ok'] as const)('is the same error with errorStatus %s', async (errorStatus) => {
    running.liveChatAI.settings.errorStatus = errorStatus
    expect(await failure(desk.conversations.get('nowhere'))).toMatchObject({ code: 'not-found' })
    expect(await failure(open({ apiKey: 'wrong' }).agents.list())).toMatchObject({ code: 'authentication' })
    running.liveChatAI.settings.permission = 'read'
    expect(await failure(desk.messages.ask(chat, { text: 'x' }))).toMatchObject({
      code: 'permission',
    })
    running.liveChatAI.settings.permission = 'full'
    running.liveChatAI.settings.secureIdentification = true
    expect(await failure(desk.contacts.upsert({ externalId: 'x' }))).toMatchObject({
      code: 'invalid-request',
    })
  })

  it.each([200, 402, 403, 429] as const)('for a used-up quota with HTTP %i ends in one request', async (overQuota) => {
    running.liveChatAI.settings.overQuota = overQuota
    const before = running.liveChatAI.requests.length
    const error = await failure(desk.messages.ask(chat, { text: 'x' }))
    expect(error).toMatchObject({ code: overQuota === 429 ? 'rate-limit' : 'permission', outcome: 'not-done' })
    expect(running.liveChatAI.requests.length - before).toBe(1)
  })

  it('behind the last page ends a list, and points to a wrong URL otherwise', async () => {
    running.liveChatAI.settings.pastLastPage = 'notFound'
    expect((await all(desk.agents.list({ limit: 100 }))).length).toBeGreaterThan(0)
    const lost = open({ baseUrl: `${running.liveChatAI.url}/api/v9` })
    expect(await failure(lost.conversations.get('c'))).toMatchObject({ code: 'configuration' })
  })
})

describe('agents, knowledge and feedback at the emulated vendor', () => {
  it.each(['wrapped', 'nested', 'bare'] as const)(
    'include an agent that is created, read back and deleted (%s)',
    async (agentBody) => {
      running.liveChatAI.settings.agentBody = agentBody
      const vendor = { livechatai: { isImageSharingEnabled: true } }
      const made = await desk.agents.create({ name: 'Night desk', liveChatEnabled: false, vendor })
      expect(made).toMatchObject({ name: 'Night desk', liveChatEnabled: false, status: { value: 'active' } })
      expect(made.attributes).toMatchObject({ isImageSharingEnabled: true })
      expect(await desk.agents.get(made)).toStrictEqual(made)
      for (const deleteBody of ['message', 'empty'] as const) {
        running.liveChatAI.settings.deleteBody = deleteBody
        const other = deleteBody === 'message' ? made : await desk.agents.create({ name: 'x', liveChatEnabled: true })
        expect(await desk.agents.delete(other)).toEqual({ id: other.id, confirmed: true })
        expect(await failure(desk.agents.get(other))).toMatchObject({ code: 'not-found' })
      }
      expect(warnings).toEqual([])
    },
  )

  it('include knowledge of each kind and of unknown kinds', async () => {
    const items = await all(desk.knowledge.list({ limit: 7 }))
    expect(new Set(items.map(({ id }) => id)).size).toBe(items.length)
    for (const kind of ['website', 'faq', 'text', 'file', 'image', 'video', 'notion'] as const) {
      const found = (await all(desk.knowledge.list({ kind, limit: 9 }))).map(({ id }) => id)
      expect(found).toEqual(items.filter((item) => item.kind.value === kind).map(({ id }) => id))
      expect(found.length, kind).toBeGreaterThan(0)
    }
    const pdfs = await all(desk.knowledge.list({ vendor: { livechatai: { source: 'PDF' } } }))
    expect(new Set(pdfs.map(({ kind }) => kind.native))).toEqual(new Set(['PDF']))
    expect(new Set(told(warnings).map((text) => text.replace(/\d+/, 'n')))).toEqual(
      new Set(['unknown-term data.items[n].status', 'local-filter']),
    )
    expect(items.find(({ status }) => status?.value === 'failed')).toMatchObject({ title: 'Spring campaign' })
  })

  const inputs: KnowledgeInput[] = [
    { kind: 'website', url: 'https://quilloncycles.example/news' },
    { kind: 'text', title: 'Hours', text: 'From nine to six.' },
    { kind: 'faq', question: 'Do you rent tandems?', answer: 'Yes, two of them.' },
    { kind: 'file', fileName: 'rules.pdf', text: 'Be kind.' },
    { kind: 'file', title: 'plan', contentType: 'image/png', text: 'Ground floor.' },
  ]

  it.each(inputs)('include %o, which is added, found and removed', async (input) => {
    const added = await desk.knowledge.add(input)
    expect(added.status).toEqual({ value: 'processing', native: null })
    const find = async () => (await all(desk.knowledge.list({ limit: 100 }))).find(({ id }) => id === added.id)
    const { raw: _, status: __, ...known } = added
    expect(await find()).toMatchObject({ ...known, status: { value: 'processing', native: 'PROCESSING' } })
    expect(await find()).toMatchObject({ ...known, status: { value: 'ready', native: 'COMPLETED' } })
    const removal = input.kind === 'faq' ? desk.knowledge.remove(added.id) : desk.knowledge.remove(added)
    expect(await removal).toEqual({ id: added.id, confirmed: true })
    expect(await find()).toBeUndefined()
    expect(await failure(desk.knowledge.remove(added))).toMatchObject({ code: 'not-found' })
    expect(await failure(desk.knowledge.remove(added.id))).toMatchObject({ code: 'not-found' })
  })

  it('answer from the knowledge that was added', async () => {
    await desk.knowledge.add({ kind: 'faq', question: 'Tandems?', answer: 'Yes, two tandems are for rent.' })
    const answer = await desk.messages.ask(chat, { text: 'Do you rent tandems?' })
    expect(answer.text).toBe('Yes, two tandems are for rent.')
  })

  it('include scores page by page, and within a range of time', async () => {
    const scores = await all(desk.feedback.list({ limit: 4 }))
    expect(scores.length).toBeGreaterThan(8)
    expect(scores.every(({ score }) => typeof score === 'number' && score >= 1 && score <= 5)).toBe(true)
    const [since = '', until = ''] = [scores.at(-3)?.createdAt ?? '', scores[2]?.createdAt ?? '']
    const between = await all(desk.feedback.list({ since, until, limit: 100 }))
    expect(between.map(({ id }) => id)).toEqual(scores.slice(2, -2).map(({ id }) => id))
    expect((await desk.feedback.list({ until: '2019-01-01T00:00:00Z' })).items).toEqual([])
    expect(warnings).toEqual([])
  })

  it('include suggestions that name their answers and can be dismissed', async () => {
    const suggestions = await all(desk.feedback.suggestions({ limit: 3 }))
    expect(suggestions.length).toBeGreaterThan(3)
    const [first] = suggestions
    const { items } = await desk.messages.list(first?.conversationId as string)
    expect(items.find(({ id }) => id === first?.messageId)).toMatchObject({ text: first?.answer })
    const at = suggestions[1]?.createdAt as string
    const same = suggestions.filter(({ createdAt }) => createdAt === at).map(({ id }) => id)
    expect((await all(desk.feedback.suggestions({ since: at, until: at }))).map(({ id }) => id)).toEqual(same)
    expect(await desk.feedback.dismiss(first as never)).toEqual({ id: first?.id, confirmed: true })
    expect((await all(desk.feedback.suggestions({ limit: 50 }))).map(({ id }) => id)).toEqual(
      suggestions.slice(1).map(({ id }) => id),
    )
    expect(await failure(desk.feedback.dismiss(first as never))).toMatchObject({ code: 'not-found' })
  })
})

describe('a streamed answer of the emulated vendor', () => {
  const asked = { text: 'How long does delivery take?' }
  const parts = async (options: Partial<LiveChatAIOptions> = { streaming: true }) =>
    all(open(options).messages.stream(chat, asked))

  it.each([
    ['sse', true],
    ['sse', false],
    ['sse-text', true],
    ['text', true],
    ['json', true],
  ] as const)('equals the answer to a question, as %s (ids: %s)', async (streaming, streamIds) => {
    const { text, sources } = await desk.messages.ask(chat, asked)
    Object.assign(running.liveChatAI.settings, { streaming, streamIds })
    const found = await parts()
    const words = found.flatMap((part) => (part.type === 'text' ? [part.text] : []))
    expect(words.join('')).toBe(text)
    // Bare text may arrive in one piece.
    if (streaming !== 'text') expect(words.length > 1).toBe(streaming !== 'json')
    const last = found.at(-1)
    if (last?.type !== 'finish') throw new Error('It did not finish.')
    expect(last.answer).toMatchObject({ outcome: 'answered', text })
    const hasIds = streaming === 'json' || (streaming === 'sse' && streamIds)
    expect(last.answer.message === null).toBe(!hasIds)
    expect(last.answer.sources.map(({ url }) => url)).toEqual(hasIds ? sources.map(({ url }) => url) : [])
  })

  it.each(['sse', 'sse-text', 'text'] as const)('has the ids of a known conversation, as %s', async (streaming) => {
    Object.assign(running.liveChatAI.settings, { streaming, streamIds: false })
    const { conversationId } = await desk.messages.ask(chat, { text: 'When do you open?' })
    const found = await all(open({ streaming: true }).messages.stream(conversationId as string, asked))
    const last = found.at(-1)
    if (last?.type !== 'finish' || !last.answer.message) throw new Error('There is no message.')
    const { items } = await desk.messages.list(conversationId as string)
    expect(last.answer.message).toStrictEqual(items[0])
    expect(last.answer.attempt.messageId).toBe(items[1]?.id)
  })

  it.each(['sse', 'sse-text'] as const)('raises the error inside the stream, as %s', async (streaming) => {
    Object.assign(running.liveChatAI.settings, { streaming, streamBreaks: true })
    expect(await failure(parts())).toMatchObject({ code: 'vendor-fault', operation: 'messages.stream' })
  })

  it.each(['streamBreaks', 'streamHangs'])('is read back if it stops early: %s', async (how) => {
    const { text } = await desk.messages.ask(chat, asked)
    const { conversationId } = await desk.messages.ask(chat, { text: 'When do you open?' })
    Object.assign(running.liveChatAI.settings, { streaming: 'text', [how]: true })
    const found = await all(open({ streaming: true }).messages.stream(conversationId as string, asked))
    const words = found.flatMap((part) => (part.type === 'text' ? [part.text] : []))
    expect(words.join('')).toBe(text)
    expect(found.at(-1)).toMatchObject({ type: 'finish', answer: { outcome: 'answered', text } })
  })

  it('comes whole without the option', async () => {
    const found = await parts({})
    expect(found.map(({ type }) => type)).toEqual(['warning', 'text', 'sources', 'finish'])
  })
})
