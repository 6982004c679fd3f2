import { closeSync, openSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { platform } from 'node:process'
import { isRaw } from '../read/reading.ts'
import type { Clock } from '../transport/clock.ts'
import { fileError, isCode } from './file-error.ts'

/** Longer than any process is between making a guard and removing it, which it does without giving up its turn. */
const guardTime = 5_000

/** @returns whether `owner` has the lease now; `false` also when another process is just looking. */
export const takeLease = (path: string, owner: string, milliseconds: number, clock: Clock): boolean =>
  guarded(path, () => {
    const held = readLease(path)
    if (held && held.owner !== owner && held.until > clock.now()) return false
    writeFileSync(path, JSON.stringify({ owner, until: clock.now() + milliseconds }), { mode: 0o600 })
    return true
  }) === true

/** @returns `false`: another process is just looking; try again. */
export const releaseLease = (path: string, owner: string): boolean =>
  guarded(path, () => {
    if (readLease(path)?.owner === owner) rmSync(path, { force: true })
    return true
  }) === true

/** A lease that cannot be read was being written by a process that died at that: nobody has it. */
function readLease(path: string): { owner: string; until: number } | undefined {
  let lease: unknown
  try {
    lease = JSON.parse(readFileSync(path, 'utf8'))
  } catch (error) {
    if (error instanceof SyntaxError || isCode(error, 'ENOENT')) return undefined
    throw fileError(path, 'cannot be read', error)
  }
  const { owner, until } = isRaw(lease) ? lease : {}
  return typeof owner === 'string' && typeof until === 'number' ? { owner, until } : undefined
}

/**
 * Looking at a lease and changing it must be one step for all processes. What all file systems can do in one step is
 * making a file that was not there: that one guards the other for the moment it takes.
 *
 * @returns `undefined`: another process is at it.
 */
function guarded<T>(path: string, work: () => T): T | undefined {
  const guard = `${path}.guard`
  try {
    closeSync(openSync(guard, 'wx', 0o600))
  } catch (error) {
    // Windows refuses with EPERM for as long as a file of this name is being removed.
    const isBusy = isCode(error, 'EEXIST') || (platform === 'win32' && isCode(error, 'EPERM'))
    if (!isBusy) throw fileError(guard, 'cannot be made', error)
    removeAbandoned(guard)
    return undefined
  }
  try {
    return work()
  } finally {
    rmSync(guard, { force: true })
  }
}

/** Left behind by a process that died within that moment. */
function removeAbandoned(guard: string): void {
  const made = statSync(guard, { throwIfNoEntry: false })?.mtimeMs
  if (made !== undefined && Date.now() - made > guardTime) rmSync(guard, { force: true })
}
