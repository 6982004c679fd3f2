import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import ts from 'typescript'
import { describe, expect, it } from 'vitest'
import { type DocBlock, docBlocks, docPages } from './tools/doc-blocks.ts'

const root = new URL('../', import.meta.url).pathname

/** Compiles all blocks in one program, each as a file that exists only in memory, with the settings of the project. */
function problemsOf(blocks: DocBlock[]): string[] {
  const config = ts.getParsedCommandLineOfConfigFile(
    join(root, 'test/tsconfig.json'),
    {},
    {
      ...ts.sys,
      onUnRecoverableConfigFileDiagnostic: (diagnostic) => {
        throw new Error(ts.flattenDiagnosticMessageText(diagnostic.messageText, '\n'))
      },
    },
  )
  const options: ts.CompilerOptions = {
    ...config?.options,
    noUnusedLocals: false,
    noUnusedParameters: false,
    isolatedDeclarations: false,
    declaration: false,
  }
  const files = new Map(blocks.map((block, index) => [join(root, 'docs', `block-${index}.ts`), block]))
  const host = ts.createCompilerHost(options)
  const { fileExists, readFile, getSourceFile } = host
  host.fileExists = (path) => files.has(path) || fileExists(path)
  host.readFile = (path) => files.get(path)?.code ?? readFile(path)
  host.getSourceFile = (path, language, ...rest) => {
    const block = files.get(path)
    return block ? ts.createSourceFile(path, block.code, language) : getSourceFile(path, language, ...rest)
  }
  const program = ts.createProgram([...files.keys()], options, host)
  return [...files.keys()].flatMap((path) => {
    const source = program.getSourceFile(path)
    const block = files.get(path) as DocBlock
    return [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)].map((diagnostic) => {
      const line = ts.getLineAndCharacterOfPosition(source as ts.SourceFile, diagnostic.start ?? 0).line
      return `${block.name} (line ${block.line + line - block.offset + 1}): ${ts.flattenDiagnosticMessageText(diagnostic.messageText, '\n')}`
    })
  })
}

describe('the documentation', () => {
  it('has code that compiles, every block of it', () => {
    const blocks = docPages().flatMap(docBlocks)
    expect(blocks.length).toBeGreaterThan(5)
    expect(problemsOf(blocks)).toEqual([])
  }, 120_000)

  it.each(docPages())('%s links only to what exists', (page) => {
    const text = readFileSync(page, 'utf8')
    const targets = [...text.matchAll(/\]\((?!https?:|#|mailto:)([^)#\s]+)/g)].map((match) => match[1] as string)
    expect(targets.filter((target) => !existsSync(join(dirname(page), target)))).toEqual([])
  })
})
