import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const packages = new URL('../../../packages/', import.meta.url).pathname

/** An entry point of a package. */
export interface Entry {
  /** `@parley/core/schema`. */
  name: string
  source: string
}

/** Entry points for Node.js only: the emulators, the suite's runner, the tests' tools, the command line, the server, one of core. */
const nodeOnly = /^@parley\/(?:sandbox|conformance|cli|testkit)(?:\/|$)|^@parley\/server$|\/node$/

/** Every entry point that must run without modules of Node.js. */
export const entries: readonly Entry[] = readdirSync(packages)
  .filter((name) => existsSync(join(packages, name, 'package.json')))
  .flatMap(entriesOf)
  .filter(({ name }) => !nodeOnly.test(name))

function entriesOf(folder: string): Entry[] {
  const manifest = JSON.parse(readFileSync(join(packages, folder, 'package.json'), 'utf8')) as {
    name: string
    exports?: Record<string, unknown>
  }
  return Object.keys(manifest.exports ?? {})
    .filter((entry) => !entry.endsWith('.json'))
    .map((entry) => ({
      name: manifest.name + entry.slice(1),
      source: sourceOf(folder, entry.slice(2)),
    }))
}

/** The source of an entry for these runtimes. The main entry of a package may have a version without Node.js. */
export function sourceOf(folder: string, entry: string): string {
  const files = entry === '' ? ['browser', 'index'] : [entry]
  const paths = files.map((file) => join(packages, folder, 'src', `${file}.ts`))
  return paths.find((path) => existsSync(path)) ?? ''
}
