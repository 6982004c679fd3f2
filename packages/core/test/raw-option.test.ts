import { describe, expect, test } from 'vitest'
import { isParleyError, type OperationOptions } from '../src/index.ts'
import { acme } from './helpers/acme.ts'

const keeps = (ofAdapter: { raw?: boolean }, ofOperation?: OperationOptions): boolean =>
  acme('https://acme.example', ofAdapter).begin('things.list', ofOperation).reading.keepRaw

describe('the option `raw`', () => {
  test.each([
    [{}, undefined, false],
    [{}, {}, false],
    [{ raw: false }, {}, false],
    [{ raw: true }, undefined, true],
    [{ raw: true }, {}, true],
    [{}, { raw: true }, true],
    [{ raw: false }, { raw: true }, true],
    [{ raw: true }, { raw: false }, false],
  ] as const)('of the adapter %j and of the operation %j keeps payloads: %s', (ofAdapter, ofOperation, expected) => {
    expect(keeps(ofAdapter, ofOperation)).toBe(expected)
  })

  test.each(['yes', 1, 0, null])('of an operation cannot be %j', (raw) => {
    const { begin } = acme('https://acme.example')
    expect(() => begin('things.list', { raw } as never)).toThrow(
      expect.toSatisfy(
        (error) => isParleyError(error) && error.code === 'invalid-request' && error.fields?.[0]?.path === 'raw',
      ),
    )
  })
})
