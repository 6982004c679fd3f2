/*
 * The words of a text, for PostgreSQL's full-text search. They are made here and not by `to_tsvector`, so that both databases
 * find the same, whatever their locale, and so that texts without spaces between the words can be searched without a
 * dictionary: they become pairs of neighbouring characters, of which every part of such a text consists.
 */

/** A word of a text, and where it is in the text. */
interface Word {
  word: string
  start: number
  end: number
  /** A pair, or the last character, of a text without spaces. */
  isPair: boolean
}

/** What stands between two other characters is no word. */
const wordPattern = /[\p{L}\p{N}\p{M}_]+|\p{Extended_Pictographic}/gu

/** Of scripts without spaces between words: letters, and the marks that belong to them. */
const unspaced =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}\u3099\u309a\u30fc\u3005\u3006\uff70\uff9e\uff9f]+/gu

/** Marks over and under letters, which many people leave out: accents, and the vowels of Arabic and Hebrew. */
const marks = /[\u0300-\u036f\u0591-\u05c7\u0640\u064b-\u065f\u0670\u06d6-\u06ed]/g

const isPlain = (text: string): boolean => /^[\0-\x7f]*$/.test(text)

/** The form in which words are compared: in lower case, without accents, and full and half width alike. */
function fold(piece: string): string {
  if (isPlain(piece)) return piece.toLowerCase()
  return (
    piece
      .toLowerCase()
      .normalize('NFKD')
      .replace(marks, '')
      .normalize('NFC')
      .toLowerCase()
      // The two forms of the Greek sigma, and the German double s, which capital letters write with two.
      .replaceAll('ς', 'σ')
      .replaceAll('ß', 'ss')
      .replaceAll('\u0649', '\u064a')
      .replaceAll('\u0629', '\u0647')
      .replace(/[^\p{L}\p{N}\p{M}\p{Extended_Pictographic}_]/gu, '')
  )
}

/** A longer word is cut. PostgreSQL accepts 2,046 bytes. */
const longestWord = 200

/** The words of a text in their order. */
function* wordsIn(text: string): Generator<Word, void, undefined> {
  if (isPlain(text)) {
    for (const { 0: found, index } of text.matchAll(/\w+/g))
      yield { word: found.toLowerCase().slice(0, longestWord), start: index, end: index + found.length, isPair: false }
    return
  }
  for (const { 0: found, index } of text.matchAll(wordPattern)) {
    let from = 0
    for (const { 0: run, index: at } of found.matchAll(unspaced)) {
      yield* spaced(found.slice(from, at), index + from)
      yield* pairs(run, index + at)
      from = at + run.length
    }
    yield* spaced(found.slice(from), index + from)
  }
}

function* spaced(piece: string, start: number): Generator<Word, void, undefined> {
  const word = fold(piece).slice(0, longestWord)
  if (word !== '') yield { word, start, end: start + piece.length, isPair: false }
}

function* pairs(run: string, start: number): Generator<Word, void, undefined> {
  const characters = [...fold(run)]
  // Half-width letters can become fewer. Then nobody knows where each of them was.
  const isAlike = [...run].length === characters.length
  let at = start
  for (const [index, character] of characters.entries()) {
    const next = characters[index + 1] ?? ''
    const place = isAlike ? { start: at, end: at + character.length + next.length } : { start, end: start + run.length }
    yield { word: character + next, ...place, isPair: true }
    at += character.length
  }
}

/** The rest of a longer text is not searched. */
const longest = 100_000
/** PostgreSQL has place for about one megabyte, for positions up to 16,383, and for 255 positions of one word. */
const mostBytes = 800_000
const lastPosition = 16_383
const mostPositions = 255

/** The words of a text as PostgreSQL reads a `tsvector`. */
export function searchVector(text: string): string {
  const places = new Map<string, number[]>()
  let bytes = 0
  let position = 0
  for (const { word } of wordsIn(text.length > longest ? text.slice(0, longest) : text)) {
    position = Math.min(position + 1, lastPosition)
    let known = places.get(word)
    if (!known) {
      bytes += 3 * word.length + 8
      if (bytes > mostBytes) break
      known = []
      places.set(word, known)
    }
    if (known.length < mostPositions && known.at(-1) !== position) known.push(position)
  }
  let vector = ''
  for (const [word, positions] of places) vector += `'${word}':${positions.join(',')} `
  return vector
}

/** Words that follow each other in a text. */
export interface Phrase {
  words: readonly string[]
  /** Whether the last one is only the beginning of a word. */
  isPrefix: boolean
}

export interface SearchWords {
  /** All of these must be in the text. */
  wanted: readonly Phrase[]
  /** None of these may be. */
  unwanted: readonly Phrase[]
}

/**
 * Reads what a person searches for. Words are found in any order, `"words in quotes"` next to each other, `-word` leaves out
 * texts with the word, and `begin*` finds words that begin so.
 */
export function readSearch(text: string): SearchWords {
  const wanted: Phrase[] = []
  const unwanted: Phrase[] = []
  for (const [, minus, quoted, plain = ''] of text.matchAll(/(?<!\S)(-?)(?:"([^"]*)"?|(\S+))|"([^"]*)"?/g)) {
    const phrase = phraseOf(quoted ?? plain)
    if (phrase) (minus ? unwanted : wanted).push(phrase)
  }
  return { wanted, unwanted }
}

function phraseOf(text: string): Phrase | undefined {
  const all = [...wordsIn(text)]
  const last = all.at(-1)
  if (!last) return undefined
  const words = all.map(({ word }) => word)
  const before = all.at(-2)
  if (!last.isPair) {
    // Next to a text without spaces, a word can go on in the text that is searched.
    return { words, isPrefix: text.trimEnd().endsWith('*') || before?.isPair === true }
  }
  // A single character begins a pair. After a pair, the last character is a part of it.
  if (before?.isPair && before.end === last.end) return { words: words.slice(0, -1), isPrefix: false }
  return { words, isPrefix: true }
}

/** As PostgreSQL reads a `tsquery`. A word has no character that would need to be escaped. */
export const searchCondition = ({ wanted, unwanted }: SearchWords): string =>
  [...wanted.map(conditionOf), ...unwanted.map((phrase) => `!${conditionOf(phrase)}`)].join(' & ')

const conditionOf = ({ words, isPrefix }: Phrase): string =>
  `(${words.map((word, index) => `'${word}'${isPrefix && index === words.length - 1 ? ':*' : ''}`).join(' <-> ')})`

/** A part of a text, from and to which character. */
export interface Mark {
  start: number
  end: number
}

/** Where the wanted words are in a text, from the first to the last. */
export function marksIn(text: string, { wanted }: SearchWords): Mark[] {
  const all = [...wordsIn(text.length > longest ? text.slice(0, longest) : text)]
  const found: Mark[] = []
  for (let at = 0; at < all.length; at++)
    for (const { words, isPrefix } of wanted) {
      const last = words.length - 1
      const isHere = words.every((word, index) => {
        const here = all[at + index]?.word
        return isPrefix && index === last ? here?.startsWith(word) : here === word
      })
      const [first, end] = [all[at] as Word, all[at + last]]
      if (!isHere || !end) continue
      // Of a pair that a single character begins, only this character.
      const length = isPrefix && end.isPair ? end.start + (words[last]?.length ?? 0) : end.end
      found.push({ start: first.start, end: Math.min(length, end.end) })
    }
  return joined(found.toSorted((a, b) => a.start - b.start || a.end - b.end))
}

function joined(sorted: readonly Mark[]): Mark[] {
  const result: Mark[] = []
  for (const mark of sorted) {
    const last = result.at(-1)
    if (last && mark.start <= last.end) last.end = Math.max(last.end, mark.end)
    else result.push({ ...mark })
  }
  return result
}

/** A text that PostgreSQL can store: without NUL and without half of a surrogate pair. */
export const storable = (text: string): string => text.replaceAll('\0', '').replace(/\p{Surrogate}/gu, '\ufffd')
