import { integer, type Random } from './random.ts'

type Json = null | boolean | number | string | Json[] | { [key: string]: Json }

/** Fields in which the vendors send words of a closed vocabulary. */
const vocabularies = new Set([
  'actionType',
  'channel',
  'chatSource',
  'contentType',
  'direction',
  'integrationType',
  'lastMessageDirection',
  'lastMessageType',
  'messageType',
  'mode',
  'role',
  'senderRole',
  'sentiment',
  'source',
  'status',
  'type',
  'vectorStoreUploadStatus',
  'voteType',
])

export type Spoiling = 'duplicate' | 'reorder' | 'drop' | 'unknownValues'

/** A changed copy of a JSON text; what is no JSON comes back as it was. */
export function spoilJson(text: string, how: Spoiling, random: Random): string {
  let body: Json
  try {
    body = JSON.parse(text) as Json
  } catch {
    return text
  }
  if (how === 'unknownValues') return JSON.stringify(replaceWords(body))
  const list = firstList(body)
  if (list) spoilList(list, how, random)
  return JSON.stringify(body)
}

function spoilList(list: Json[], how: Exclude<Spoiling, 'unknownValues'>, random: Random): void {
  const at = integer(random, 0, Math.max(0, list.length - 1))
  const item = list[at]
  if (item === undefined) return
  if (how === 'duplicate') list.splice(at, 0, structuredClone(item))
  else if (how === 'drop') list.splice(at, 1)
  else {
    const other = (at + 1) % list.length
    list[at] = list[other] as Json
    list[other] = item
  }
}

/** The list nearest to the top, which is the page's items in every vendor's envelope. */
function firstList(body: Json): Json[] | undefined {
  let level: Json[] = [body]
  while (level.length > 0) {
    const lists = level.filter((value): value is Json[] => Array.isArray(value))
    const items = lists.find((list) => list.some((item) => typeof item === 'object' && item !== null)) ?? lists[0]
    if (items) return items
    level = level.flatMap((value) => (typeof value === 'object' && value !== null ? Object.values(value) : []))
  }
  return undefined
}

function replaceWords(value: Json, field = ''): Json {
  if (Array.isArray(value)) return value.map((item) => replaceWords(item))
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, replaceWords(member, key)]))
  }
  const isWord = typeof value === 'string' && vocabularies.has(field) && /^\w+$/.test(value)
  return isWord ? `never_seen_${value.toLowerCase()}` : value
}
