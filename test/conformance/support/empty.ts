import { type CreateEmulator, createWorld, defaultNow, type ServedEmulator, serveEmulator } from '@parley/sandbox'

/** The same vendor in the same world, to whom nobody has ever spoken. */
export function serveEmpty(create: CreateEmulator, name: string): Promise<ServedEmulator> {
  const world = { ...createWorld(7, defaultNow), dialogues: [] }
  return serveEmulator(create, { world, now: () => defaultNow, name })
}
