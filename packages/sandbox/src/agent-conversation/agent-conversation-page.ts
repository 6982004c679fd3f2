import { parseInstant } from '../kit/parse-instant.ts'
import type { Call } from './agent-conversation-call.ts'
import { badRequest } from './agent-conversation-errors.ts'

export interface Page<Item> {
  readonly currentPage: number
  readonly pageSize: number
  readonly totalItems: number
  readonly totalPages: number
  readonly hasNextPage: boolean
  readonly hasPreviousPage: boolean
  readonly data: readonly Item[]
}

/** The page that the query asks for, of a list that is filtered and sorted already. */
export function pageOf<Stored, Item>(call: Call, list: readonly Stored[], show: (item: Stored) => Item): Page<Item> {
  const { pageSizeDefault, pageSizeMax, pastLastPage } = call.settings
  const asked = positive(call, 'page') ?? 1
  const pageSize = Math.min(positive(call, 'pageSize') ?? pageSizeDefault, pageSizeMax)
  const totalPages = Math.ceil(list.length / pageSize)
  const repeats = pastLastPage === 'repeat' && asked >= totalPages && totalPages > 0
  const shown = repeats ? totalPages : asked
  return {
    currentPage: asked,
    pageSize,
    totalItems: list.length,
    totalPages,
    hasNextPage: repeats || asked < totalPages,
    hasPreviousPage: asked > 1,
    data: list.slice((shown - 1) * pageSize, shown * pageSize).map(show),
  }
}

export function choiceQuery<Word extends string>(call: Call, name: string, words: readonly Word[]): Word | undefined {
  const value = call.query(name)
  if (value === undefined) return undefined
  const word = words.find((candidate) => candidate === value)
  if (!word) throw badRequest(`${name} must be one of the following values: ${words.join(', ')}`)
  return word
}

export function dateQuery(call: Call, name: string): number | undefined {
  const value = call.query(name)
  if (value === undefined) return undefined
  const at = parseInstant(value)
  if (Number.isNaN(at)) throw badRequest(`${name} must be a valid ISO 8601 date string`)
  return at
}

function positive(call: Call, name: string): number | undefined {
  const value = call.query(name)
  if (value === undefined) return undefined
  if (!/^[1-9]\d{0,8}$/.test(value)) throw badRequest(`${name} must not be less than 1`)
  return Number(value)
}
