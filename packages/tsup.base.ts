import { defineConfig, type Options } from 'tsup'

/** Every package builds the same way: one ESM bundle with its types per entry, dependencies left outside. */
const shared: Options = { format: 'esm', target: 'node22', clean: true, treeshake: true }

/** What others import has types, and maps to the sources that are published beside it. */
const published: Options = {
  ...shared,
  dts: true,
  sourcemap: true,
  esbuildOptions(options) {
    options.sourcesContent = false
  },
}

export const library = (...entry: string[]) => defineConfig({ ...published, entry, platform: 'neutral' })

/** Packages that need Node.js itself: the emulators, the conformance runner. */
export const nodeLibrary = (...entry: string[]) => defineConfig({ ...published, entry, platform: 'node' })

/** A package that is only a command has no types to publish. */
export const command = (...entry: string[]) => defineConfig({ ...shared, entry, platform: 'node' })
