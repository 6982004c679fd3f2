import { randomUUID } from 'node:crypto'
import { open, readdir, rename, rm, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'

/** Older than this, a temporary file is what a process left behind that was killed while it wrote. */
const abandonedAfter = 60_000

/**
 * Replaces a file at once: readers find the old content or the new one, whole, also after a crash. Only the owner may
 * read it.
 */
export async function writeFile(path: string, content: string): Promise<void> {
  const temporary = `${path}.${randomUUID()}.tmp`
  try {
    const file = await open(temporary, 'wx', 0o600)
    try {
      await file.writeFile(content)
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(temporary, path)
  } catch (error) {
    await rm(temporary, { force: true })
    throw error
  }
  await syncFolder(dirname(path))
  await removeAbandoned(path)
}

/** The new name is durable only with its folder. Not every platform can do that, or has to. */
async function syncFolder(path: string): Promise<void> {
  try {
    const folder = await open(path, 'r')
    await folder.sync().finally(() => folder.close())
  } catch {}
}

/** They hold tokens as well. */
async function removeAbandoned(path: string): Promise<void> {
  try {
    for (const name of await readdir(dirname(path))) {
      if (!name.startsWith(`${basename(path)}.`) || !name.endsWith('.tmp')) continue
      const left = join(dirname(path), name)
      if (Date.now() - (await stat(left)).mtimeMs > abandonedAfter) await rm(left, { force: true })
    }
  } catch {}
}
