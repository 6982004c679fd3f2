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

describe('a string as credential', () => {
  test('is returned at once and cannot be renewed', () => {
    const source = credentialSource('key')
    expect(source.get()).toBe('key')
    expect(source.canRefresh).toBe(false)
  })
})

describe('a function as credential', () => {
  test('is called once for all callers that wait, and again later', async () => {
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

  test('can be synchronous, and can throw', async () => {
    expect(await credentialSource(() => 'key').get()).toBe('key')
    const source = credentialSource(() => {
      throw new Error('no')
    })
    await expect(source.get()).rejects.toThrow('no')
  })

  test('is called again after it failed', async () => {
    let count = 0
    const source = credentialSource(async () => {
      if (++count === 1) throw new Error('no')
      return 'key'
    })
    await expect(source.get()).rejects.toThrow('no')
    expect(await source.get()).toBe('key')
  })

  test('is called with the refused credential, once for all requests that were refused', async () => {
    const { credential, waiting } = deferred()
    const source = credentialSource(credential)
    const all = [source.get('old'), source.get('old'), source.get()]
    expect(credential).toHaveBeenCalledExactlyOnceWith({ rejected: 'old' })
    waiting[0]?.resolve('new')
    expect(await Promise.all(all)).toEqual(['new', 'new', 'new'])
  })

  test('is not called for a late refusal of a credential that was already replaced', async () => {
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

  test('is called again after it returned the refused credential once more', async () => {
    const credential = vi.fn(() => 'old')
    const source = credentialSource(credential)
    expect(await source.get('old')).toBe('old')
    await idle()
    expect(await source.get('old')).toBe('old')
    expect(credential).toHaveBeenCalledTimes(2)
  })

  test('rejects for every caller that waits, without an unhandled rejection', async () => {
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
