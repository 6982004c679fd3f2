import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { agentConversation } from '@parley/agent-conversation'
import { agentConversationWebhook } from '@parley/agent-conversation/webhook'
import type { Conversation, Event, Message } from '@parley/core'
import { memoryReplays, type ReceivedWebhook, type WebhookReceiver } from '@parley/core/webhook'
import { leadConnector } from '@parley/leadconnector'
import { leadConnectorWebhook } from '@parley/leadconnector/webhook'
import { defaultNow, type Sandbox, start, testClock } from '@parley/sandbox'
import { afterEach, describe, expect, test } from 'vitest'

const ends: (() => unknown)[] = []
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end()
})

/** An application as in the documentation: a Node.js server that passes each request to the receiver. */
async function listen(webhook: WebhookReceiver, fails: () => boolean = () => false) {
  const events: Event[] = []
  const received: ReceivedWebhook[] = []
  const server = createServer(async (incoming, response) => {
    try {
      const answer = await webhook.receive(incoming, (some) => {
        if (fails()) throw new Error('the database is down')
        events.push(...some)
      })
      received.push(answer)
      response.writeHead(answer.status).end()
    } catch {
      response.writeHead(500).end()
    }
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  ends.push(
    () => server.close(),
    () => server.closeAllConnections(),
  )
  return { events, received, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hooks` }
}

async function serve<Vendor extends 'leadConnector' | 'agentConversation'>(vendor: Vendor, seed = 7) {
  const sandbox = await start({ vendors: [vendor], seed, clock: testClock() })
  ends.push(() => sandbox.stop())
  return sandbox as Sandbox<Vendor>
}

/** The part of a message that a webhook has, for comparison. */
const known = ({ ref, conversationId, text, direction, author, channel, createdAt, type }: Message) => ({
  ref,
  conversationId,
  text,
  direction,
  author: author.kind,
  channel: channel?.value,
  type: type.value,
  createdAt,
})

describe('LeadConnector', () => {
  async function open(seed?: number, fails?: () => boolean) {
    const { leadConnector: vendor } = await serve('leadConnector', seed)
    const { token = '', locationId = '' } = vendor.credentials
    const webhook = leadConnectorWebhook({
      account: 'shop',
      locationId,
      publicKeys: [vendor.webhooks.publicKey],
      now: () => defaultNow,
    })
    const app = await listen(webhook, fails)
    const shop = leadConnector({ account: 'shop', token, locationId, baseUrl: vendor.url })
    vendor.settings.webhookUrl = app.url
    vendor.settings.rateLimit = false
    return { ...app, shop, vendor }
  }

  async function talk({ shop }: Pick<Awaited<ReturnType<typeof open>>, 'shop'>) {
    const conversations: Conversation[] = []
    for (const name of ['Ada', 'Bea', 'Cy']) {
      const email = `${name.toLowerCase()}@quill.example`
      const contact = await shop.contacts.upsert({ name, email, phone: `+1555010${conversations.length}` })
      const conversation = await shop.conversations.create({ contact })
      await shop.messages.reply(conversation, { text: `Grüße an ${name}`, channel: 'sms' })
      await shop.messages.reply(conversation, { text: `Bis bald, ${name}`, channel: 'sms' })
      conversations.push(conversation)
    }
    return conversations
  }

  test('what is replied comes back as signed events whose snapshots are what the API says', async () => {
    const app = await open()
    const conversations = await talk(app)
    const { messages } = await truth(app, conversations)
    await app.vendor.webhooks.settled()
    const created = app.events.filter((event) => event.kind === 'message.created')
    expect(created).toHaveLength(6)
    for (const event of created) {
      const read = messages.find(({ ref }) => ref === event.message)
      expect(event.snapshot && known(event.snapshot)).toEqual(read && known(read))
      expect(event.conversation).toBe(`leadconnector:shop/conversation/${read?.conversationId}`)
    }
  })

  async function truth({ shop }: Awaited<ReturnType<typeof open>>, conversations: readonly { id: string }[]) {
    const messages: Message[] = []
    for (const conversation of conversations) {
      const page = await shop.messages.list(conversation.id, { limit: 10 })
      messages.push(...page.items)
    }
    return { messages }
  }

  test.each([1, 2, 3])(
    'with everything that can go wrong, each event arrives once and no other does (seed %i)',
    async (seed) => {
      let failures = 0
      const app = await open(seed, () => failures++ % 3 === 1)
      Object.assign(app.vendor.webhooks.rate, {
        duplicate: 0.5,
        reorder: 0.5,
        delay: 0.5,
        respell: 0.5,
        wrongSignature: 0.5,
        stale: 0.5,
      })
      app.vendor.settings.webhookShape = seed === 2 ? 'nested' : 'flat'
      await talk(app)
      await app.vendor.webhooks.settled()
      const { log } = app.vendor.webhooks
      const refused = (oddity: string) =>
        log.filter(({ oddities }) => oddities.includes(oddity as never)).map(({ status }) => status)
      expect(new Set(refused('wrongSignature'))).toEqual(new Set([401]))
      expect(new Set(refused('stale'))).toEqual(new Set([400]))
      const genuine = new Set(
        log.filter(({ oddities }) => !/wrong|stale/.test(oddities.join())).map(({ number }) => number),
      )
      expect(app.events).toHaveLength(genuine.size)
      expect(new Set(app.events.map(({ dedupeKey }) => dedupeKey)).size).toBe(genuine.size)
      expect(log.some(({ status }) => status === 500)).toBe(true)
      expect(app.received.some(({ replayed }) => replayed > 0)).toBe(true)
    },
  )
})

describe('two processes behind one address', () => {
  test('handle each event of their own location once, and none of another one', async () => {
    const { leadConnector: vendor } = await serve('leadConnector')
    const { locationId = '' } = vendor.credentials
    const replays = memoryReplays({ now: () => defaultNow })
    const process = () =>
      leadConnectorWebhook({
        account: 'shop',
        locationId,
        replays,
        publicKeys: [vendor.webhooks.publicKey],
        now: () => defaultNow,
      })
    const processes = [process(), process()] as const
    const foreign: unknown[] = []
    let turn = 0
    let failures = 0
    const balanced: WebhookReceiver = {
      ...processes[0],
      async receive(request, handle) {
        const received = await processes[turn++ % 2 ? 1 : 0].receive(request, handle)
        if (received.foreign) foreign.push(received.foreign)
        return received
      },
    }
    const app = await listen(balanced, () => failures++ % 3 === 0)
    vendor.settings.webhookUrl = app.url
    Object.assign(vendor.webhooks.rate, { duplicate: 0.5, reorder: 0.5, respell: 0.5 })
    const emit = (fields: object) => vendor.webhooks.emit('UNINSTALL', { ...fields })
    for (let count = 0; count < 5; count++) {
      emit({ locationId })
      emit({ locationId: 'another' })
      emit({ companyId: 'agency' })
    }
    await vendor.webhooks.settled()
    expect(app.events.map(({ kind }) => kind)).toEqual(Array.from({ length: 5 }, () => 'account.disconnected'))
    expect(new Set(app.events.map(({ dedupeKey }) => dedupeKey)).size).toBe(5)
    expect(foreign).toContainEqual(
      expect.objectContaining({ native: 'UNINSTALL', ids: expect.objectContaining({ locationId: 'another' }) }),
    )
    expect(foreign).toContainEqual(
      expect.objectContaining({ native: 'UNINSTALL', ids: expect.objectContaining({ companyId: 'agency' }) }),
    )
  })
})

describe('the agent-conversation API', () => {
  test('its deliveries prove themselves by the header that they were registered with', async () => {
    const { agentConversation: served } = await serve('agentConversation')
    const webhook = agentConversationWebhook({ account: 'hotline', secret: 'made up for this test' })
    const app = await listen(webhook)
    served.settings.webhookTargets = 'any'
    const register = async (triggerCondition: string, trigger: 'message.created' | 'manual') => {
      const response = await fetch(`${served.url}/external/agents/webhooks`, {
        method: 'POST',
        headers: { 'Agent-Secret-Key': served.credentials['apiKey'] ?? '', 'content-type': 'application/json' },
        body: JSON.stringify({
          title: 't',
          description: 'd',
          url: app.url,
          triggerCondition,
          headers: await webhook.headers(trigger),
        }),
      })
      expect(response.status).toBe(201)
    }
    await register('each_message', 'message.created')
    await register('manual', 'manual')
    const desk = agentConversation({
      account: 'hotline',
      apiKey: served.credentials['apiKey'] ?? '',
      baseUrl: `${served.url}/external`,
    })
    const [conversation] = (await desk.conversations.list({ limit: 50 })).items.filter(
      ({ control }) => control.holder === 'agent',
    )
    if (!conversation) throw new Error('none is the agent’s')
    served.webhooks.rate.wrongSignature = 1
    served.webhooks.rate.duplicate = 1
    const answer = await desk.messages.ask(conversation, { text: 'When do you open?' })
    served.webhooks.trigger(conversation.id)
    await served.webhooks.settled()
    expect(app.events).toMatchObject([
      { kind: 'message.created', conversation: conversation.ref, message: answer.message?.ref },
      { kind: 'manual', conversation: conversation.ref },
    ])
    expect(served.webhooks.log.map(({ status }) => status)).toEqual([401, 200, 200, 401, 200, 200])
  })
})

test('LiveChatAI has no webhooks, and its emulator sends none', async () => {
  const sandbox = await start({ vendors: ['liveChatAI'] })
  ends.push(() => sandbox.stop())
  expect(sandbox.liveChatAI.webhooks).toBeUndefined()
})
