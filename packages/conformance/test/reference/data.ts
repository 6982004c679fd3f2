import { createAgents, createTools, type StoredAgent, type StoredHours, type StoredTool } from './data-agents.ts'
import {
  createFacts,
  createHints,
  createRatings,
  type StoredFact,
  type StoredHint,
  type StoredRating,
} from './data-knowledge.ts'
import { start } from './start.ts'
import type { Vendor } from './vendor.ts'

/** What the made-up vendor keeps, in its own words. Instants are Unix seconds. */
export interface Store {
  agents: StoredAgent[]
  tools: StoredTool[]
  hours: StoredHours[]
  contacts: StoredContact[]
  chats: StoredChat[]
  lines: StoredLine[]
  files: StoredFile[]
  facts: StoredFact[]
  ratings: StoredRating[]
  hints: StoredHint[]
  vendor: Vendor
}

/** Its bytes in Base64. */
interface StoredFile {
  id: string
  name: string
  type: string
  bytes: string
}

export interface StoredContact {
  id: string
  name: string
  mail: string | null
  crm: string | null
}

export interface StoredChat {
  id: string
  topic: string
  state: string
  via: string
  bot: boolean
  agent: string
  customer: string
  owner: string | null
  unread: number
  star: boolean
  touched: number
  /** What the bot waits for. */
  wants?: { id: string; ask: string; choices: string[] } | null
}

export interface StoredLine {
  id: string
  chat: string
  from: string
  text: string
  at: number
  answers: string | null
  links: { id: string; url: string; title: string; distance: number }[] | null
  /** Whether its links come with it. */
  whole: boolean
  /** Ids of the files that are sent with it. */
  files: string[]
  /** `later`: it goes out at its instant. */
  delivery: string
  form: 'text' | 'call' | 'activity' | 'tool'
  /** Which of the staff it is by, where somebody says so. */
  staff: string | null
  /** An id of the client's own. */
  mark: string | null
  /** Milliseconds since the epoch; no read shows it earlier. */
  shownFrom?: number
  /** Shown without a time. */
  isUndated?: boolean
}

const day = 86_400

/** Thirty chats with everything in them that a list can trip over. */
export function createStore(vendor: Vendor): Store {
  const contacts = Array.from({ length: 12 }, (_, index) => ({
    id: `cust-${100 + index}`,
    name: `Person Number${index}`,
    mail: index % 4 === 3 ? null : `person${index}@example.com`,
    crm: index % 2 === 0 ? `crm-${index}` : null,
  }))
  const chats = Array.from({ length: 30 }, (_, index) => chatOf(index))
  return {
    ...{ agents: createAgents(), tools: createTools(), hours: [] },
    ...{ contacts, chats, lines: chats.flatMap((chat, index) => linesOf(chat, index)), files: [createFile()] },
    vendor,
    ...{ facts: createFacts(), ratings: createRatings(), hints: createHints() },
  }
}

const createFile = (): StoredFile => ({ id: 'file-1', name: 'bill.txt', type: 'text/plain', bytes: btoa('Paid.') })

const chatOf = (index: number): StoredChat => ({
  id: `chat-${1000 + index}`,
  topic: `Order ${index}`,
  state: index % 3 === 0 ? 'done' : 'open',
  via: ['chat', 'mail', 'phone', 'fax'][index % 4] as string,
  bot: index % 5 !== 4,
  agent: `agent-${index % 2}a`,
  customer: `cust-${100 + (index % 12)}`,
  owner: index % 5 === 4 ? `staff-${index % 2}` : null,
  unread: index % 4 === 1 ? 2 : 0,
  star: index % 7 === 0,
  touched: start - index * day,
})

function linesOf(chat: StoredChat, index: number): StoredLine[] {
  // One chat begins with a question and an answer that share a row.
  const idOf = (number: number) =>
    index === 2 && number < 2 ? `line-2x0#${number === 0 ? 'question' : 'answer'}` : `line-${index}x${number}`
  const line = (number: number, from: string, text: string): StoredLine => ({
    id: idOf(number),
    chat: chat.id,
    from,
    text,
    at: chat.touched - 600 + number * 100,
    answers: from === 'bot' ? idOf(number - 1) : null,
    links: from === 'bot' ? [link(number), link(number + 1)] : null,
    whole: index % 2 === 0,
    files: from === 'bot' && index % 3 === 0 ? ['file-1'] : [],
    delivery: 'sent',
    ...{ form: 'text', staff: null, mark: null },
  })
  return [
    line(0, 'customer', `A question about order ${index}?`),
    line(1, 'bot', `Order ${index} is on its way.`),
    line(2, 'customer', 'And when does it arrive?'),
    line(3, 'bot', 'On Friday.'),
    ...(chat.bot ? [] : [line(4, 'staff', 'I have called the carrier for you.')]),
    ...(index % 6 === 5 ? [line(5, 'rule', 'How did we do?')] : []),
  ]
}

const link = (number: number) => ({
  id: `page-${number}`,
  url: `https://www.example.com/help/${number}`,
  title: `Help ${number}`,
  distance: number / 10,
})
