import { can, type Generation, isParleyError, type Message, type Source } from '@parley/core'
import type { Bench } from '../bench.ts'
import { someMessages } from './sample.ts'

/** Messages of the agent that say that they have sources, or may have. */
export const answersOf = async (bench: Bench): Promise<Message[]> =>
  (await someMessages(bench)).filter(
    ({ author, sourcesState, sources }) =>
      author.kind === 'agent' && (sourcesState === 'fetchable' || (sources !== undefined && sources.length > 0)),
  )

/** Sources of some messages, however they come. */
export async function someSources(bench: Bench): Promise<Source[]> {
  const { adapter } = bench
  const found: Source[] = []
  for (const message of (await answersOf(bench)).slice(0, 10)) {
    if (message.sourcesState === 'inline') found.push(...(message.sources ?? []))
    else if (can(adapter, 'sources.of')) found.push(...(await adapter.sources.of(message)))
  }
  return found
}

/** How the first answer was made of which that is known. */
export async function someGeneration(bench: Bench): Promise<{ message: Message; generation: Generation } | undefined> {
  const { adapter } = bench
  if (!can(adapter, 'generations.get')) return undefined
  for (const message of await answersOf(bench)) {
    try {
      return { message, generation: await adapter.generations.get(message) }
    } catch (error) {
      if (!isParleyError(error) || error.code !== 'not-found') throw error
    }
  }
  return undefined
}
