import { existsSync, readFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { Server } from 'node:net'
import { dirname, join } from 'node:path'
import { inspect } from 'node:util'
import { sandboxVendors } from '@parley/sandbox'
import ts from 'typescript'
import { afterAll, afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { openDocAccounts } from './tools/doc-accounts.ts'
import { type DocBlock, docBlocks, docPages } from './tools/doc-blocks.ts'
import { moduleOf } from './tools/doc-module.ts'
import { instrument, isWritten, statedOutputs, unmarkedOutputs } from './tools/doc-outputs.ts'

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

/** The blocks that are compiled but not run: a word of each, and the reason. */
const notRun: readonly { page: string; has: string; reason: string }[] = [
  {
    page: 'docs/credentials.md',
    has: 'oauth.credential({ locationId }), locationId })',
    reason: 'Needs an app that an account has authorized: packages/leadconnector/test/oauth/emulator.test.ts.',
  },
  {
    page: 'docs/credentials.md',
    has: 'oauth.installedLocations(',
    reason: 'Needs an app that an agency has authorized: packages/leadconnector/test/oauth/emulator.test.ts.',
  },
  {
    page: 'docs/credentials.md',
    has: 'redisDriver(',
    reason: 'Needs a Redis: packages/core/test/state-store/unstorage.test.ts has other drivers.',
  },
  {
    page: 'docs/limits.md',
    has: 'new RateLimiterPostgres(',
    reason: 'Needs a PostgreSQL: test/limits/processes.test.ts.',
  },
  {
    page: 'packages/conformance/README.md',
    has: 'conformance(',
    reason: 'Its vendor is imagined; test/conformance/acme.test.ts runs the same with a server.',
  },
  {
    page: 'packages/conformance/README.md',
    has: 'await recordDrift(',
    reason: 'Its vendor is imagined; test/properties/drift.test.ts does the same at the emulators.',
  },
]

const blocks = docPages().flatMap(docBlocks)
const isLeftOut = ({ page, code }: DocBlock) => notRun.some((one) => one.page === page && code.includes(one.has))
const runnable = blocks.filter((block) => !isLeftOut(block))

describe('the examples of the documentation', async () => {
  const accounts = await openDocAccounts()
  afterAll(accounts.stop)
  let printed: string[] = []
  const seen = new Map<number, string[]>()

  const stated = (line: number, ...values: unknown[]): unknown[] | unknown => {
    const shown = values.map((value) => inspect(value, { depth: 8, breakLength: Number.POSITIVE_INFINITY })).join(' ')
    seen.set(line, [...(seen.get(line) ?? []), shown])
    return values
  }

  // An example states the port that it listens on. The test uses a free port.
  const servers: Server[] = []
  const { listen } = Server.prototype
  function listenAnywhere(this: Server, ...args: unknown[]): Server {
    servers.push(this)
    return Reflect.apply(listen, this, args[0] === 8080 ? [0, ...args.slice(1)] : args)
  }
  const toReceiver: typeof fetch = (input, init) => {
    const { port } = (servers.at(-1)?.address() ?? {}) as Partial<AddressInfo>
    return accounts.fetch(typeof input === 'string' ? input.replace(':8080/', `:${port}/`) : input, init)
  }

  beforeEach(() => {
    seen.clear()
    printed = []
    vi.stubGlobal('stated', stated)
    vi.stubGlobal('fetch', toReceiver)
    vi.spyOn(Server.prototype, 'listen').mockImplementation(listenAnywhere)
    for (const [name, value] of Object.entries(accounts.environment)) vi.stubEnv(name, value)
    for (const method of ['log', 'warn', 'error', 'debug'] as const)
      vi.spyOn(console, method).mockImplementation((...args) => void printed.push(args.map(String).join(' ')))
  })
  afterEach(() => {
    vi.unstubAllGlobals()
    vi.unstubAllEnvs()
    vi.restoreAllMocks()
    for (const server of servers.splice(0)) server.close()
    // Its history takes time, and most examples ask none or one of them.
    for (const vendor of sandboxVendors)
      if (accounts.vendors[vendor].requests.length > 0) accounts.vendors[vendor].reset()
  })

  for (const block of runnable) {
    // Tests register themselves while they are collected.
    if (block.code.includes("from 'vitest'")) describe(block.name, () => import(moduleOf(block)))
    else
      it(`${block.name} runs, and gives what it states`, async () => {
        await import(moduleOf(block))
        const wrong = statedOutputs(block.code).flatMap(({ line, text }) => {
          const shown = seen.get(line) ?? []
          if (shown.length === 0) return [`${text}: never reached`]
          return shown.filter((one) => !isWritten(text, one)).map((one) => `${text}: it is ${one}`)
        })
        expect(wrong).toEqual([])
      })
  }

  it.each(docPages().flatMap(docBlocks))('$name states no output without an arrow', ({ code }) => {
    expect(unmarkedOutputs(code)).toEqual([])
  })

  it('are run, but for those that are named with a reason', () => {
    expect(blocks.length - runnable.length).toBe(notRun.length)
  })
})

describe('stated outputs', () => {
  it.each([
    ['{ a: 1, b: [2] }', '{ a: 1, b: [ 2 ] }', true],
    ['{ a: 1 }', '{ a: 2 }', false],
    ["'answered' '…'", "'answered' 'We open at 9.'", true],
    ["'answered'", "'answered' 'We open at 9.'", false],
    ['1.5', '105', false],
  ])('%s is compared to %s', (stated, shown, same) => {
    expect(isWritten(stated, shown)).toBe(same)
  })

  it('are found after expressions, declarations and calls of console, also on the next line', () => {
    const code = ['sum(1) // → 1', 'const { a, b: [c] } = sum(2) // → 2', 'if (a) console.log(a, c)', '// → 3'].join(
      '\n',
    )
    expect(statedOutputs(code).map(({ text }) => text)).toEqual(['1', '2', '3'])
    expect(instrument(code).split('\n')).toEqual([
      'globalThis.stated(0, sum(1)) // → 1',
      'const { a, b: [c] } = sum(2)',
      ';globalThis.stated(1, a, c); // → 2',
      'if (a) console.log(...globalThis.stated(3, a, c))',
      '// → 3',
    ])
  })

  it.each(["// 'a text'", '// { a: 1 }', '// [1]', '// 17', '// null', '// https://app.example'])(
    'must have an arrow: %s',
    (comment) => {
      expect(unmarkedOutputs(`call() ${comment}`)).toHaveLength(1)
      expect(unmarkedOutputs(`call() ${comment.replace('// ', '// → ')}`)).toEqual([])
    },
  )

  it('are not looked for in texts', () => {
    expect(statedOutputs('call("// → 5", `// → 6`)')).toEqual([])
    expect(unmarkedOutputs('call("// 5") // 1. The first step')).toEqual([])
  })
})
