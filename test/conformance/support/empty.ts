import { type CreateEmulator, createWorld, type ServedEmulator, serveEmulator, testClock } from '@parley/sandbox'

/** The same vendor in the same world, to whom nobody has ever spoken. */
export function serveEmpty(create: CreateEmulator, name: string): Promise<ServedEmulator> {
  const world = { ...createWorld(7), dialogues: [] }
  return serveEmulator(create, { world, clock: testClock(), name })
}
