import { defineConfig } from 'tsup'

/** Every package builds the same way: one ESM bundle with its types per entry, dependencies left outside. */
export const library = (...entry: string[]) =>
  defineConfig({ entry, format: 'esm', target: 'node22', platform: 'neutral', dts: true, clean: true, treeshake: true })

/** Packages that need Node.js itself: the emulators, the conformance runner, the command line. */
export const nodeLibrary = (...entry: string[]) =>
  defineConfig({ entry, format: 'esm', target: 'node22', platform: 'node', dts: true, clean: true, treeshake: true })

/** A package that is only a command has no types to publish. */
export const command = (...entry: string[]) =>
  defineConfig({ entry, format: 'esm', target: 'node22', platform: 'node', clean: true, treeshake: true })
