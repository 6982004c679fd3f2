import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { describe, expect, test } from 'vitest'

const texts = [
  '2026-01-15T10:30:00',
  '2026-01-15 10:30',
  '2026-01-15T10:30:00.000Z',
  '2026-01-15T12:30:00+02:00',
  '2026-01-15',
  'soon',
]

describe('an instant that an emulator is asked for', () => {
  test.each(['UTC', 'America/New_York', 'Asia/Kolkata'])('is UTC on a machine in %s', async (zone) => {
    const source = new URL('../src/kit/clock.ts', import.meta.url).href
    const code = `import { parseInstant } from ${JSON.stringify(source)}
      console.log(JSON.stringify(${JSON.stringify(texts)}.map(parseInstant)))`
    const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', code], {
      env: { TZ: zone },
    })
    const at = Date.UTC(2026, 0, 15, 10, 30)
    expect(JSON.parse(stdout)).toEqual([at, at, at, at, Date.UTC(2026, 0, 15), null])
  })
})
