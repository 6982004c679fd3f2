import type { PlantedMessage, ServerSwitches } from '../../src/index.ts'
import type { Store, StoredChat, StoredLine } from './data.ts'
import { newId } from './route.ts'
import { start } from './start.ts'

/** What the vendor does with what it is given, and its clock. */
export interface Vendor extends Required<ServerSwitches> {
  /** Milliseconds since the epoch, before its clock is put off. */
  now(): number
}

export const usual: Required<ServerSwitches> = {
  storedText: 'as-sent',
  clockOffsetMs: 0,
  hideSentMs: 0,
  sends: 'stored',
}

function rewritten({ storedText }: Pick<Vendor, 'storedText'>, text: string): string {
  switch (storedText) {
    case 'as-sent':
      return text
    case 'footer':
      return `${text}\n(sent with Reference)`
    case 'quotes':
      return text.replaceAll('"', '”')
    case 'short-link':
      return text.replace(/https:\S+/g, 'https://s.example/1')
    case 'trimmed-signature':
      return text.replace(/\n-- \n[\s\S]*/, '')
  }
}

const speakers = { contact: 'customer', agent: 'bot', operator: 'staff', workflow: 'rule', system: 'rule' } as const

/** Whatever the contract knows of, this vendor has. */
export function plant(store: Store, chatId: string, { by, kind, text, at, operatorId }: PlantedMessage): string {
  const chat = store.chats.find(({ id }) => id === chatId)
  if (!chat) throw new RangeError('No such chat')
  const id = newId('line')
  keep(store, chat, {
    ...{ id, text, from: kind === 'note' ? 'note' : speakers[by] },
    ...((kind === 'call' || kind === 'activity') && { form: kind }),
    ...(by === 'operator' && { staff: operatorId ?? 'staff-0' }),
    ...(at === null && { isUndated: true }),
  })
  return id
}

const isSent = ({ delivery }: Pick<StoredLine, 'delivery'>): boolean => delivery !== 'later'

type Said = Pick<StoredLine, 'from' | 'text'> & Partial<StoredLine>

/** Adds a line to a chat by the vendor's clock, later than all that happened anywhere, unless it is for later. */
function keep(store: Store, chat: StoredChat, line: Said): StoredLine {
  const said = lineOf(store, chat, line)
  store.lines.push(said)
  if (isSent(said)) chat.touched = said.at
  return said
}

function lineOf({ lines, vendor }: Store, chat: StoredChat, line: Said): StoredLine {
  const now = Math.floor((vendor.now() + vendor.clockOffsetMs) / 1000)
  const at = Math.max(
    vendor.clockOffsetMs < 0 ? now : Math.max(start, now),
    ...lines.filter(isSent).map((one) => one.at + 1),
  )
  const plain = { answers: null, links: null, whole: true, files: [], delivery: 'sent', form: 'text' as const }
  return { id: newId('line'), chat: chat.id, at, ...plain, staff: null, mark: null, ...line }
}

/** The same for what a client sends. */
export function say(store: Store, chat: StoredChat, line: Said): StoredLine {
  const { vendor } = store
  const shownFrom = vendor.now() + vendor.hideSentMs
  const said = { ...line, text: rewritten(vendor, line.text), shownFrom }
  return vendor.sends === 'lost' ? lineOf(store, chat, said) : keep(store, chat, said)
}

/** The bot knows everything, as long as nobody has taken over. */
export function ask(
  store: Store,
  chat: StoredChat,
  { text, files, mark = null }: { text: string; files: string[]; mark?: string | null },
): { question: StoredLine; answer: StoredLine | null } {
  const question = say(store, chat, { from: 'customer', text, files, mark })
  if (!chat.bot) return { question, answer: null }
  if (/approve/.test(text)) {
    chat.wants = { id: newId('want'), ask: `May I? ${text}`, choices: ['yes', 'no'] }
    return { question, answer: null }
  }
  if (/look it up/.test(text)) {
    say(store, chat, { from: 'bot', text: 'One moment.', answers: question.id })
    say(store, chat, { from: 'bot', text: 'search(order)', form: 'tool', answers: question.id })
  }
  const links = [{ id: 'page-1', url: 'https://www.example.com/help/1', title: 'Help 1', distance: 0.2 }]
  return { question, answer: say(store, chat, { from: 'bot', text: `Answer: ${text}`, answers: question.id, links }) }
}

/** The bot goes on with what it waited for. */
export function give(store: Store, chat: StoredChat, value: unknown): StoredLine {
  const answer = say(store, chat, { from: 'bot', text: `You said ${JSON.stringify(value)}.` })
  if (store.vendor.sends !== 'lost') chat.wants = null
  return answer
}

/** A line as the vendor sends it, with its files by name. */
export const shown =
  (store: Store) =>
  ({ links, whole, files, shownFrom: _, isUndated, ...line }: StoredLine): object => ({
    ...line,
    ...rowOf(line),
    ...(isUndated && { at: undefined }),
    via: store.chats.find(({ id }) => id === line.chat)?.via,
    files: store.files.filter(({ id }) => files.includes(id)).map(({ id, name, type }) => ({ id, name, type })),
    ...(whole ? { links } : { hasLinks: links !== null }),
  })

/** Two lines that share a row have one id, and a part. The row itself says that one answers the other. */
function rowOf({ id }: Pick<StoredLine, 'id'>): object {
  const [row, part] = id.split('#')
  return part === undefined ? {} : { id: row, part, answers: null }
}

/** All lines that the vendor shows by now. */
export const visible = ({ lines, vendor }: Store): StoredLine[] =>
  lines.filter(({ shownFrom = 0 }) => shownFrom <= vendor.now())

export const linesOf = (store: Store, id: string, sort = 'desc'): StoredLine[] => {
  const lines = visible(store)
    .filter(({ chat }) => chat === id)
    .sort((one, other) => one.at - other.at)
  return sort === 'asc' ? lines : lines.toReversed()
}
