import { readFileSync } from 'node:fs'
import { brotliDecompressSync } from 'node:zlib'
import { PGlite, type PGliteOptions } from '@electric-sql/pglite'

/**
 * Opens a PGlite in memory, with the empty database that the build of the inbox has made. To make one takes PGlite several
 * seconds of processor time and 950 MB: see `docs/decisions/0042-the-package-brings-an-empty-database.md`.
 */
export async function openPglite(options: PGliteOptions = {}): Promise<PGlite> {
  const files = brotliDecompressSync(readFileSync(new URL('../../inbox/dist/pglite.tar.br', import.meta.url)))
  return PGlite.create({ ...options, loadDataDir: new Blob([files]) })
}
