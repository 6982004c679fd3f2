import { type FieldProblem, InvalidRequestError, isRecord } from '@parley/core'
import { Document, isAlias, isMap, isPair, isScalar, LineCounter, type ParsedNode, parseDocument, visit } from 'yaml'
import { type AgentManifest, manifestVersion } from './agent-manifest.ts'
import { agentManifestSchema } from './agent-manifest-schema.ts'

/**
 * Checks a manifest: its text (YAML or JSON), or a value that was read before.
 *
 * @returns the manifest with its fields in the order of the schema.
 * @throws InvalidRequestError whose `fields` say what is wrong and where: another version, an unknown field or kind of action,
 * a wrong type, a duplicate key, an alias, a second document. A text has the line and the column too. It quotes no value.
 */
export function parseAgentManifest(given: unknown): AgentManifest {
  const text = typeof given === 'string' ? readText(given) : undefined
  const value = text ? text.value : given
  if (!isRecord(value)) throw refused([{ path: '', problem: 'must be an object' }])
  const { parley, version } = value
  if (parley !== 'agent')
    throw refused([at({ path: ['parley'], problem: 'must be agent: this is not the manifest of an agent' }, text)])
  if (version !== manifestVersion) throw refused([at({ path: ['version'], problem: versionProblem(version) }, text)])
  const result = agentManifestSchema.safeParse(value)
  if (result.success) return result.data
  throw refused(result.error.issues.flatMap(problemsOf).map((problem) => at(problem, text)))
}

function versionProblem(version: unknown): string {
  const isNumber = typeof version === 'number' && Number.isFinite(version)
  return `is ${isNumber ? version : 'no number'}; this Parley reads ${manifestVersion}: export the agent again`
}

/**
 * A manifest as text, which `parseAgentManifest` reads back exactly. The same manifest gives the same text.
 *
 * @param format `yaml`: long texts are blocks that people can edit. `json`: with an indentation of two.
 * @throws InvalidRequestError like `parseAgentManifest`.
 */
export function formatAgentManifest(manifest: AgentManifest, format: 'yaml' | 'json'): string {
  const ordered = parseAgentManifest(manifest)
  if (format === 'json') return `${JSON.stringify(ordered, null, 2)}\n`
  const document = new Document(ordered, { aliasDuplicateObjects: false })
  return document.toString({ lineWidth: 0, blockQuote: 'literal' })
}

interface ManifestText {
  value: unknown
  /** ` (line 3, column 5)`: where the last part of this path is that exists. */
  placeOf(path: readonly PropertyKey[]): string
}

function readText(text: string): ManifestText {
  const counter = new LineCounter()
  const place = (offset: number) => {
    const { line, col } = counter.linePos(offset)
    return ` (line ${line}, column ${col})`
  }
  try {
    const document = parseDocument(text, { lineCounter: counter, stringKeys: true, prettyErrors: false })
    const [wrong] = [...document.errors, ...document.warnings]
    if (wrong) throw refused([{ path: '', problem: `${syntaxProblem(wrong)}${place(wrong.pos[0])}` }])
    visit(document, {
      Alias(_, { range }) {
        throw refused([{ path: '', problem: `must not have aliases (*)${place(range?.[0] ?? 0)}` }])
      },
      // The parser resolves the tags that YAML itself has.
      Node(_, { tag, range }) {
        if (tag !== undefined) throw refused([{ path: '', problem: `must not have tags (!)${place(range?.[0] ?? 0)}` }])
      },
    })
    return { value: document.toJS(), placeOf: (path) => place(offsetOf(document.contents, path)) }
  } catch (error) {
    // Thousands of levels overflow the stack of the parser.
    if (error instanceof RangeError) throw refused([{ path: '', problem: 'is nested too deeply' }])
    throw error
  }
}

/** The messages of the parser can quote the text, and so can its codes not. */
function syntaxProblem({ code }: { code: string }): string {
  if (code === 'DUPLICATE_KEY') return 'has a key twice'
  if (code === 'MULTIPLE_DOCS') return 'must be a single document'
  if (code === 'TAG_RESOLVE_FAILED') return 'must not have tags (!)'
  if (code === 'RESOURCE_EXHAUSTION') return 'is nested too deeply'
  return `is neither YAML nor JSON: ${code.toLowerCase().replaceAll('_', ' ')}`
}

function offsetOf(root: ParsedNode | null, path: readonly PropertyKey[]): number {
  let node: unknown = root
  let offset = root?.range?.[0] ?? 0
  for (const step of path) {
    const pair = isMap(node) ? node.items.find(({ key }) => isScalar(key) && key.value === step) : undefined
    const next: unknown = isPair(pair) ? pair.value : isMap(node) || isAlias(node) ? undefined : itemOf(node, step)
    const place = isPair(pair) ? pair.key : next
    const start = (place as { range?: [number, ...unknown[]] } | undefined)?.range?.[0]
    if (start === undefined) return offset
    offset = start
    node = next
  }
  return offset
}

const itemOf = (node: unknown, step: PropertyKey): unknown =>
  (node as { items?: unknown[] } | null)?.items?.[Number(step)]

interface Problem {
  path: readonly PropertyKey[]
  problem: string
}

interface Issue {
  code?: string | undefined
  path: readonly PropertyKey[]
  message: string
  keys?: readonly string[]
}

/** The message about unknown fields has a line for each of them. */
const problemsOf = ({ path, message, keys }: Issue): Problem[] =>
  keys
    ? keys.map((key, index) => ({ path: [...path, key], problem: message.split('\n')[index] ?? message }))
    : [{ path, problem: message }]

const at = ({ path, problem }: Problem, text: ManifestText | undefined): FieldProblem => ({
  path: path.reduce<string>(
    (so, step) => `${so}${typeof step === 'number' ? `[${step}]` : `${so && '.'}${String(step)}`}`,
    '',
  ),
  problem: `${problem}${text ? text.placeOf(path) : ''}`,
})

/** So many problems are in the message. */
const mostNamed = 10

function refused(fields: readonly FieldProblem[]): InvalidRequestError {
  const named = fields.slice(0, mostNamed).map(({ path, problem }) => `${path || 'it'} ${problem}`)
  const rest = fields.length - named.length
  const problems = [...named, ...(rest > 0 ? [`and ${rest} more`] : [])].join('; ')
  return new InvalidRequestError({ message: `This is no valid agent manifest: ${problems}.`, fields })
}
