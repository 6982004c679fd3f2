import { randomBytes } from 'node:crypto'
import { constants, rmSync } from 'node:fs'
import { type FileHandle, lstat, open, rename, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { Command } from 'commander'
import { CommandError, type CreateCommand, type Run, type StoreOptions, withStoreOptions } from '../command.ts'
import { confirm, yesOption } from '../everyday/write.ts'
import { contactRef, path } from '../input.ts'
import { onEarlyEnd } from '../terminal.ts'
import { asJson, count, escapeControls, forPeople, size } from '../text.ts'

interface ExportOptions extends StoreOptions {
  contact?: string
  yes?: boolean
}

export const exportCommand: CreateCommand = (run) =>
  withStoreOptions(
    new Command('export')
      .description('write all that is stored as lines of JSON, to a file or the standard output')
      .argument(
        '[file]',
        'is replaced when the export is complete, after a question or with --yes; only its owner may read it. - is the standard output',
        path,
      )
      .option('--contact <ref>', 'only what is about this contact: vendor:account/contact/id', contactRef)
      .addOption(yesOption()),
  )
    .addHelpText(
      'after',
      '\nThe lines have texts of customers. "parley import" refuses them if the last one is missing.',
    )
    .action((file: string | undefined, options: ExportOptions) => exportStore(file, options, run))

async function exportStore(file: string | undefined, options: ExportOptions, run: Run): Promise<void> {
  const { terminal } = run
  const { withStore } = await import('../open-store.ts')
  const { contact, json } = options
  const old = file === undefined || file === '-' ? undefined : await lstat(file).catch(() => undefined)
  // A device has nothing that could be lost.
  if (old?.isFile() && old.size > 0)
    await confirm(run, options, `The file ${file} exists (${size(old.size)}). The export replaces it.`)
  await withStore(
    options,
    terminal,
    async (store) => {
      const lines = contact === undefined ? store.export() : aboutOne(store.export({ contact }), contact)
      if (file === undefined || file === '-') {
        run.exitCode = 1
        for await (const line of lines) await terminal.print(`${escapeControls(line)}\n`)
        run.exitCode = 0
        return
      }
      const written = await writeFile(file, lines)
      const told = `${count(written.lines)} lines, ${size(written.bytes)}, in ${file}`
      await terminal.print(json ? asJson({ file, ...written }, 0) : forPeople(`${told}\n`))
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

async function writeFile(file: string, lines: AsyncIterable<string>): Promise<{ lines: number; bytes: number }> {
  const written = { lines: 0, bytes: 0 }
  const text = async function* () {
    for await (const given of lines) {
      const line = escapeControls(given)
      written.lines++
      written.bytes += Buffer.byteLength(line) + 1
      yield `${line}\n`
    }
  }
  const write = (handle: FileHandle, flush: boolean): Promise<void> =>
    pipeline(Readable.from(text()), handle.createWriteStream({ flush }))
  try {
    const found = await stat(file).catch(() => undefined)
    // A device or a pipe cannot be replaced.
    if (found && !found.isFile()) await write(await openDevice(file), false)
    else await replace(file, (handle) => write(handle, true))
    return written
  } catch (error) {
    throw CommandError.ofFile(`The file ${file} cannot be written`, error)
  }
}

/** Without the flags that would create or empty a file which has taken the place of the device. */
async function openDevice(file: string): Promise<FileHandle> {
  const handle = await open(file, constants.O_WRONLY)
  if (!(await handle.stat()).isFile()) return handle
  await handle.close()
  throw new CommandError(`The file ${file} cannot be written: it was replaced.`)
}

/**
 * Writes beside the file first, so that a failure leaves no half of an export, and the old file if there was one. Nobody else
 * can have made the new file or can know its name, so only its owner may read it.
 */
async function replace(file: string, write: (handle: FileHandle) => Promise<void>): Promise<void> {
  const link = await lstat(file).catch(() => undefined)
  if (link?.isSymbolicLink())
    throw new CommandError(`The file ${file} cannot be written: it is a symbolic link. Name the file itself.`)
  const place = join(dirname(file), `.parley-${randomBytes(8).toString('hex')}.part`)
  const remove = () => rmSync(place, { force: true })
  using _early = onEarlyEnd(remove)
  try {
    await write(await open(place, 'wx', 0o600))
    await rename(place, file)
  } catch (error) {
    remove()
    throw error
  }
}
