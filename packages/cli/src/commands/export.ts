import { open, rename, rm, stat } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { Command } from 'commander'
import { CommandError, type CreateCommand, type Run, type StoreOptions, withStoreOptions } from '../command.ts'
import { contactRef, path } from '../input.ts'
import { count, size } from '../text.ts'

interface ExportOptions extends StoreOptions {
  contact?: string
}

export const exportCommand: CreateCommand = (run) =>
  withStoreOptions(
    new Command('export')
      .description('write all that is stored as lines of JSON, to a file or the standard output')
      .argument('[file]', 'is replaced when the export is complete; only its owner may read it', path)
      .option('--contact <ref>', 'only what is about this contact: vendor:account/contact/id', contactRef),
  )
    .addHelpText(
      'after',
      '\nThe lines have texts of customers. "parley import" refuses them if the last one is missing.',
    )
    .action((file: string | undefined, options: ExportOptions) => exportStore(file, options, run))

async function exportStore(file: string | undefined, options: ExportOptions, { terminal }: Run): Promise<void> {
  const { withStore } = await import('../open-store.ts')
  const { contact, json } = options
  await withStore(
    options,
    terminal,
    async (store) => {
      const lines = contact === undefined ? store.export() : aboutOne(store.export({ contact }), contact)
      if (file === undefined) {
        for await (const line of lines) await terminal.print(`${line}\n`)
        return
      }
      const written = await writeFile(file, lines)
      const told = `${count(written.lines)} lines, ${size(written.bytes)}, in ${file}`
      await terminal.print(`${json ? JSON.stringify({ file, ...written }) : told}\n`)
    },
    { create: false },
  )
}

/** Refuses an export with nothing about the contact before its first line is written. */
async function* aboutOne(lines: AsyncIterable<string>, contact: string): AsyncGenerator<string, void, undefined> {
  const before: string[] = []
  let isFound = false
  for await (const line of lines) {
    if (isFound) {
      yield line
      continue
    }
    before.push(line)
    const { kind } = JSON.parse(line) as { kind?: unknown }
    if (kind === 'end') throw new CommandError(`The store has nothing about the contact ${contact}.`)
    isFound = kind !== 'parley-export' && kind !== 'account'
    if (isFound) yield* before
  }
}

/** Writes beside the file first, so that a failure leaves no half of an export, and the old file if there was one. */
async function writeFile(file: string, lines: AsyncIterable<string>): Promise<{ lines: number; bytes: number }> {
  const written = { lines: 0, bytes: 0 }
  // A device or a pipe cannot be replaced.
  const isReplaced = await stat(file).then(
    (found) => found.isFile(),
    () => true,
  )
  const place = isReplaced ? `${file}.part` : file
  try {
    const handle = await open(place, 'w', 0o600)
    const text = async function* () {
      for await (const line of lines) {
        written.lines++
        written.bytes += Buffer.byteLength(line) + 1
        yield `${line}\n`
      }
    }
    await pipeline(Readable.from(text()), handle.createWriteStream({ flush: isReplaced }))
    if (isReplaced) await rename(place, file)
    return written
  } catch (error) {
    if (isReplaced) await rm(place, { force: true })
    throw CommandError.ofFile(`The file ${file} cannot be written`, error)
  }
}
