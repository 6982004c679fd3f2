import { describe, expect, test, vi } from 'vitest'
import { credentialSource } from '../src/transport/retry.ts'
import { idle } from './helpers/test-clock.ts'

/** Promises that a test reconciles. */
function deferred() {
  const waiting: { resolve: (value: string) => void; reject: (reason: unknown) => void }[] = []
  const credential = vi.fn(
    (_context: { rejected?: string }) =>
      new Promise<string>((resolve, reject) => {
        waiting.push({ resolve, reject })
      }),
  )
  return { credential, waiting }
}

describe('a value', () => {
  test('is given at once and cannot be replaced', () => {
    const source = credentialSource('key')
    expect(source.get()).toBe('key')
    expect(source.canRefresh).toBe(false)
  })
})

describe('a function', () => {
  test('is called once however many wait for it, and again later', async () => {
    const { credential, waiting } = deferred()
    const source = credentialSource(credential)
    const all = [source.get(), source.get(), source.get()]
    await idle()
    expect(credential).toHaveBeenCalledExactlyOnceWith({})
    waiting[0]?.resolve('one')
    expect(await Promise.all(all)).toEqual(['one', 'one', 'one'])
    const next = source.get()
    waiting[1]?.resolve('two')
    expect(await next).toBe('two')
  })

  test('may be synchronous, and may throw', async () => {
    expect(await credentialSource(() => 'key').get()).toBe('key')
    const source = credentialSource(() => {
      throw new Error('no')
    })
    await expect(source.get()).rejects.toThrow('no')
  })

  test('that failed is called again', async () => {
    let count = 0
    const source = credentialSource(async () => {
      if (++count === 1) throw new Error('no')
      return 'key'
    })
    await expect(source.get()).rejects.toThrow('no')
    expect(await source.get()).toBe('key')
  })

  test('is told the refused one, once for all who were refused', async () => {
    const { credential, waiting } = deferred()
    const source = credentialSource(credential)
    const all = [source.get('old'), source.get('old'), source.get()]
    expect(credential).toHaveBeenCalledExactlyOnceWith({ rejected: 'old' })
    waiting[0]?.resolve('new')
    expect(await Promise.all(all)).toEqual(['new', 'new', 'new'])
  })

  test('is not asked again by whoever is refused late, with the token that is replaced already', async () => {
    const { credential, waiting } = deferred()
    const source = credentialSource(credential)
    const first = source.get('old')
    waiting[0]?.resolve('new')
    await first
    await idle()
    expect(await source.get('old')).toBe('new')
    expect(credential).toHaveBeenCalledTimes(1)
    // But the new one may be refused as well, one day.
    const second = source.get('new')
    waiting[1]?.resolve('newer')
    expect(await second).toBe('newer')
  })

  test('is asked again after it gave the refused one once more', async () => {
    const credential = vi.fn(() => 'old')
    const source = credentialSource(credential)
    expect(await source.get('old')).toBe('old')
    await idle()
    expect(await source.get('old')).toBe('old')
    expect(credential).toHaveBeenCalledTimes(2)
  })

  test('a failure reaches everybody who waits, and leaves no rejection behind', async () => {
    const unhandled = vi.fn()
    process.on('unhandledRejection', unhandled)
    try {
      const { credential, waiting } = deferred()
      const source = credentialSource(credential)
      const all = [source.get('old'), source.get('old'), source.get()]
      waiting[0]?.reject(new Error('no'))
      for (const each of await Promise.allSettled(all)) expect(each.status).toBe('rejected')
      await idle()
      const again = source.get('old')
      waiting[1]?.resolve('new')
      expect(await again).toBe('new')
      expect(unhandled).not.toHaveBeenCalled()
    } finally {
      process.off('unhandledRejection', unhandled)
    }
  })
})
