import { cutText, type Warning } from '@parley/core'
import { type Mutation, unknownWord } from './mutation.ts'

/** The result of a read, and its warnings. */
export interface Reading {
  value: unknown
  warnings: readonly Warning[]
}

interface Compared {
  before: Reading
  after: Reading
  bodies: { before: unknown; after: unknown }
}

/**
 * Data that was lost without a warning, by comparing a reading of the original response with one of the changed
 * response.
 */
export function lossesOf(mutation: Mutation, compared: Compared): string[] {
  return [...dropped(compared), ...silent(mutation, compared)]
}

/** Missing items. Each must be in a `bad-item` warning, with its payload. */
function dropped({ before, after, bodies }: Compared): string[] {
  if (!Array.isArray(before.value) || !Array.isArray(after.value)) return []
  const path = listPath(bodies.before, before.value as { id: string }[])
  const sent = path && at(bodies.after, path)
  if (!Array.isArray(sent)) return []
  const payloads = new Set(sent.map((item) => JSON.stringify(item)))
  const bad = after.warnings.filter(({ code, raw }) => code === 'bad-item' && payloads.has(JSON.stringify(raw)))
  const accounted = after.value.length + bad.length
  return accounted >= sent.length
    ? []
    : [`Of ${sent.length} items, ${after.value.length} were returned and ${bad.length} produced a warning.`]
}

/** A changed value needs a warning, unless it is the new value itself or a missing field. */
function silent({ kind, value }: Mutation, { before, after }: Compared): string[] {
  const [was, is] = [shown(before.value), shown(after.value)]
  if (was === is) return []
  if (kind === 'extra') return ['An unknown field changed the result.']
  if (kind === 'missing' || isBare(value)) return []
  const told = newWarnings(before, after)
  const kept = told.length > 0 || formsOf(value).some((texts) => texts.every((text) => is.includes(text)))
  if (!kept) return [`The result changed without a warning: ${firstDifference(was, is)}.`]
  return kind === 'unknown-word' ? unmapped(after.value, told) : []
}

/** The texts of a value that a result with this value has: the value itself, or each string of a list. */
function formsOf(value: unknown): string[][] {
  if (typeof value === 'string') return [[value]]
  const isOfTexts = Array.isArray(value) && value.length > 0 && value.every((item) => typeof item === 'string')
  return [[JSON.stringify(value)], ...(isOfTexts ? [value.map((item) => JSON.stringify(item))] : [])]
}

function firstDifference(was: string, is: string): string {
  let at = 0
  while (was[at] === is[at]) at++
  const around = (text: string): string => cutText(text.slice(Math.max(0, at - 30)).replace(/^[\udc00-\udfff]/, ''), 60)
  return `…${around(was)}… is now …${around(is)}…`
}

/** An object without known values counts as one whose fields are all missing. */
const isBare = (value: unknown): boolean => ['{}', '{"id":null}', '{"id":{"odd":true}}'].includes(JSON.stringify(value))

/** A term with the new word must be `unknown` and have a warning. */
function unmapped(value: unknown, told: readonly Warning[]): string[] {
  const term = termsOf(value).find((text) => text.includes(unknownWord))
  if (!term) return []
  if (!term.includes('"unknown"')) return [`The unknown word was mapped: ${term}.`]
  return told.some(({ code }) => code === 'unknown-term') ? [] : [`The term ${term} produced no warning.`]
}

const newWarnings = (before: Reading, after: Reading): Warning[] => {
  const known = new Set(before.warnings.map((warning) => JSON.stringify(warning)))
  return after.warnings.filter((warning) => !known.has(JSON.stringify(warning)))
}

/** The models without the vendor's and the application's own data. */
const shown = (value: unknown): string =>
  JSON.stringify(value, (key, member: unknown) => (own.has(key) ? undefined : member)) ?? ''

const own: ReadonlySet<string> = new Set(['raw', 'customFields', 'attributes', 'details'])

function termsOf(value: unknown): string[] {
  const terms: string[] = []
  JSON.stringify(value, (key, member: unknown) => {
    if (own.has(key)) return undefined
    if (typeof member === 'object' && member !== null && 'native' in member && 'value' in member)
      terms.push(`${key} ${JSON.stringify(member)}`)
    return member
  })
  return terms
}

/** The path of the list in a response that the items were read from: the list that contains all their ids. */
function listPath(
  body: unknown,
  items: readonly { id: string }[],
  path: (string | number)[] = [],
): (string | number)[] | undefined {
  if (Array.isArray(body) && body.length === items.length) {
    const ids = new Set(body.map((item: unknown) => String((item as { id?: unknown } | null)?.id)))
    return items.every(({ id }) => ids.has(id)) ? path : undefined
  }
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return undefined
  for (const [key, member] of Object.entries(body)) {
    const found = listPath(member, items, [...path, key])
    if (found) return found
  }
  return undefined
}

const at = (body: unknown, path: readonly (string | number)[]): unknown =>
  path.reduce<unknown>((value, step) => (value as Record<string | number, unknown> | null | undefined)?.[step], body)
