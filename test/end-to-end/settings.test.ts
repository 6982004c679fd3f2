import { agentConversation } from '@parley/agent-conversation'
import type { Adapter, Warning } from '@parley/core'
import { leadConnector } from '@parley/leadconnector'
import { liveChatAI } from '@parley/livechatai'
import { defaultNow, type Sandbox, sandbox, testClock } from '@parley/sandbox'
import { afterAll, describe, expect, it } from 'vitest'
import { differences, type Tour, tour } from './support/tour.ts'

const clock = testClock(defaultNow, { automatic: true })
const desk = await sandbox.start({ clock })
afterAll(() => desk.stop())

type Values<Settings> = { readonly [Key in keyof Settings]: readonly Settings[Key][] | string }

interface Account<Settings extends object> {
  readonly emulator: { readonly settings: Settings; reset(): void }
  readonly open: (onWarning: (warning: Warning) => void) => Adapter
  /** Every switch: its other values, or why it does not matter here. */
  readonly values: Values<Settings>
  /** What a tour usually gives where that is more to say than `ok`. */
  readonly outcomes: Readonly<Record<string, string>>
  /** By `switch=value`: what is then different for a program, and right. */
  readonly different: Readonly<Record<string, readonly string[]>>
}

function holds<Settings extends object>(
  name: string,
  { emulator, open, values, outcomes, different }: Account<Settings>,
): void {
  const { settings } = emulator
  const cases = Object.entries(values).flatMap(([key, others]) =>
    Array.isArray(others) ? others.map((value: unknown) => ({ key, value })) : [],
  )
  async function run(): Promise<{ taken: Tour; warnings: Warning[] }> {
    emulator.reset()
    const warnings: Warning[] = []
    return { taken: await tour(open((warning) => warnings.push(warning))), warnings }
  }

  describe(name, async () => {
    const { taken: usual } = await run()

    it('is toured without a surprise', () => {
      expect(usual.strange).toEqual([])
      const special = Object.entries(usual.outcomes).filter(([, outcome]) => outcome !== 'ok')
      expect(Object.fromEntries(special)).toEqual(outcomes)
      for (const [list, ids] of Object.entries(usual.seen)) expect(ids, list).not.toEqual([])
    })

    it.each(cases.map(({ key, value }) => [`${key}=${JSON.stringify(value)}`, key, value] as const))(
      '%s',
      async (label, key, value) => {
        const before = { ...settings }
        Object.assign(settings, { [key]: value })
        const { taken, warnings } = await run().finally(() => Object.assign(settings, before))
        expect(taken.strange).toEqual([])
        expect(differences(usual, taken, warnings)).toEqual(different[label] ?? [])
      },
    )
  })
}

const { leadConnector: crm, liveChatAI: chat, agentConversation: agents } = desk
crm.settings.rateLimit = false
const name = (vendor: keyof Sandbox & ('leadConnector' | 'liveChatAI' | 'agentConversation'), key: string): string =>
  desk[vendor].credentials[key] ?? ''

const webhooks = 'Only webhooks.'
const lost = [
  'messages.ask: unknown without a text',
  'messages.stream: unknown without a text',
  'messages.export: 4 of 400 gone',
]
const spent = (code: string) => ['messages.ask', 'messages.stream', 'messages.reply'].map((step) => `${step}: ${code}`)
/** The key stands elsewhere than the adapter was told. */
const shut = [
  'agents.list: authentication',
  'agents.get: not reached',
  'conversations.list: authentication',
  'conversations.get: not reached',
  'messages.list: not reached',
  'control.get: not reached',
  'messages.ask: not reached',
  'messages.stream: not reached',
  'control.takeOver: not reached',
  'messages.reply: not reached',
  'control.release: not reached',
  'conversations.update: title: not reached',
  'conversations.update: unread: not reached',
  'contacts.list: authentication',
  'contacts.get: not reached',
  'knowledge.list: authentication',
  'feedback.list: authentication',
]

/** The same at every vendor. */
const sending = {
  storedText: ['footer', 'quotes', 'short-link', 'trimmed-signature'],
  clockOffsetMs: [-600_000, 600_000],
  hideSentMs: 'Held by the suite for adapters, in test/conformance.',
  sends: 'Held by the suite for adapters, in test/conformance.',
} as const

holds('leadconnector', {
  emulator: crm,
  open: (onWarning) =>
    leadConnector({
      token: name('leadConnector', 'token'),
      locationId: name('leadConnector', 'locationId'),
      baseUrl: crm.url,
      clock,
      rate: false,
      onWarning,
    }),
  values: {
    ...sending,
    shapes: ['documented'],
    rateLimit: [true],
    rateLimitBurst: 'Held in test/limits.',
    rateLimitIntervalMs: 'Held in test/limits.',
    rateLimitDaily: 'Held in test/limits.',
    rateLimitRetryAfter: 'Held in test/limits.',
    rateLimitHeadersOnSends: [true],
    strictVersions: [true],
    messageListShape: ['flat'],
    messageShape: ['flat'],
    agentsMissing: [true],
    agentSpelling: ['loose'],
    agentSearchRejectsLocationId: [false],
    agentPageMaximum: [1, 100],
    agentPutResetsBooleans: [false],
    primaryPersists: [false],
    actionList: ['grouped'],
    actionDetails: ['unsupported'],
    followupShape: ['array'],
    conversationGetDate: ['underscored'],
    emailMeta: ['double'],
    callMeta: ['flat'],
    transcriptionShape: ['object'],
    typingTakes: ['string', 'both'],
    sendStatus: [200],
    searchLagMs: [2_500],
    sortKeys: [1],
    tiesAtCursor: ['skip'],
    cursorRepeats: [true],
    exportCursorMs: [-1],
    deletedConversations: ['marked'],
    inbound: ['lost', 'empty'],
    deliveryMs: [0, 60_000],
    statusDelayMs: [0],
    apiSendIsManual: [false],
    whatsappWindow: [true],
    locationSuspended: [true],
    webhookUrl: webhooks,
    webhookUrls: webhooks,
    providerUrl: webhooks,
    webhookSignatures: webhooks,
    webhookShape: webhooks,
    webhookMessageFields: webhooks,
    brokenItems: [true],
  },
  outcomes: {
    'messages.ask': 'answered',
    'messages.stream': 'answered',
    'messages.note': 'accepted',
    'messages.reply': 'accepted',
    'conversations.update: title': 'unsupported',
  },
  different: {
    'agentsMissing=true': [
      'agents.list: vendor-fault',
      'agents.get: not reached',
      'agents.actions.list: not reached',
      'agents.update: not reached',
    ],
    'cursorRepeats=true': [
      'agents.list: response',
      'conversations.list: response',
      'messages.list: response',
      'messages.export: response',
    ],
    // The answers that did not come are not in the export either.
    'inbound="lost"': lost,
    'inbound="empty"': lost,
  },
})

holds('livechatai', {
  emulator: chat,
  open: (onWarning) =>
    liveChatAI({
      apiKey: name('liveChatAI', 'apiKey'),
      agentId: name('liveChatAI', 'agentId'),
      userId: name('liveChatAI', 'userId'),
      baseUrl: `${chat.url}/api/v2`,
      streaming: true,
      clock,
      rate: false,
      onWarning,
    }),
  values: {
    ...sending,
    edition: ['older'],
    streaming: ['sse-text', 'json', 'text'],
    streamBreaks: [true],
    streamHangs: 'A hanging stream is held where the clock may pass a deadline: the adapter’s own tests.',
    streamIds: [false],
    agentBody: ['nested', 'bare'],
    deleteBody: ['empty'],
    errorStatus: ['ok'],
    contactConversations: ['missing'],
    oddValues: ['none', 'all'],
    unanswered: ['empty', 'missing'],
    pastLastPage: ['notFound'],
    filteredDate: ['lastMessageDate'],
    emptyConversations: ['first'],
    permission: ['read', 'none'],
    secureIdentification: [true],
    overQuota: [200, 402, 403, 429],
    processingListings: [0],
  },
  outcomes: { 'messages.ask': 'answered', 'messages.stream': 'answered', 'messages.reply': 'accepted' },
  different: {
    'streamBreaks=true': ['messages.stream: vendor-fault'],
    'permission="read"': [
      'messages.ask: permission',
      'messages.stream: permission',
      'messages.reply: permission',
      'contacts.upsert: permission',
      'conversations.close: permission',
    ],
    'permission="none"': [
      'agents.list: permission',
      'agents.get: not reached',
      'conversations.list: permission',
      'conversations.get: not reached',
      'messages.list: not reached',
      'control.get: not reached',
      'messages.ask: not reached',
      'messages.stream: not reached',
      'messages.reply: not reached',
      'contacts.list: permission',
      'contacts.get: not reached',
      'contacts.upsert: permission',
      'knowledge.list: permission',
      'feedback.list: permission',
      'conversations.close: not reached',
    ],
    // It wants a hash of the contact's id.
    'secureIdentification=true': ['contacts.upsert: invalid-request'],
    'overQuota=200': spent('permission'),
    'overQuota=402': spent('permission'),
    'overQuota=403': spent('permission'),
    'overQuota=429': spent('rate-limit'),
  },
})

holds('agent-conversation', {
  emulator: agents,
  open: (onWarning) =>
    agentConversation({
      apiKey: name('agentConversation', 'apiKey'),
      baseUrl: `${agents.url}/external`,
      clock,
      rate: false,
      onWarning,
    }),
  values: {
    ...sending,
    shapes: ['documented'],
    edition: ['older'],
    authHeader: ['X-Api-Key'],
    authPrefix: ['Bearer '],
    statesShape: ['object', 'envelope'],
    agentFilesShape: ['object', 'envelope'],
    syncAnswer: ['echo'],
    asyncRoute: ['missing'],
    responseShape: [
      'older',
      'nullWhilePending',
      'notFoundWhilePending',
      'bareMessage',
      'emptyWhenCompleted',
      'newWords',
    ],
    pendingLooks: [0, 4],
    failReplies: [true],
    escalates: [false],
    pageSizeDefault: [3],
    pageSizeMax: [7],
    pastLastPage: ['repeat'],
    defaultDirection: ['ASC'],
    archivedConversations: ['hidden'],
    messagesTouchConversation: [false],
    missingFields: ['unsupported', 'null'],
    oddValues: ['none', 'all'],
    badRequestStatus: [400],
    signedUrlLifetime: [-1],
    webhookTargets: webhooks,
    webhookBody: webhooks,
    dialogIdleMs: [0],
    archiveIdleMs: [0],
    chat: ['closed'],
  },
  outcomes: {
    'messages.ask': 'answered',
    'messages.stream': 'answered',
    'messages.reply': 'accepted',
    'conversations.update: unread': 'unsupported',
  },
  different: {
    'authHeader="X-Api-Key"': shut,
    'authPrefix="Bearer "': shut,
    // All that the vendor shows is the newest.
    'agentFilesShape="object"': ['knowledge.list: 9 of 10 gone'],
    'shapes="documented"': ['knowledge.list: 9 of 10 gone'],
    'failReplies=true': ['messages.ask: failed without a text', 'messages.stream: failed without a text'],
    'archivedConversations="hidden"': [
      'conversations.list: 56 of 285 gone',
      'messages.list: 31 of 101 gone',
      'feedback.list: 8 of 61 gone',
    ],
  },
})
