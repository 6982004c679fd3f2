import { readFileSync } from 'node:fs'

interface Manifest {
  version: string
  dependencies: Record<string, string>
}

const read = (url: string): Manifest => JSON.parse(readFileSync(new URL('../package.json', url), 'utf8')) as Manifest

/** The manifest of this package, which is one folder above its bundle and above its sources. */
export const manifest = (): Manifest => read(import.meta.url)

/** The versions of the other packages of Parley, as they are installed. */
export const installedVersions = (): Record<string, string> =>
  Object.fromEntries(
    Object.keys(manifest().dependencies)
      .filter((name) => name.startsWith('@parley/'))
      .map((name) => [name, read(import.meta.resolve(name)).version]),
  )
