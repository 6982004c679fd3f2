import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { ConfigurationError } from '../../src/index.ts'
import { fileStore } from '../../src/node.ts'
import { expectClean, failure, secret } from '../helpers/acme.ts'
import { createTestClock } from '../helpers/test-clock.ts'
import { hurriedClock, temporaryFolder } from './stores.ts'

const only = (folder: string, end: string): string => {
  const names = readdirSync(folder).filter((name) => name.endsWith(end))
  expect(names).toHaveLength(1)
  return join(folder, names[0] as string)
}

describe('the files of a state store', () => {
  test('are for their owner only, and so is the folder', async () => {
    const folder = join(temporaryFolder(), 'deep', 'tokens')
    const store = fileStore({ folder })
    await store.set('key', secret)
    expect(statSync(folder).mode & 0o777).toBe(0o700)
    expect(statSync(only(folder, '.json')).mode & 0o777).toBe(0o600)
    await store.lock('key', async () => {
      expect(statSync(only(folder, '.lock')).mode & 0o777).toBe(0o600)
    })
    expect(readdirSync(folder)).toHaveLength(1)
  })

  test('are never readable by others, because the old file is replaced and not overwritten', async () => {
    const folder = temporaryFolder()
    const store = fileStore({ folder })
    await store.set('key', 'old')
    const path = only(folder, '.json')
    const before = statSync(path).ino
    chmodSync(path, 0o644)
    await store.set('key', 'new')
    expect(statSync(path).ino).not.toBe(before)
    expect(statSync(path).mode & 0o777).toBe(0o600)
  })

  test('are complete whenever they are read', async () => {
    const folder = temporaryFolder()
    const store = fileStore({ folder })
    const values = [...Array(20).keys()].map((index) => String(index).repeat(50_000))
    await store.set('key', values[0] as string)
    const reads: Promise<unknown>[] = []
    for (const value of values) {
      const written = store.set('key', value)
      for (let turn = 0; turn < 5; turn++) reads.push(store.get('key'))
      await written
    }
    for (const read of await Promise.all(reads)) expect(values).toContain(read)
  })

  test('are removed after the process that wrote them was killed', async () => {
    const folder = temporaryFolder()
    const clock = createTestClock()
    const store = fileStore({ folder, clock })
    await store.set('key', 'value')
    const path = only(folder, '.json')
    const [left, ahead, fresh] = ['left', 'ahead', 'fresh'].map((name) => `${path}.${name}.tmp`) as [
      string,
      string,
      string,
    ]
    const leave = () => {
      for (const file of [left, ahead, fresh]) writeFileSync(file, secret)
      utimesSync(left, 0, 0)
      // The clock of the machine was wrong.
      utimesSync(ahead, Date.now() / 1000 + 86_400, Date.now() / 1000 + 86_400)
    }
    const expectClean = () => {
      expect([left, ahead].filter((file) => existsSync(file))).toEqual([])
      // One that somebody is writing at this moment stays.
      expect(existsSync(fresh)).toBe(true)
    }
    // The next process removes it at its first change, whatever key that is for.
    leave()
    await fileStore({ folder, clock }).set('other key', 'value')
    expectClean()
    leave()
    await fileStore({ folder, clock }).delete('key')
    expectClean()
    // A process that goes on looks once a minute: the folder can be large.
    leave()
    await store.set('other key', 'value')
    expect(existsSync(left)).toBe(true)
    clock.jump(60_000)
    await store.set('other key', 'value')
    expectClean()
  })
})

describe('a token file that cannot be read', () => {
  test.each([
    ['is empty', ''],
    ['was cut', `{"key":"key","value":"${secret}`],
    ['holds something else', `"${secret}"`],
    ['holds no text', `{"key":"key","value":{"token":"${secret}"}}`],
    ['belongs to another key', `{"key":"other","value":"${secret}"}`],
    ['has a prototype instead of a value', `{"key":"key","__proto__":{"value":"${secret}"}}`],
  ])('because it %s causes an error that names it without its content', async (_, content) => {
    const folder = temporaryFolder()
    const store = fileStore({ folder })
    await store.set('key', 'value')
    const path = only(folder, '.json')
    writeFileSync(path, content)
    const error = await failure(store.get('key'))
    expect(error.code).toBe('configuration')
    expect(error.message).toContain(path)
    expectClean(error)
    // It stays as it is, for whoever looks after it.
    expect(readFileSync(path, 'utf8')).toBe(content)
  })

  test('because its folder is none causes an error with the reason', async () => {
    const folder = temporaryFolder()
    const store = fileStore({ folder })
    await store.set('key', 'value')
    const path = only(folder, '.json')
    const { rmSync } = await import('node:fs')
    rmSync(path)
    mkdirSync(path)
    expect(await failure(store.get('key'))).toMatchObject({
      code: 'configuration',
      message: expect.stringMatching(/EISDIR/),
    })
    expect((await failure(store.set('key', secret))).code).toBe('configuration')
    expect((await failure(store.delete('key'))).code).toBe('configuration')
    const file = join(folder, 'file')
    writeFileSync(file, '')
    for (const broken of [fileStore({ folder: file }), fileStore({ folder: join(file, 'tokens') })]) {
      expect((await failure(broken.set('key', secret))).message).toContain(file)
      expect((await failure(broken.lock('key', async () => {}))).message).toContain(file)
    }
    expect(readdirSync(folder).filter((name) => name.endsWith('.tmp'))).toEqual([])
  })

  test('gets a folder before it is written', () => {
    for (const folder of [undefined, null, 7, '', ' '])
      expect(() => fileStore({ folder } as never)).toThrow(
        expect.objectContaining({ code: 'configuration' } satisfies Partial<ConfigurationError>),
      )
  })
})

describe('the lock of a state store', () => {
  test('is taken over from a dead process after its lease', async () => {
    const folder = temporaryFolder()
    const clock = hurriedClock()
    const store = fileStore({ folder, clock })
    await store.lock('key', async () => {
      const path = only(folder, '.lock')
      const lease = JSON.parse(readFileSync(path, 'utf8')) as { until: number }
      expect(lease.until).toBeGreaterThan(clock.now())
      // What the dead one would have left.
      writeFileSync(path, JSON.stringify({ owner: 'one that died', until: clock.now() + 10_000 }))
    })
    const before = clock.now()
    expect(await store.lock('key', async () => 'mine')).toBe('mine')
    expect(clock.now() - before).toBeGreaterThanOrEqual(10_000)
    expect(readdirSync(folder)).toEqual([])
  })

  test.each(['', '{"owner":', '{}', '[]', 'null', '{"owner":7,"until":"never"}'])(
    'is ignored if it was left half written (%j)',
    async (content) => {
      const folder = temporaryFolder()
      const store = fileStore({ folder })
      await store.lock('key', async () => writeFileSync(only(folder, '.lock'), content))
      expect(await store.lock('key', async () => 'mine')).toBe('mine')
    },
  )

  test.each([
    ['long ago', 0],
    ['with a clock that was ahead', 4_000_000_000],
  ])('is not shared by two processes whose guard file was left behind %s', async (_, madeAt) => {
    const folder = temporaryFolder()
    const clock = hurriedClock()
    const store = fileStore({ folder, clock })
    let guard = ''
    await store.lock('key', async () => {
      guard = `${only(folder, '.lock')}.guard`
    })
    writeFileSync(guard, '')
    let taken = false
    const mine = store.lock('key', async () => {
      taken = true
    })
    for (let turn = 0; turn < 50; turn++) await new Promise((resolve) => setImmediate(resolve))
    expect(taken).toBe(false)
    utimesSync(guard, madeAt, madeAt)
    await mine
    expect(taken).toBe(true)
    expect(readdirSync(folder)).toEqual([])
  })

  test('is not kept by a lease from a time when the clock was ahead', async () => {
    const folder = temporaryFolder()
    const clock = createTestClock({ skip: 1_000 })
    const store = fileStore({ folder, clock })
    await store.lock('key', async () => {
      writeFileSync(only(folder, '.lock'), JSON.stringify({ owner: 'one that died', until: clock.now() + 86_400_000 }))
    })
    expect(await store.lock('key', async () => 'mine')).toBe('mine')
    expect(readdirSync(folder)).toEqual([])
  })

  test('is not released by a process that lost it', async () => {
    const folder = temporaryFolder()
    const store = fileStore({ folder })
    let path = ''
    const other = JSON.stringify({ owner: 'another', until: Date.now() + 10_000 })
    await store.lock('key', async () => {
      path = only(folder, '.lock')
      writeFileSync(path, other)
    })
    expect(readFileSync(path, 'utf8')).toBe(other)
  })
})
