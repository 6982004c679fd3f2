/** What is known of a person. */
export interface KnownDetails {
  names?: readonly (string | null | undefined)[]
  emails?: readonly (string | null | undefined)[]
  phones?: readonly (string | null | undefined)[]
  companies?: readonly (string | null | undefined)[]
  /** Ids that the application knows the person by. */
  ids?: readonly (string | null | undefined)[]
}

/** A text that is compared without case, accents, width, invisible characters and scripts of digits. */
interface Folded {
  text: string
  /** The place in the original of each character of `text`, and the original's length. */
  at: number[]
}

/** Letters that no decomposition leads to their plain form. */
const letters: Readonly<Record<string, string>> = {
  ł: 'l',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  æ: 'ae',
  œ: 'oe',
  ı: 'i',
  ħ: 'h',
}

const stripped = (text: string): string => text.normalize('NFKD').replace(/[\p{M}\p{Cf}]+/gu, '')

function foldCharacter(character: string): string {
  if (/^\p{Nd}$/u.test(character)) return digitOf(character)
  // In upper case first, so that one letter of a pair such as `ß` and `SS` does not differ from the other.
  const lower = stripped(stripped(character).toUpperCase().toLowerCase())
  return [...lower].map((letter) => letters[letter] ?? (/^\p{Nd}$/u.test(letter) ? digitOf(letter) : letter)).join('')
}

/** Unicode has the digits of each script in a row, from its zero on. */
function digitOf(character: string): string {
  const plain = character.normalize('NFKD')
  if (/^\d$/.test(plain)) return plain
  let zero = character.codePointAt(0) as number
  const code = zero
  while (code - zero < 9 && /^\p{Nd}$/u.test(String.fromCodePoint(zero - 1))) zero--
  return String(code - zero)
}

function fold(original: string): Folded {
  let text = ''
  const at: number[] = []
  let place = 0
  for (const character of original) {
    const plain = foldCharacter(character)
    text += plain
    for (let index = 0; index < plain.length; index++) at.push(place)
    place += character.length
  }
  at.push(place)
  return { text, at }
}

const foldText = (text: string): string => fold(text).text

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&')

/** Scripts whose words are not separated by spaces. */
const unspaced = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}]/u
const before = String.raw`(?<![\p{L}\p{N}])`
const after = String.raw`(?![\p{L}\p{N}])`

/** The whole word, where words are separated. */
const asWord = (pattern: string, text: string): string => (unspaced.test(text) ? pattern : before + pattern + after)

/** A name as a whole, however it is separated, and each of its parts that has at least two letters. */
function namePatterns(name: string): string[] {
  const umlauts = name
    .normalize('NFC')
    .replace(/[äöüÄÖÜ]/g, (letter) => ({ ä: 'ae', ö: 'oe', ü: 'ue' })[letter.toLowerCase()] ?? letter)
  return [...new Set([foldText(name), foldText(umlauts)])].flatMap((plain) => {
    const parts = plain.split(/[^\p{L}\p{N}]+/u).filter(Boolean)
    const words = parts.filter((part) => [...part].length > 1).map((part) => asWord(escaped(part), part))
    const whole = parts.map(escaped).join(String.raw`[^\p{L}\p{N}]{0,3}`)
    return whole === '' ? [] : [asWord(whole, plain), ...words]
  })
}

/** Characters with spaces between them, as people write what they spell. */
const spelled = (text: string): string =>
  [...text]
    .filter((character) => /\S/u.test(character))
    .map(escaped)
    .join(String.raw`\s*`)

const between = String.raw`[\s().\/·•:_-]{0,3}`
const digitsIn = (text: string): string => foldText(text).replace(/\D/g, '')

function phonePatterns(phone: string): string[] {
  const digits = digitsIn(phone)
  // Without the code of the country too, with or without a zero in its place.
  const ends = digits.length > 9 ? [digits, digits.slice(-9), digits.slice(-8)] : digits.length > 3 ? [digits] : []
  return ends.map((end) => String.raw`(?<!\d)[+]?(?:\d${between}){0,4}${[...end].join(between)}(?!\d)`)
}

const local = String.raw`[^\s@<>()[\],;:"']`
/** Begins at the first character that can belong to it, so that a long text takes no longer than its length. */
const email = String.raw`(?<!${local})${local}+(?:@|\s?[([]\s?(?:at|@)\s?[)\]]\s?)[^\s@<>()[\],;:"'!?]+\.[^\s@<>()[\],;:"'!?.]{2,}`
const link = String.raw`${before}(?:[a-z][a-z\d+.-]{0,30}:\/\/|www\.)[^\s<>"]*[^\s<>"'.,;:!?)\]]`
const iban = `${before}[a-z]{2}\\d{2}(?:[ -]?[a-z]{4})?(?:[ -]?(?=[a-z]{0,4}\\d)[a-z0-9]{1,4}){2,8}${after}`
/** Times of the day, such as `10:00-16:00`, are none: they have colons. */
const manyDigits = String.raw`(?<![\p{N}:])[+(]{0,2}\d(?:[\s().\/·•_–-]{0,3}\d){4,}(?![\p{N}]|:\d)`
const unbroken = String.raw`\d{5,}`

type Label = '[name]' | '[email]' | '[phone]' | '[number]' | '[company]' | '[id]' | '[link]'

interface Rule {
  label: (match: string) => Label | null
  pattern: RegExp
}

const rule = (label: Label, pattern: string): Rule => ({ label: () => label, pattern: new RegExp(pattern, 'gu') })

const isPresent = (value: string | null | undefined): value is string =>
  typeof value === 'string' && value.trim() !== ''

/** Rules for details that any text can have. The first rule that finds a place names it. */
const general: readonly Rule[] = [
  rule('[link]', link),
  rule('[email]', email),
  {
    label: (match) => ((match.match(/\d/g)?.length ?? 0) >= 10 ? '[number]' : null),
    pattern: new RegExp(iban, 'gu'),
  },
  {
    label: (match) => (/^[+(]*0|^[(]?[+]/.test(match) ? '[phone]' : '[number]'),
    pattern: new RegExp(manyDigits, 'gu'),
  },
  rule('[number]', unbroken),
]

/**
 * Replaces what is known of people by `[name]`, `[email]`, `[phone]`, `[company]` and `[id]`, in whatever case, accents, width or
 * digits it is written. In any text it replaces email addresses (`[email]`), web addresses (`[link]`), and five and more digits,
 * as of phones, cards, bank accounts, orders and dates (`[phone]`, `[number]`).
 *
 * The result is not anonymous. It still has what no rule can find: names of others, misspelled names and nicknames, postal
 * addresses, numbers in words, shorter numbers, and what happened to the person.
 */
export function redact(text: string, known: KnownDetails = {}): string {
  const rules = [
    ...(known.emails ?? []).filter(isPresent).map((each) => rule('[email]', spelled(foldText(each)))),
    ...(known.emails ?? []).filter(isPresent).flatMap((each) => localPart(each)),
    ...(known.phones ?? [])
      .filter(isPresent)
      .flatMap(phonePatterns)
      .map((each) => rule('[phone]', each)),
    ...(known.companies ?? []).filter(isPresent).map((each) => rule('[company]', asWord(spelledWords(each), each))),
    ...(known.ids ?? [])
      .filter((id) => isPresent(id) && id.trim().length > 3)
      .map((id) => rule('[id]', escaped(foldText(id as string).trim()))),
    ...(known.names ?? [])
      .filter(isPresent)
      .flatMap(namePatterns)
      .map((each) => rule('[name]', each)),
    ...general,
  ]
  const folded = fold(text)
  return replaced(text, folded, rules)
}

const spelledWords = (text: string): string => foldText(text).trim().split(/\s+/).map(escaped).join(String.raw`\s+`)

function localPart(address: string): Rule[] {
  const [first = ''] = foldText(address).trim().split('@')
  return first.length > 3 ? [rule('[email]', before + escaped(first) + after)] : []
}

interface Span {
  start: number
  end: number
  label: Label
  /** The index of its rule: of two that find the same, the first wins. */
  rank: number
}

function replaced(original: string, { text, at }: Folded, rules: readonly Rule[]): string {
  const spans: Span[] = []
  for (const [rank, { pattern, label }] of rules.entries())
    for (const match of text.matchAll(pattern)) {
      const given = match[0] === '' ? null : label(match[0])
      if (given) spans.push({ start: match.index, end: match.index + match[0].length, label: given, rank })
    }
  spans.sort((one, other) => one.start - other.start || one.rank - other.rank)
  let result = ''
  let from = 0
  for (let index = 0; index < spans.length; ) {
    let named = spans[index++] as Span
    let { start, end } = named
    // What overlaps becomes one place, with the label of its longest part: a name in an email address is an email address.
    for (let next = spans[index]; next && next.start < end; next = spans[++index]) {
      end = Math.max(end, next.end)
      const longer = next.end - next.start - (named.end - named.start)
      if (longer > 0 || (longer === 0 && next.rank < named.rank)) named = next
    }
    result += original.slice(from, at[start]) + named.label
    from = at[end] as number
  }
  return result + original.slice(from)
}
