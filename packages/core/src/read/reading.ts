import type { Warning, WarningCode } from '../contract/warning.ts'
import type { Entity, EntityKind, JsonObject, Ref, Term, Timestamp } from '../model/entity.ts'
import { encodeRefId, refPrefix } from '../model/ref.ts'
import { inOneLine } from './text.ts'

/** An unchecked object from the vendor. */
export type Payload = Readonly<Record<string, unknown>>

export const isRecord = (value: unknown): value is Payload =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Turns a vendor's word into a normalized one; `'unknown'` for any other word. */
export type TermMap<Value extends string> = (native: string | number | boolean) => Value | 'unknown'

/** Thrown by a reader when an item cannot be used at all. It becomes a warning in a list and an error elsewhere. */
export class DecodeError extends Error {
  readonly path: string
  constructor(path: string) {
    super(`unreadable: ${path}`)
    this.path = path
  }
}

export interface PayloadReaderContext {
  vendor: string
  account: string
  operation: string
  /** Whether entities and warnings keep the payload. */
  keepRaw: boolean
  /** Whether warnings keep the payload, where this differs. */
  warnRaw?: boolean
  onWarning: (warning: Warning) => void
}

/**
 * Reads the payloads of one operation, field by field. It never drops a value silently. A missing field gives
 * `undefined`, `null` gives `null`, and a value of the wrong shape gives `undefined` and a warning.
 *
 * One reader serves a whole page. It tracks its position (`messages[3]`), so that a warning can name the path.
 */
export class PayloadReader {
  readonly vendor: string
  readonly account: string
  readonly operation: string
  readonly keepRaw: boolean
  readonly warnings: Warning[] = []
  readonly #warnRaw: boolean
  readonly #onWarning: (warning: Warning) => void
  readonly #prefixes: Partial<Record<EntityKind, string>> = {}
  readonly #path: (string | number)[] = []
  /** Ids that were part of the request, for responses that omit them. */
  #asked: WeakMap<Payload, string> | undefined
  readonly #later: (() => Promise<void>)[] = []
  /** The last id that needed no encoding. */
  #plain: string | undefined

  constructor(context: PayloadReaderContext) {
    this.vendor = context.vendor
    this.account = context.account
    this.operation = context.operation
    this.keepRaw = context.keepRaw
    this.#warnRaw = context.warnRaw ?? context.keepRaw
    this.#onWarning = context.onWarning
  }

  /** @throws DecodeError when the id is empty. */
  ref(kind: EntityKind, id: string): Ref {
    if (id === '') throw new DecodeError(this.at('id'))
    const encoded = encodeRefId(id)
    if (encoded === id) this.#plain = id
    return this.#prefix(kind) + encoded
  }

  /**
   * The ref of an entity without an id of its own. Its id is its owner's id and its index there: `msg_1#0`. Right after
   * the owner's ref this is cheap, because the id needs no encoding.
   */
  partRef(kind: EntityKind, ownerId: string, index: number): Ref {
    const id = `${ownerId}#${index}`
    return this.#plain === ownerId ? this.#prefix(kind) + id : this.ref(kind, id)
  }

  #prefix(kind: EntityKind): string {
    this.#prefixes[kind] ??= refPrefix(this.vendor, this.account, kind)
    return this.#prefixes[kind]
  }

  /** The common fields of an entity. Add the other fields to it, and omit those that the vendor did not send. */
  entity(kind: EntityKind, id: string, raw: unknown): Entity {
    const entity: Entity = { ref: this.ref(kind, id), vendor: this.vendor, account: this.account, id }
    if (this.keepRaw) entity.raw = raw
    return entity
  }

  /** @param place where in the payload; its `raw` is left out of the warning unless payloads are asked for. */
  warn(code: WarningCode, message: string, place: { path?: string; raw?: unknown } = {}): void {
    const { vendor, account, operation } = this
    const warning: Warning = { code, message: inOneLine(message), vendor, account, operation }
    if (place.path !== undefined) warning.path = place.path
    if (this.#warnRaw && 'raw' in place) warning.raw = place.raw
    this.warnings.push(warning)
    this.#onWarning(warning)
  }

  /** The required id of an item. @throws DecodeError when it is missing. */
  id(raw: Payload, key = 'id'): string {
    const value = raw[key]
    if (typeof value === 'string' && value !== '') return value
    if (Number.isFinite(value)) return String(value)
    const asked = key === 'id' && (value === undefined || value === null) ? this.#asked?.get(raw) : undefined
    if (asked !== undefined) return asked
    throw new DecodeError(this.at(key))
  }

  /**
   * The same payload, with the requested id if the response omits it.
   *
   * @param id `undefined`: the request did not have the id.
   * @param signs fields of this kind of entity. A payload without any of them is something else, and stays unreadable.
   */
  asked(raw: Payload, id: string | undefined, ...signs: readonly string[]): Payload {
    if (id !== undefined && signs.some((sign) => raw[sign] !== undefined)) {
      this.#asked ??= new WeakMap()
      this.#asked.set(raw, id)
    }
    return raw
  }

  text(raw: Payload, key: string): string | null | undefined {
    const value = raw[key]
    if (typeof value === 'string' || value === null || value === undefined) return value
    if (typeof value === 'number' || typeof value === 'boolean') return String(value)
    return this.unreadable(key, 'a string')
  }

  /** Registers asynchronous work, such as loading code, that `settled` does after reading. */
  later(work: () => Promise<void>): void {
    this.#later.push(work)
  }

  /** Must be awaited after reading, before the result is returned. */
  async settled(): Promise<void> {
    for (let work = this.#later.shift(); work; work = this.#later.shift()) await work()
  }

  number(raw: Payload, key: string): number | null | undefined {
    const value = raw[key]
    if (Number.isFinite(value) || value === null || value === undefined) return value as number | null | undefined
    if (typeof value === 'string' && value.trim() !== '' && Number.isFinite(Number(value))) return Number(value)
    return this.unreadable(key, 'a number')
  }

  flag(raw: Payload, key: string): boolean | undefined {
    const value = raw[key]
    if (typeof value === 'boolean') return value
    if (value === null || value === undefined) return undefined
    if (value === 'true' || value === 'false') return value === 'true'
    return this.unreadable(key, 'true or false')
  }

  time(raw: Payload, key: string): Timestamp | null | undefined {
    const value = raw[key]
    if (value === null || value === undefined) return value
    return readTimestamp(value) ?? this.unreadable(key, 'an instant')
  }

  object(raw: Payload, key: string): JsonObject | null | undefined {
    const value = raw[key]
    if (isRecord(value)) return value as JsonObject
    if (value === null || value === undefined) return value
    return this.unreadable(key, 'an object')
  }

  /** A list of strings. Any other item is omitted with a warning. */
  texts(raw: Payload, key: string): string[] | undefined {
    const value = raw[key]
    if (value === null || value === undefined) return undefined
    if (!Array.isArray(value)) return this.unreadable(key, 'a list')
    const texts: string[] = []
    for (const [index, element] of value.entries()) {
      if (typeof element === 'string') texts.push(element)
      else if (typeof element === 'number') texts.push(String(element))
      else this.unreadable(`${key}[${index}]`, 'a string')
    }
    return texts
  }

  /** A vendor's word with its normalized value. `null` gives `{ value: 'unknown', native: null }` without a warning. */
  term<Value extends string>(raw: Payload, key: string, map: TermMap<Value>): Term<Value> | undefined {
    const native = raw[key]
    if (native === undefined) return undefined
    if (native === null) return { value: 'unknown', native }
    if (typeof native !== 'string' && typeof native !== 'number' && typeof native !== 'boolean')
      return this.unreadable(key, 'a string')
    return this.word(native, key, map)
  }

  /** The same for a given word; `key` only names the field. */
  word<Value extends string>(native: string | number | boolean, key: string, map: TermMap<Value>): Term<Value> {
    const value = map(native)
    if (value === 'unknown') {
      this.warn('unknown-term', `${this.vendor} sent a value for ${key} that this version of Parley does not know.`, {
        path: this.at(key),
        raw: native,
      })
    }
    return { value, native }
  }

  /** A nested object. An unreadable one is omitted with a warning. */
  nested<T>(raw: Payload, key: string, read: (raw: Payload) => T): T | null | undefined {
    const value = raw[key]
    if (value === null || value === undefined) return value
    if (!isRecord(value)) return this.unreadable(key, 'an object')
    const depth = this.#path.push(key)
    try {
      const result = read(value)
      this.#path.pop()
      return result
    } catch (error) {
      this.#path.length = depth - 1
      if (!(error instanceof DecodeError)) throw error
      this.warn(
        'unreadable-field',
        `${this.vendor} sent an object without its required fields; the object is omitted.`,
        {
          path: error.path,
          raw: value,
        },
      )
      return undefined
    }
  }

  /** A list inside an item. A missing field and `null` give `undefined`; any other value gives a warning. */
  list<T>(raw: Payload, key: string, read: (raw: Payload, index: number) => T): T[] | undefined {
    const value = raw[key]
    if (value === null || value === undefined) return undefined
    if (!Array.isArray(value)) return this.unreadable(key, 'a list')
    return this.items(value, key, read)
  }

  /**
   * The items of a list. An unreadable item is skipped with a `bad-item` warning.
   *
   * @throws DecodeError when there is no list.
   */
  items<T>(value: unknown, key: string, read: (raw: Payload, index: number) => T): T[] {
    if (!Array.isArray(value)) throw new DecodeError(this.at(key))
    const depth = this.#path.push(key)
    this.#path.push(0)
    const items: T[] = []
    for (let index = 0; index < value.length; index++) {
      this.#path[depth] = index
      try {
        if (!isRecord(value[index])) throw new DecodeError(this.at(''))
        items.push(read(value[index], index))
      } catch (error) {
        // Only here, because setting a length costs as much as reading the rest of a small item.
        const isOfItem = error instanceof DecodeError
        this.#path.length = isOfItem ? depth + 1 : depth - 1
        if (!isOfItem) throw error
        this.warn('bad-item', `${this.vendor} sent an item that cannot be read; the item is skipped.`, {
          path: error.path,
          raw: value[index],
        })
      }
    }
    this.#path.pop()
    this.#path.pop()
    return items
  }

  /** The path of a field of the current item: `messages[3].status`. */
  at(key: string): string {
    let path = ''
    for (const step of this.#path) path += typeof step === 'number' ? `[${step}]` : path && step ? `.${step}` : step
    return path && key ? `${path}.${key}` : path + key
  }

  /** Warns that a field has the wrong shape. For readers of forms that this class does not know. */
  unreadable(key: string, expected: string): undefined {
    this.warn('unreadable-field', `${this.vendor} sent a ${key} that is not ${expected}; the field is omitted.`, {
      path: this.at(key),
    })
  }
}

/**
 * The normalized form, with or without milliseconds, which most vendors send. It needs no `Date` if the day certainly
 * exists.
 */
const normalized =
  /^\d{4}-(?:(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])|(?:0[13-9]|1[0-2])-(?:29|30)|(?:0[13578]|1[02])-31)T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{3})?Z$/
const numeric = /^-?\d+(?:\.\d+)?$/
const written =
  /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2})(?::(\d{2})(?:[.,](\d+))?)?\s*(Z|UTC|GMT|[+-]\d{2}(?::?\d{2})?)?)?$/i

/** A smaller number means seconds: as milliseconds it would be before 1973, and no vendor has messages from then. */
const secondsBelow = 100_000_000_000

/**
 * Reads every form of an instant that vendors send: ISO 8601 with or without time, milliseconds or zone (default UTC),
 * Unix seconds and milliseconds as a number or a string, `{ seconds, nanoseconds }` with and without underscores.
 *
 * @returns the instant, or `undefined` when the value is none of these. Never throws.
 */
export function readTimestamp(value: unknown): Timestamp | undefined {
  if (typeof value === 'string') {
    if (normalized.test(value)) return value.length === 24 ? value : `${value.slice(0, 19)}.000Z`
    const text = value.trim()
    if (numeric.test(text)) return fromNumber(Number(text))
    return fromWritten(text)
  }
  if (typeof value === 'number') return fromNumber(value)
  if (typeof value === 'object' && value !== null) return fromParts(value as Record<string, unknown>)
  return undefined
}

function fromWritten(text: string): Timestamp | undefined {
  const [match, date, minute = '00:00', second = '00', fraction = '', zone = 'Z'] = written.exec(text) ?? []
  // `Date` reads the 30th of February as the 2nd of March, so check that the day exists.
  if (!match || !date || !fromMilliseconds(Date.parse(`${date}T00:00:00Z`))?.startsWith(date)) return undefined
  const offset = /^[+-]/.test(zone) ? `${zone.slice(0, 3)}:${zone.slice(3).replace(':', '') || '00'}` : 'Z'
  return fromMilliseconds(Date.parse(`${date}T${minute}:${second}.${fraction.padEnd(3, '0').slice(0, 3)}${offset}`))
}

const fromNumber = (value: number): Timestamp | undefined =>
  fromMilliseconds(Math.abs(value) < secondsBelow ? value * 1000 : value)

function fromParts(parts: Record<string, unknown>): Timestamp | undefined {
  const seconds = parts['seconds'] ?? parts['_seconds']
  const nanoseconds = parts['nanoseconds'] ?? parts['_nanoseconds'] ?? 0
  if (typeof seconds !== 'number' || typeof nanoseconds !== 'number') return undefined
  return fromMilliseconds(seconds * 1000 + Math.floor(nanoseconds / 1_000_000))
}

/** Years outside 0000 to 9999 have a form in which alphabetical order is not chronological order. */
export function fromMilliseconds(milliseconds: number): Timestamp | undefined {
  if (!(milliseconds >= -62_167_219_200_000 && milliseconds <= 253_402_300_799_999)) return undefined
  const instant = Math.trunc(milliseconds)
  const day = Math.floor(instant / 86_400_000)
  const rest = instant - day * 86_400_000
  return `${dateOf(day)}T${pad(rest / 3_600_000, 2)}:${pad((rest / 60_000) % 60, 2)}:${pad((rest / 1000) % 60, 2)}.${pad(rest % 1000, 3)}Z`
}

/** A cache: the dates of a list are close together, and one `Date` costs as much as reading the rest of an item. */
const dates: { day: number; date: string }[] = []

function dateOf(day: number): string {
  const known = dates[day & 63]
  if (known?.day === day) return known.date
  const date = new Date(day * 86_400_000).toISOString().slice(0, 10)
  dates[day & 63] = { day, date }
  return date
}

const pad = (value: number, length: number): string => String(Math.floor(value)).padStart(length, '0')

/** Folds the spellings of a vendor's word: `Live_Chat`, `LIVE_CHAT` and `liveChat` are the same word. */
export const foldWord = (word: string | number | boolean): string =>
  String(word)
    .toLowerCase()
    .replace(/[\s_-]/g, '')

/**
 * A vocabulary map from a table: the vendor's word, in any spelling, to the contract's. Other words are `'unknown'`.
 *
 * @param table keys in any spelling.
 */
export function vocabulary<Value extends string>(table: Readonly<Record<string, Value>>): TermMap<Value> {
  const folded = new Map<string, Value>()
  for (const [word, value] of Object.entries(table)) folded.set(foldWord(word), value)
  // Vendors repeat a few words thousands of times, so a lookup of the unchanged word is cheaper than folding it each
  // time.
  const exact = new Map<string | number | boolean, Value>(Object.entries(table))
  return (native) => exact.get(native) ?? folded.get(foldWord(native)) ?? 'unknown'
}
