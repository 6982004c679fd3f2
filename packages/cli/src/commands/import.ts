import { createReadStream } from 'node:fs'
import type { Readable } from 'node:stream'
import { Command } from 'commander'
import { CommandError, type CreateCommand, type Run, type StoreOptions, withStoreOptions } from '../command.ts'
import { path } from '../input.ts'
import { count } from '../text.ts'

export const importCommand: CreateCommand = (run) =>
  withStoreOptions(
    new Command('import')
      .description('bring an export into the store: all of it, or nothing if it is cut off or of another version')
      .argument('<file>', 'the export; - reads the standard input', path),
  )
    .addHelpText('after', '\nOf a record that the store has, the newer version stays. Erased people stay erased.')
    .action((file: string, options: StoreOptions) => importFile(file, options, run))

async function importFile(file: string, options: StoreOptions, { terminal }: Run): Promise<void> {
  const { withStore } = await import('../open-store.ts')
  const input = file === '-' ? process.stdin : createReadStream(file)
  const result = await withStore(options, terminal, (store) => store.import(linesOf(input))).catch((error: unknown) => {
    throw CommandError.ofFile(`The file ${file} cannot be read`, error)
  })
  const parts = Object.entries(result).map(([what, number]) => `${count(number)} ${what}`)
  await terminal.print(`${options.json ? JSON.stringify(result) : parts.join(', ')}\n`)
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
