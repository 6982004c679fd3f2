import { type Call, contains, type Desk, route } from './call.ts'
import { listOf, object, optional, refusal, shape, text, whole } from './errors.ts'
import type { Json, StoredItem } from './state.ts'

const namespace = listOf(text)
const window = { limit: optional(whole(0)), offset: optional(whole(0)) }

/** What graphs remember across threads (`api/store.mts` of the server). */
export function storeRoutes(desk: Desk): void {
  route(desk, 'GET', '/store/items', (call) => {
    const key = call.query('key')
    if (key === undefined) throw refusal(400, 'Required')
    return call.c.json(shown(call.state.items.get(placeOf((call.query('namespace') ?? '').split('.'), key))))
  })
  route(desk, 'PUT', '/store/items', async (call) => {
    const body = await call.body<StoredItem>(shape({ namespace, key: text, value: object }))
    checkNamespace(body.namespace)
    const at = call.state.tick()
    const place = placeOf(body.namespace, body.key)
    const { createdAt = at } = call.state.items.get(place) ?? {}
    const { namespace: where, key, value } = body
    call.state.items.set(place, { namespace: where, key, value, createdAt, updatedAt: at })
    return call.c.body(null, 204)
  })
  route(desk, 'DELETE', '/store/items', async (call) => {
    const body = await call.body<Partial<StoredItem>>(shape({ namespace: optional(namespace), key: text }))
    if (body.namespace) checkNamespace(body.namespace)
    call.state.items.delete(placeOf(body.namespace ?? [], body.key as string))
    return call.c.body(null, 204)
  })
  route(desk, 'POST', '/store/items/search', searchItems)
  route(desk, 'POST', '/store/namespaces', listNamespaces)
}

async function searchItems(call: Call): Promise<Response> {
  const rule = shape({ namespace_prefix: namespace, filter: optional(object), query: optional(text), ...window })
  const {
    namespace_prefix: prefix,
    filter,
    limit = 10,
    offset = 0,
  } = await call.body<{
    readonly namespace_prefix: readonly string[]
    readonly filter?: Json
    readonly limit?: number
    readonly offset?: number
  }>(rule)
  checkNamespace(prefix)
  const found = [...call.state.items.values()].filter(
    (item) => beginsWith(item.namespace, prefix) && contains(item.value, filter),
  )
  return call.c.json({ items: found.slice(offset, offset + limit).map(shown) })
}

async function listNamespaces(call: Call): Promise<Response> {
  const rule = shape({
    ...{ prefix: optional(namespace), suffix: optional(namespace), max_depth: optional(whole(0)) },
    ...window,
  })
  const {
    prefix,
    suffix,
    max_depth: depth,
    limit = 100,
    offset = 0,
  } = await call.body<{
    readonly prefix?: readonly string[]
    readonly suffix?: readonly string[]
    readonly max_depth?: number
    readonly limit?: number
    readonly offset?: number
  }>(rule)
  for (const part of [prefix, suffix]) if (part) checkNamespace(part)
  const found = [...call.state.items.values()]
    .map((item) => item.namespace)
    .filter((labels) => beginsWith(labels, prefix ?? []))
    .filter((labels) => beginsWith(labels.toReversed(), (suffix ?? []).toReversed()))
    .map((labels) => labels.slice(0, depth).join('.'))
  const namespaces = [...new Set(found)].sort().map((labels) => labels.split('.'))
  return call.c.json({ namespaces: namespaces.slice(offset, offset + limit) })
}

function checkNamespace(labels: readonly string[]): void {
  if (labels.length === 0) throw refusal(400, 'Namespace is required')
  if (labels.every((label) => label !== '' && !label.includes('.'))) return
  throw refusal(422, `Namespace labels cannot be empty or contain periods. Received: ${labels.join('.')}`)
}

const placeOf = (labels: readonly string[], key: string): string => JSON.stringify([labels, key])

const beginsWith = (labels: readonly string[], prefix: readonly string[]): boolean =>
  prefix.every((label, index) => labels[index] === label)

/** An item that does not exist is `null`, and not a 404. */
const shown = (item: StoredItem | undefined): Json | null => {
  if (!item) return null
  const { createdAt, updatedAt, ...rest } = item
  return { ...rest, created_at: new Date(createdAt).toISOString(), updated_at: new Date(updatedAt).toISOString() }
}
