import { createHash } from 'node:crypto'
import { buildRef, type Conversation, type Message } from '@parley/core'

/** The accounts of the benchmark: three large ones, and a small one that a search must not have to look for. */
export const accountNames = ['desk', 'crm', 'shop', 'kiosk'] as const
export type AccountName = (typeof accountNames)[number]

/** One of so many conversations is in the small account. */
const smallOneIn = 1000

/** Numbers in [0, 1) that depend only on the seed. */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
}

export const pick = <Item>(list: readonly Item[], random: () => number): Item =>
  list[Math.floor(random() * list.length)] as Item

const common =
  'the a to and of is in you it for your on we have with that this order can please my not be are me at as will account help but or from if was do an thanks hello delivery refund payment invoice return shipping password login cancel subscription address email phone when how what'.split(
    ' ',
  )
const syllables =
  'ba ce di fo gu ha je ki lo mu na pe qui ro su ta ve wi xo zu ar en il or un ster ing tion ment able'.split(' ')

/** 30,000 words, the frequent ones first. */
export const vocabulary: readonly string[] = (() => {
  const random = randomFrom(42)
  const words = new Set(common)
  while (words.size < 30_000)
    words.add(Array.from({ length: 2 + Math.floor(random() * 3) }, () => pick(syllables, random)).join(''))
  return [...words]
})()

const japanese = [
  '返品',
  '配送',
  '注文',
  '確認',
  '今日',
  '明日',
  '支払い',
  'パスワード',
  'キャンセル',
  'お問い合わせ',
  'です',
  'ください',
  '商品',
  '交換',
  '住所',
  '変更',
]
const chinese = ['订单', '退款', '支付', '失败', '地址', '修改', '什么时候', '发货', '谢谢', '请问', '账户', '登录']
const arabic = [
  'الطلب',
  'الشحن',
  'استرداد',
  'الدفع',
  'شكرا',
  'مرحبا',
  'العنوان',
  'متى',
  'كلمة',
  'المرور',
  'إلغاء',
  'حساب',
]

/** A text as customers and agents write: 25 to 50 words, which follow a power law. One in 25 is in another script. */
function textOf(random: () => number): string {
  const script = random()
  const length = 25 + Math.floor(random() * 25)
  const of = (words: readonly string[], separator: string) =>
    Array.from({ length }, () => pick(words, random)).join(separator)
  if (script < 0.02) return of(japanese, '')
  if (script < 0.03) return of(chinese, '')
  if (script < 0.04) return of(arabic, ' ')
  return Array.from({ length }, () => vocabulary[Math.floor(random() ** 4 * vocabulary.length)]).join(' ')
}

const vendor = 'acme'
const start = Date.UTC(2025, 0, 1)
const yearMs = 365 * 24 * 60 * 60 * 1000

const digest = (text: string): string => createHash('md5').update(text).digest('hex')

const accountOf = (conversation: number): AccountName =>
  conversation % smallOneIn === 0 ? 'kiosk' : (accountNames[conversation % 3] as AccountName)

const conversationId = (index: number): string => digest(`conversation ${index}`).slice(0, 20)

const contactOf = (index: number) => ({
  id: `ct_${conversationId(index).slice(0, 12)}`,
  name: `Maria Kowalska ${index % 977}`,
  email: `maria.${index}@shop.example`,
})

/** A message of about 1.7 KB, with the vendor's payload. The index decides all of it. */
export function messageAt(index: number, conversations: number): Message {
  const random = randomFrom(index * 2_654_435_761)
  const conversation = Math.floor(random() * conversations)
  const account = accountOf(conversation)
  const id = `${index.toString(36).padStart(6, '0')}${digest(`message ${index}`).slice(0, 14)}`
  const isInbound = random() < 0.5
  const at = new Date(start + Math.floor(random() * yearMs)).toISOString()
  const text = textOf(random)
  const contact = contactOf(conversation)
  return {
    ref: buildRef({ vendor, account, kind: 'message', id }),
    ...{ vendor, account, id, conversationId: conversationId(conversation), contactId: contact.id },
    type: { value: 'text', native: 'TYPE_LIVE_CHAT' },
    direction: isInbound ? 'inbound' : 'outbound',
    author: isInbound
      ? { kind: 'contact', basis: 'vendor', ...contact }
      : { kind: 'agent', basis: 'inferred', id: 'ag_77', name: 'Assistant' },
    channel: { value: 'web', native: 'Live_Chat' },
    text,
    status: { value: 'delivered', native: 'delivered' },
    attachments: [],
    sourcesState: 'unavailable',
    ...{ createdAt: at, updatedAt: at },
    raw: {
      ...{ id, conversationId: conversationId(conversation), locationId: 'loc_9f8e7d6c5b4a', contactId: contact.id },
      ...{
        body: text,
        type: 'TYPE_LIVE_CHAT',
        messageType: 'TYPE_LIVE_CHAT',
        contentType: 'text/plain',
        source: 'app',
      },
      ...{ direction: isInbound ? 'inbound' : 'outbound', status: 'delivered', dateAdded: at, dateUpdated: at },
      ...{ userId: 'usr_0123456789abcdef', attachments: [] },
      meta: {
        ...{ provider: 'widget', ip: '203.0.113.7', ua: 'Mozilla/5.0 (X11; Linux x64) AppleWebKit/537.36' },
        ...{ page: `https://shop.example.com/products/${index % 4093}`, session: digest(id) + digest(at) },
        ...{ tags: ['vip', 'eu', 'web'], utm: { source: 'search', medium: 'cpc', campaign: `spring ${index % 61}` } },
      },
    },
  }
}

export const operatorIds: readonly string[] = Array.from({ length: 30 }, (_, index) => `op_${index}`)

/** A conversation. Most are closed and read, a tenth has unread messages, and few are archived. */
export function conversationAt(index: number): Conversation {
  const random = randomFrom(index * 2_246_822_519)
  const account = accountOf(index)
  const id = conversationId(index)
  const at = new Date(start + Math.floor(random() * yearMs)).toISOString()
  const state = random()
  const status = state < 0.3 ? 'open' : state < 0.98 ? 'closed' : 'archived'
  const channel = pick(['web', 'web', 'web', 'email', 'sms', 'instagram'] as const, random)
  const operator = pick(operatorIds, random)
  return {
    ref: buildRef({ vendor, account, kind: 'conversation', id }),
    ...{ vendor, account, id, agentId: `ag_${index % 7}`, contact: contactOf(index) },
    title: `Order ${10_000 + index}`,
    status: { value: status, native: status },
    channel: { value: channel, native: channel },
    control: { holder: random() < 0.2 ? 'operator' : 'agent', basis: 'vendor', native: null },
    assignee: random() < 0.5 ? { id: operator, name: operator } : null,
    unreadCount: random() < 0.1 ? 1 + Math.floor(random() * 5) : 0,
    isStarred: random() < 0.02,
    lastMessage: { text: textOf(random).slice(0, 160), at, author: 'contact' },
    ...{ lastActivityAt: at, createdAt: at, updatedAt: at },
  }
}
