import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'

/** The packages cannot be downloaded. The live checks then do not apply. */
export class Unreachable extends Error {
  override readonly name = 'Unreachable'
}

const files = ['package.json', 'package-lock.json'] as const

/** `PARLEY_LIVE_CACHE`, or a folder of the user's cache directory. */
const cacheFolder = (): string =>
  process.env['PARLEY_LIVE_CACHE'] || join(process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'parley-live')

/**
 * Installs the server and its packages, in the exact versions of the lock file, unless the cache has them.
 *
 * @returns the folder that contains `node_modules`.
 * @throws Unreachable when the registry cannot be reached.
 */
export async function install(): Promise<string> {
  const hash = createHash('sha256')
  for (const file of files) hash.update(readFileSync(join(import.meta.dirname, file)))
  const cache = cacheFolder()
  const folder = join(cache, `langgraph-${hash.digest('hex').slice(0, 12)}`)
  if (existsSync(folder)) return folder
  mkdirSync(cache, { recursive: true })
  // The folder gets its name when it is complete, so that an interrupted installation is not used.
  const unfinished = mkdtempSync(join(cache, 'unfinished-'))
  try {
    for (const file of files) copyFileSync(join(import.meta.dirname, file), join(unfinished, file))
    await npm(['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--fetch-retries=1'], unfinished)
    if (!existsSync(folder)) renameSync(unfinished, folder)
    return folder
  } finally {
    rmSync(unfinished, { recursive: true, force: true })
  }
}

/** The version of the server that is installed. */
export const versionOf = (folder: string): string => {
  const manifest = readFileSync(join(folder, 'node_modules/@langchain/langgraph-api/package.json'), 'utf8')
  return (JSON.parse(manifest) as { version: string }).version
}

const unreachable =
  /\b(?:ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ECONNABORTED|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ERR_SOCKET_TIMEOUT|E50[234]|UND_ERR\w*)\b/

function npm(args: string[], cwd: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn('npm', args, { cwd, stdio: ['ignore', 'ignore', 'pipe'] })
    let said = ''
    child.stderr.on('data', (chunk) => {
      said += String(chunk)
    })
    child.once('error', (error) => reject(new Error('npm cannot be started.', { cause: error })))
    child.once('close', (code) => {
      if (code === 0) return resolve()
      const [found] = unreachable.exec(said) ?? []
      reject(
        found ? new Unreachable(`the registry cannot be reached (${found})`) : new Error(`npm ci failed:\n${said}`),
      )
    })
  })
}
