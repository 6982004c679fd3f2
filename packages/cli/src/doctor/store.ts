import { existsSync } from 'node:fs'
import { statfs } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import type { ErrorCode, ParleyError } from '@parley/core'
import { inspectStore, type StoreReport } from '@parley/inbox'
import { inOwnWords, prepareFor, type StoreChoice } from '../store-choice.ts'
import { size } from '../text.ts'
import { attempt, type Check, type ClockOffset, offsetOf } from './check.ts'

/** In bytes. A backfill of 100,000 messages takes about as much. */
const littleSpace = 1_000_000_000

export async function checkStore(choice: StoreChoice, clocks: ClockOffset[]): Promise<Check[]> {
  const { options, name, isExposed } = choice
  const checks: Check[] = []
  if (isExposed)
    checks.push({
      check: 'store',
      state: 'warning',
      detail: 'the password in --store can be read by other users of this machine',
      action: 'Put the URL into the environment variable PARLEY_STORE.',
    })
  const { folder } = options
  if (folder !== undefined) checks.push(await checkSpace(folder))
  if (folder !== undefined && !existsSync(folder))
    return [{ check: 'store', state: 'ok', detail: `${name} does not exist yet; "parley sync" creates it` }, ...checks]
  prepareFor(choice)
  const asked = Date.now()
  const report = await attempt(
    'store',
    (error) => actionFor(error, folder !== undefined),
    () =>
      inspectStore(options).catch((error: unknown) => {
        throw inOwnWords(error, choice)
      }),
  )
  if ('check' in report) return [report, ...checks]
  const now = Date.parse(report.now)
  if (folder === undefined) clocks.push({ of: 'the database', offset: offsetOf([now, now], [asked, Date.now()]) })
  return [checkTables(report, name, folder !== undefined), ...checks]
}

function checkTables({ version, tables, size: bytes }: StoreReport, name: string, isEmbedded: boolean): Check {
  const server = isEmbedded ? `PGlite ${version}, for trying out` : `PostgreSQL ${version}, UTF-8`
  const detail = `${name}: ${server}, ${size(bytes)}`
  switch (tables) {
    case 'none':
      return { check: 'store', state: 'ok', detail: `${detail}, without tables yet; "parley sync" creates them` }
    case 'current':
      return { check: 'store', state: 'ok', detail: `${detail}, tables up to date` }
    case 'older':
      return {
        check: 'store',
        state: 'warning',
        detail: `${detail}, with the tables of an older version`,
        action: 'Stop programs with the older version. The next command that uses the store updates the tables.',
      }
    case 'newer':
      return {
        check: 'store',
        state: 'failed',
        detail: `${detail}, with the tables of a newer version`,
        action: 'Update Parley.',
      }
  }
}

async function checkSpace(folder: string): Promise<Check> {
  let place = resolve(folder)
  while (!existsSync(place)) place = dirname(place)
  const { bavail, bsize } = await statfs(place)
  const free = bavail * bsize
  const detail = `${size(free)} free for ${folder}`
  if (free >= littleSpace) return { check: 'space', state: 'ok', detail }
  return { check: 'space', state: 'warning', detail, action: 'Free some space: a full disk ends the sync.' }
}

function actionFor({ code, message }: ParleyError, isFolder: boolean): string | undefined {
  // These messages say what to do.
  if (/Create a database with|Use PostgreSQL|Install it|Pass an empty folder|End it, or/.test(message)) return undefined
  if (isFolder) return 'Correct that, or use another folder.'
  return databaseActions[code] ?? 'Correct the URL of the store.'
}

const databaseActions: Partial<Record<ErrorCode, string>> = {
  network: 'Start the database, or correct its host and port in the URL.',
  authentication: 'Correct the user and the password in the URL.',
  permission: 'Give the user of the database the right to create the schema parley, or make it the owner of it.',
}
