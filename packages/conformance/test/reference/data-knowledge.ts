import { start } from './start.ts'

export interface StoredFact {
  id: string
  kind: string
  title: string | null
  link: string | null
  body: string | null
  asks: string | null
  says: string | null
  file: string | null
  shelf: string
  state: string
  at: number
}

export interface StoredRating {
  id: string
  chat: string
  line: string
  good: boolean
  note: string | null
  asks: string | null
  says: string | null
  by: string | null
  at: number
}

export interface StoredHint {
  id: string
  chat: string
  line: string
  asks: string
  says: string
  why: string
  at: number
}

const nothing = { title: null, link: null, body: null, asks: null, says: null, file: null }
const hour = 3600

/** Everything that bots of this vendor read, in each state. */
export const createFacts = (): StoredFact[] =>
  Array.from({ length: 14 }, (_, index) => ({
    ...nothing,
    id: `fact-${10 + index}`,
    ...partsOf(['page', 'pair', 'note', 'paper'][index % 4] as string, index),
    shelf: `shelf-${index % 2}`,
    state: ['done', 'done', 'busy', 'broken', 'done'][index % 5] as string,
    at: start - index * hour,
  }))

function partsOf(kind: string, index: number): Partial<StoredFact> & { kind: string } {
  if (kind === 'page') return { kind, link: `https://www.example.com/help/${index}`, title: `Help ${index}` }
  if (kind === 'pair') return { kind, asks: `What about order ${index}?`, says: `It is on its way.` }
  if (kind === 'note') return { kind, title: `Note ${index}`, body: 'We open at nine.' }
  return { kind, file: `paper-${index}.txt`, title: `Paper ${index}` }
}

export const createRatings = (): StoredRating[] =>
  Array.from({ length: 13 }, (_, index) => ({
    ...{ id: `rating-${10 + index}`, chat: `chat-${1000 + index}`, line: `line-${index}x1`, good: index % 3 !== 0 },
    ...{ note: index % 2 === 0 ? null : 'Thank you.', asks: null, says: null, by: null, at: start - index * hour },
  }))

export const createHints = (): StoredHint[] =>
  Array.from({ length: 12 }, (_, index) => ({
    ...{ id: `hint-${10 + index}`, chat: `chat-${1000 + index}`, line: `line-${index}x3` },
    ...{ asks: 'And when does it arrive?', says: 'On Friday.', why: 'vague', at: start - index * hour },
  }))
