import { type Adapter, can, type Entity } from '@parley/core'
import type { Bench } from '../bench.ts'
import { collect } from './collect.ts'
import { isEntity, listsOf } from './lists.ts'
import { someMessages } from './sample.ts'
import { answersOf, someGeneration } from './sources.ts'

/** Short lists in which each item may be of another kind. */
const whole: ReadonlySet<string> = new Set(['agents.list', 'agents.actions.list', 'knowledge.list'])

/**
 * A good part of what the adapter gives: the short lists whole, a page of each other list, messages with their sources, a
 * generation.
 */
export async function everything(bench: Bench, adapter: Adapter = bench.adapter): Promise<Entity[]> {
  const here: Bench = { ...bench, adapter }
  const entities: Entity[] = []
  for (const { operation, list, get } of await listsOf(here)) {
    const listed = whole.has(operation) ? await collect(list()) : (await list()).items
    const items = listed.filter(isEntity)
    entities.push(...items)
    if (get && items[0]) entities.push(await get(items[0].id))
  }
  if (!can(adapter, 'messages.list')) return entities
  const messages = await someMessages(here)
  entities.push(...messages)
  const [answer] = await answersOf(here)
  if (answer && can(adapter, 'sources.of')) entities.push(...(await adapter.sources.of(answer)))
  const made = await someGeneration(here)
  if (made) entities.push(made.generation)
  return entities
}
