import { afterEach, describe, expect, it, vi } from 'vitest'
import { OutputError, processTerminal, stopSignal } from '../src/terminal.ts'
import { call } from './call.ts'

/** Called when the sync has begun. */
let begun = () => {}
/** What ran beside the sync. */
const runs: string[] = []
const untilAborted = (signal: AbortSignal) =>
  new Promise<void>((resolve) => {
    if (signal.aborted) resolve()
    signal.addEventListener('abort', () => resolve())
  })
const status = { isSyncing: false, accounts: [] }
const untilStopped = ({ signal }: { signal: AbortSignal }) =>
  new Promise<void>((resolve) => {
    signal.addEventListener('abort', () => resolve())
    begun()
  })
vi.mock('../src/open-store.ts', () => ({
  withAccounts: (_: unknown, __: unknown, work: (...given: unknown[]) => unknown) =>
    work({ notice: null }, [], { name: 'a store' }),
}))
vi.mock('@parley/inbox', () => ({
  createDesk: () => ({
    run: async ({ signal }: { signal: AbortSignal }) => {
      runs.push('desk')
      await untilAborted(signal)
    },
    runOnce: async () => void runs.push('desk once'),
  }),
  createSync: () => ({ run: untilStopped, runOnce: untilStopped, status: async () => status }),
}))
afterEach(() => vi.restoreAllMocks())

const closed = Object.assign(new Error('write EPIPE'), { code: 'EPIPE' })
const closeStandardError = () => void process.stderr.emit('error', closed)
const listeners = () => ['SIGINT', 'SIGTERM'].map((name) => process.listenerCount(name))

describe('the width', () => {
  it('of a terminal that does not know its size is that of the environment, or else a usual one', () => {
    vi.stubEnv('COLUMNS', '70')
    const columns = Object.getOwnPropertyDescriptor(process.stdout, 'columns')
    Object.defineProperty(process.stdout, 'columns', { configurable: true, value: 0 })
    expect(processTerminal.width).toBe(70)
    vi.unstubAllEnvs()
    vi.stubEnv('COLUMNS', '')
    expect(processTerminal.width).toBeGreaterThan(20)
    vi.unstubAllEnvs()
    if (columns) Object.defineProperty(process.stdout, 'columns', columns)
    else Reflect.deleteProperty(process.stdout, 'columns')
  })
})

describe('a sync', () => {
  it.each([[['sync', '--once']], [['sync']]])('%j stops, with 130, when nobody reads its notes', async (args) => {
    begun = closeStandardError
    const before = [...listeners(), process.stderr.listenerCount('error')]
    runs.length = 0
    expect(await call(...args)).toMatchObject({ code: 130 })
    expect(runs).toEqual([args.includes('--once') ? 'desk once' : 'desk'])
    expect([...listeners(), process.stderr.listenerCount('error')]).toEqual(before)
  })

  it.each([
    [['sync', '--once'], 130],
    [['sync'], 0],
  ])('%j that is asked to stop ends with %j, also if nobody reads that it stops', async (args, code) => {
    begun = () => {
      process.emit('SIGTERM')
      closeStandardError()
    }
    expect(await call(...(args as string[]))).toMatchObject({
      code,
      err: expect.stringContaining('Stopping.') as string,
    })
  })
})

describe('the terminal', () => {
  it('fails to print when the output is closed', async () => {
    vi.spyOn(process.stdout, 'write').mockImplementation(((_: string, done: (error: Error) => void) => {
      done(closed)
      return false
    }) as typeof process.stdout.write)
    await expect(processTerminal.print('text')).rejects.toThrow(OutputError)
  })

  it('ends the process at once when it is asked to stop a second time', () => {
    const exit = vi.spyOn(process, 'exit').mockImplementation((): never => undefined as never)
    using stop = stopSignal({ ...processTerminal, note() {} })
    process.emit('SIGINT')
    expect(stop.signal.aborted).toBe(true)
    expect(exit).not.toHaveBeenCalled()
    process.emit('SIGINT')
    expect(exit).toHaveBeenCalledWith(130)
  })
})
