import type { Store, StoredChat, StoredLine } from './data.ts'
import { newId } from './route.ts'
import { start } from './start.ts'

const isSent = ({ delivery }: Pick<StoredLine, 'delivery'>): boolean => delivery !== 'later'

/** Adds a line to a chat, a second after the last thing that happened anywhere, unless it is for later. */
export function say(
  store: Store,
  chat: StoredChat,
  line: Pick<StoredLine, 'from' | 'text'> & Partial<StoredLine>,
): StoredLine {
  const at = Math.max(start, ...store.lines.filter(isSent).map((other) => other.at)) + 1
  const plain = { answers: null, links: null, whole: true, files: [], delivery: 'sent' }
  const said = { id: newId('line'), chat: chat.id, at, ...plain, ...line }
  store.lines.push(said)
  if (isSent(said)) chat.touched = said.at
  return said
}

/** The bot knows everything, as long as nobody has taken over. */
export function ask(
  store: Store,
  chat: StoredChat,
  text: string,
  files: string[],
): { question: StoredLine; answer: StoredLine | null } {
  const question = say(store, chat, { from: 'customer', text, files })
  if (!chat.bot) return { question, answer: null }
  const links = [{ id: 'page-1', url: 'https://www.example.com/help/1', title: 'Help 1', distance: 0.2 }]
  return { question, answer: say(store, chat, { from: 'bot', text: `Answer: ${text}`, answers: question.id, links }) }
}

/** A line as the vendor sends it, with its files by name. */
export const shown =
  (store: Store) =>
  ({ links, whole, files, ...line }: StoredLine): object => ({
    ...line,
    via: store.chats.find(({ id }) => id === line.chat)?.via,
    files: store.files.filter(({ id }) => files.includes(id)).map(({ id, name, type }) => ({ id, name, type })),
    ...(whole ? { links } : { hasLinks: links !== null }),
  })

export const linesOf = (store: Store, id: string, sort = 'desc'): StoredLine[] => {
  const lines = store.lines.filter(({ chat }) => chat === id).sort((one, other) => one.at - other.at)
  return sort === 'asc' ? lines : lines.toReversed()
}
