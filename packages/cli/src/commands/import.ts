import { open } from 'node:fs/promises'
import type { Readable } from 'node:stream'
import type { Imported, Store } from '@parley/inbox'
import { Command } from 'commander'
import { CommandError, type CreateCommand, type Run, type StoreOptions, withStoreOptions } from '../command.ts'
import { dryRunOption, printPlan } from '../everyday/write.ts'
import { path } from '../input.ts'
import { asJson, count } from '../text.ts'

interface ImportOptions extends StoreOptions {
  dryRun?: boolean
}

export const importCommand: CreateCommand = (run) =>
  withStoreOptions(
    new Command('import')
      .description('bring an export into the store: all of it, or nothing if it is cut off or of another version')
      .argument('<file>', 'the export; - reads the standard input', path)
      .addOption(dryRunOption()),
  )
    .addHelpText(
      'after',
      '\nOf a record that the store has, the newer version stays. Erased people stay erased. Whoever was erased before the export is\nerased here, too. With --dry-run, the whole file is checked and counted.',
    )
    .action((file: string, options: ImportOptions) => importFile(file, options, run))

async function importFile(file: string, options: ImportOptions, run: Run): Promise<void> {
  const { terminal } = run
  const { dryRun = false } = options
  const opening = await import('../open-store.ts')
  const result = await read().catch((error: unknown) => {
    throw CommandError.ofFile(`The ${file === '-' ? 'standard input' : `file ${file}`} cannot be read`, error)
  })
  const parts = Object.entries(result).map(([what, number]) => `${count(number)} ${what}`)
  if (dryRun) {
    const sentences = [`The file is complete. It has ${count(result.added)} records, which the store is compared with.`]
    return printPlan(run, options, { action: 'import', sentences, input: { file, records: result.added } })
  }
  await terminal.print(options.json ? asJson(result, 0) : `${parts.join(', ')}\n`)

  async function read(): Promise<Imported> {
    // Before the store is opened, which may create it.
    const input = file === '-' ? process.stdin : await openFile(file)
    try {
      const work = (store: Store) => store.import(linesOf(input))
      return await (dryRun ? opening.withMemory(work) : opening.withStore(options, terminal, work))
    } finally {
      input.destroy()
    }
  }
}

async function openFile(file: string): Promise<Readable> {
  const handle = await open(file)
  if (!(await handle.stat()).isDirectory()) return handle.createReadStream()
  await handle.close()
  throw new CommandError(`The file ${file} cannot be read: it is a folder.`)
}

/** The lines of a text. The module `readline` would also end a line at U+2028, which JSON does not escape. */
export async function* linesOf(input: Readable): AsyncGenerator<string, void, undefined> {
  let rest = ''
  for await (const chunk of input.setEncoding('utf8') as AsyncIterable<string>) {
    const lines = chunk.split('\n')
    lines[0] = rest + lines[0]
    rest = lines.pop() ?? ''
    yield* lines
  }
  if (rest !== '') yield rest
}
