import { type Adapter, can, type Entity } from '@parley/core'
import type { Bench } from '../bench.ts'
import { collect } from './collect.ts'
import { listsFor } from './lists.ts'
import { someMessages, talkingId } from './sample.ts'
import { answersOf, someGeneration } from './sources.ts'

/** A good part of what the adapter gives: all agents, pages of the others, messages with their sources, a generation. */
export async function everything(bench: Bench, adapter: Adapter = bench.adapter): Promise<Entity[]> {
  const here: Bench = { ...bench, adapter }
  const entities: Entity[] = []
  const reads = can(adapter, 'messages.list')
  for (const { operation, list, get } of listsFor(adapter, reads ? await talkingId(here) : '')) {
    const items = operation === 'agents.list' ? await collect(list()) : (await list()).items
    entities.push(...items)
    if (get && items[0]) entities.push(await get(items[0].id))
  }
  if (!reads) return entities
  const messages = await someMessages(here)
  entities.push(...messages)
  const [answer] = await answersOf(here)
  if (answer && can(adapter, 'sources.of')) entities.push(...(await adapter.sources.of(answer)))
  const made = await someGeneration(here)
  if (made) entities.push(made.generation)
  return entities
}
