import { writeFileSync } from 'node:fs'
import { brotliCompressSync, constants } from 'node:zlib'
import { PGlite } from '@electric-sql/pglite'
import { library } from '../tsup.base.ts'

/**
 * An empty database. To make one takes PGlite seconds, and five times the memory: see `src/store/pglite-worker.ts`. What
 * makes it large is left out, because opening it takes time for each byte: two more databases, from which a server makes
 * new ones, and a write-ahead log of 16 MB.
 */
async function emptyDatabase(): Promise<Buffer> {
  await using database = await PGlite.create({
    // PGlite's own, and `--wal-segsize`.
    initDbStartParams: [
      '--wal-segsize=1',
      '--allow-group-access',
      '--encoding',
      'UTF8',
      '--locale=C.UTF-8',
      '--locale-provider=libc',
      '--auth=trust',
    ],
    startParams: [...PGlite.defaultStartParams, '-c', 'min_wal_size=2MB', '-c', 'wal_recycle=off'],
  })
  await database.exec(
    "update pg_database set datistemplate = false, datallowconn = true where datname like 'template_'",
  )
  for (const name of ['template0', 'template1']) await database.exec(`drop database ${name}`)
  await database.exec('vacuum (freeze, analyze)')
  // `initdb` leaves files of the log that are ready for later. They are removed as the log reaches them.
  for (let segment = 0; segment < 8; segment++) {
    await database.exec('select pg_switch_wal()')
    await database.exec('checkpoint')
  }
  const files = Buffer.from(await (await database.dumpDataDir('none')).arrayBuffer())
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
