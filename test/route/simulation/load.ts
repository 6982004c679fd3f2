import { pathToFileURL } from 'node:url'
import { bundledProgram } from '../../tools/bundled-program.ts'
import type { Patch } from '../../tools/patched-sources.ts'
import type { simulate } from './program.ts'

/** Loads the simulation with all that it uses, as one module. With patches, the sources are changed in it, and nowhere else. */
export async function loadRoute(name: string, patches: readonly Patch[] = []): Promise<typeof simulate> {
  const file = await bundledProgram('route/simulation/program.ts', `route ${name}`, {
    patches,
    // A digest of another thread ends when that thread has time, and then no seed decides the order of two questions.
    inject: [new URL('../../sync/simulation/globals.ts', import.meta.url).pathname],
    define: { crypto: 'simulatedCrypto' },
  })
  return ((await import(pathToFileURL(file).href)) as { simulate: typeof simulate }).simulate
}
