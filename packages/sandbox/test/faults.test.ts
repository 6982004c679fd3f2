import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { type Fault, type Sandbox, sandbox } from '../src/index.ts'

let running: Sandbox<'liveChatAI'>

beforeAll(async () => {
  running = await sandbox.start({ vendors: ['liveChatAI'] })
})

afterAll(() => running.stop())

describe('a scripted fault', () => {
  it.each<[unknown, string]>([
    [null, 'must be an object'],
    ['reset', 'must be an object'],
    [{ kind: 'statsu', status: 500 }, 'must have one of these as its kind: status, html'],
    [{}, 'must have one of these as its kind'],
    [{ kind: 'status' }, 'must have a status from 200 to 599'],
    [{ kind: 'status', status: '500' }, 'must have a status from 200 to 599'],
    [{ kind: 'delay' }, 'must have its milliseconds'],
    [{ kind: 'redirect' }, 'must have an address'],
    [{ kind: 'reset', on: { metod: 'POST' } }, 'has metod in "on"'],
  ])('with wrong settings is refused: %j', (fault, problem) => {
    const { faults } = running.liveChatAI
    expect(() => faults.next(fault as Fault)).toThrow(problem)
    expect(() => faults.script([{ kind: 'reset' }, fault as Fault])).toThrow(problem)
    expect(faults.pending()).toBe(0)
  })
})
