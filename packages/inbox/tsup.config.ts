import { writeFileSync } from 'node:fs'
import { brotliCompressSync, constants } from 'node:zlib'
import { PGlite } from '@electric-sql/pglite'
import { library } from '../tsup.base.ts'

/** An empty database. To make one takes PGlite seconds, and five times the memory: see `src/store/pglite-worker.ts`. */
async function emptyDatabase(): Promise<Buffer> {
  await using database = await PGlite.create()
  const files = Buffer.from(await (await database.dumpDataDir('none')).arrayBuffer())
  // It contains each catalog three times, megabytes apart.
  const { BROTLI_PARAM_LGWIN, BROTLI_MAX_WINDOW_BITS, BROTLI_PARAM_QUALITY } = constants
  return brotliCompressSync(files, {
    params: { [BROTLI_PARAM_LGWIN]: BROTLI_MAX_WINDOW_BITS, [BROTLI_PARAM_QUALITY]: 9 },
  })
}

/** Only the files of the store import modules of Node.js; a test reads that. */
export default {
  ...library('src/index.ts', 'src/browser.ts'),
  external: [/^node:/],
  // For `Symbol.asyncDispose`, in a program whose `lib` does not have it.
  dts: { banner: '/// <reference lib="esnext.disposable" />' },
  removeNodeProtocol: false,
  onSuccess: async () => writeFileSync(new URL('dist/pglite.tar.br', import.meta.url), await emptyDatabase()),
}
