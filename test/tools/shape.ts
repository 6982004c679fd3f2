import { readdirSync, readFileSync } from 'node:fs'
import { Session } from 'node:inspector/promises'
import { registerHooks } from 'node:module'
import { dirname, join, relative, resolve } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import ts from 'typescript'

// Prints the figures about the source files. test/shape.test.ts has the limits.

const root = fileURLToPath(new URL('../..', import.meta.url))

export interface SourceFile {
  /** The path from the root of the repository. */
  path: string
  package: string
  lines: number
  imports: readonly string[]
}

/** Every source file of every package that was written by hand, with its static imports from its own package. */
export function sourceFiles(): SourceFile[] {
  const packages = join(root, 'packages')
  return readdirSync(packages, { withFileTypes: true }).flatMap((entry) => {
    if (!entry.isDirectory()) return []
    const folder = join(packages, entry.name, 'src')
    const all = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    const names = all.filter((name) => name.endsWith('.ts') && !name.startsWith('generated'))
    return names.map((name) => sourceFile(join(folder, name), entry.name))
  })
}

function sourceFile(path: string, name: string): SourceFile {
  const text = readFileSync(path, 'utf8')
  const { statements } = ts.createSourceFile(path, text, ts.ScriptTarget.Latest)
  const imports = statements.flatMap((statement) => {
    const isStatic = ts.isImportDeclaration(statement) || ts.isExportDeclaration(statement)
    const target = isStatic ? statement.moduleSpecifier : undefined
    const isOwn = target && ts.isStringLiteral(target) && target.text.startsWith('.')
    return isOwn ? [relative(root, resolve(dirname(path), target.text))] : []
  })
  return { path: relative(root, path), package: name, lines: text.split('\n').length - 1, imports }
}

/** Files that import each other in a cycle, including types. */
export function importCycles(files: readonly SourceFile[]): string[][] {
  const importsOf = new Map(files.map(({ path, imports }) => [path, imports]))
  const cycles: string[][] = []
  const done = new Set<string>()
  const visit = (path: string, way: readonly string[]): void => {
    const from = way.indexOf(path)
    if (from >= 0) cycles.push([...way.slice(from), path])
    if (from >= 0 || done.has(path)) return
    for (const next of importsOf.get(path) ?? []) visit(next, [...way, path])
    done.add(path)
  }
  for (const { path } of files) visit(path, [])
  return cycles
}

/**
 * The source files whose functions run during `messages.ask` at LeadConnector, from the call to the answer, with the
 * emulator. The emulator's own code does not count.
 */
export async function filesOfAsk(): Promise<string[]> {
  registerHooks({
    resolve(specifier, context, next) {
      const [, name, entry = 'index'] = /^@parley\/([\w-]+)(?:\/([\w-]+))?$/.exec(specifier) ?? []
      if (name === undefined) return next(specifier, context)
      return { url: pathToFileURL(join(root, 'packages', name, 'src', `${entry}.ts`)).href, shortCircuit: true }
    },
  })
  const load = (name: string) => import(pathToFileURL(join(root, 'packages', name, 'src/index.ts')).href)
  const { sandbox } = await load('sandbox')
  const { leadConnector } = await load('leadconnector')
  const { leadConnector: emulator, stop } = await sandbox.start({ vendors: ['leadConnector'] })
  const { token, locationId } = emulator.credentials
  const desk = leadConnector({ token, locationId, baseUrl: emulator.url })
  const [conversation] = (await desk.conversations.list({ limit: 1 })).items
  const session = new Session()
  session.connect()
  await session.post('Profiler.enable')
  await session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: false })
  await desk.messages.ask(conversation, { text: 'When do you open?' })
  const { result } = await session.post('Profiler.takePreciseCoverage')
  session.disconnect()
  await stop()
  return result
    .filter(
      ({ url }) => url.startsWith(pathToFileURL(root).href) && /\/packages\/(?:core|leadconnector)\/src\//.test(url),
    )
    .filter(({ functions }) =>
      functions.some(({ functionName, ranges }) => functionName !== '' && (ranges[0]?.count ?? 0) > 0),
    )
    .map(({ url }) => relative(root, fileURLToPath(url)))
    .toSorted()
}

export const medianOf = (numbers: readonly number[]): number =>
  numbers.toSorted((one, other) => one - other)[numbers.length >> 1] ?? 0

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const files = sourceFiles()
  const lines = files.map((file) => file.lines)
  const asked = await filesOfAsk()
  const print = (name: string, count: number) =>
    console.log(`${name.padEnd(20)} ${String(count).padStart(4)} source files`)
  for (const name of new Set(files.map((file) => file.package)))
    print(name, files.filter((file) => file.package === name).length)
  print('all packages', files.length)
  console.log(`lines of a source file: median ${medianOf(lines)}, at most ${Math.max(...lines)}`)
  console.log(`import cycles: ${importCycles(files).length}`)
  console.log(`messages.ask at LeadConnector runs ${asked.length} files:`)
  for (const path of asked) console.log(`  ${path}`)
}
