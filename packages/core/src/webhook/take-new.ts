import type { Event } from '../model/event.ts'
import type { ReplayStore } from './replays.ts'

/** Leaves out the events that were received before, and remembers the others. */
export async function takeNew<Payload>(
  events: readonly Event<Payload>[],
  replays: ReplayStore | undefined,
  expiresAt: number,
): Promise<{ fresh: Event<Payload>[]; forget: () => Promise<void> }> {
  if (!replays) return { fresh: [...events], forget: async () => {} }
  const fresh: Event<Payload>[] = []
  const forget = async () => {
    for (const { dedupeKey } of fresh) await replays.forget(dedupeKey)
  }
  try {
    for (const event of events) if (!(await replays.seen(event.dedupeKey, expiresAt))) fresh.push(event)
  } catch (error) {
    await forget()
    throw error
  }
  return { fresh, forget }
}
