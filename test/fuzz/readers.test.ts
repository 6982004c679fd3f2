import type { Tolerated } from '@parley/conformance'
import { PayloadReader, type Warning } from '@parley/core'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isTolerated } from '../../packages/conformance/src/mutations/drift.ts'
import { lossesOf } from '../../packages/conformance/src/mutations/losses.ts'
import { mutate, mutationsOf } from '../../packages/conformance/src/mutations/mutation.ts'
import { parseJson } from '../../packages/core/src/read/text.ts'
import { loadVendors, nameOf } from '../vendors.ts'
import { cases } from './cases.ts'
import { change, changed } from './changes.ts'
import { isOurs, wrongsOf } from './invariants.ts'
import { type Payload, payloadsOf } from './payloads.ts'
import { type Reader, readersOf } from './readers.ts'

interface Read {
  value: unknown
  warnings: Warning[]
}

/** @throws the reader's error, unless it is the signal that the payload is unusable. */
function read(vendor: string, reader: Reader, payload: unknown, keepRaw = false): Read | undefined {
  const warnings: Warning[] = []
  const onWarning = (warning: Warning): number => warnings.push(warning)
  const reading = new PayloadReader({
    vendor,
    account: 'fuzz',
    operation: 'fuzz.read',
    keepRaw,
    warnRaw: true,
    onWarning,
  })
  try {
    return { value: reader.read(payload, reading), warnings }
  } catch (error) {
    if (isOurs(error)) return undefined
    throw error
  }
}

const all = await Promise.all(
  (await loadVendors()).map(async (each) => {
    const vendor = nameOf(each)
    const [payloads, readers] = await Promise.all([payloadsOf(vendor), readersOf(vendor, each.readerArguments)])
    return { vendor, payloads, readers, tolerated: each.toleratedByReader }
  }),
)
const runs = Math.ceil(cases / all.reduce((sum, { readers }) => sum + readers.length, 0))

describe.each(all)('the readers of $vendor', ({ vendor, payloads, readers, tolerated }) => {
  it('are there, and so are payloads for them', () => {
    expect(readers.length).toBeGreaterThan(5)
    expect(payloads.length).toBeGreaterThan(10)
  })

  it.each(readers)('$name gives models or says that it cannot, whatever the payload became', (reader) => {
    const drawn = fc.record({
      payload: fc.constantFrom(...payloads),
      changes: fc.array(change, { maxLength: 6 }),
      keepRaw: fc.boolean(),
    })
    fc.assert(
      fc.property(drawn, ({ payload, changes, keepRaw }) => {
        const found = read(vendor, reader, parseJson(changed(payload.text, changes)), keepRaw)
        expect(found === undefined ? [] : wrongsOf(found.value)).toEqual([])
      }),
      { numRuns: runs },
    )
  })

  it.each(readers.filter(({ takesText }) => !takesText))('$name loses no field in silence', (reader) => {
    expect(payloads.flatMap((payload) => lossesAt(vendor, reader, payload, tolerated[reader.name]))).toEqual([])
  })
})

const isEntity = (value: unknown): boolean => typeof value === 'object' && value !== null && 'ref' in value

/**
 * The data that is lost by single changes of a payload. Readers of parts are tested through the readers of the whole.
 */
function lossesAt(vendor: string, reader: Reader, payload: Payload, tolerated: readonly Tolerated[] = []): string[] {
  const body = JSON.parse(payload.text) as unknown
  const before = read(vendor, reader, body)
  if (!before || !isEntity(before.value)) return []
  return mutationsOf(body).flatMap((mutation) => {
    if (mutation.path.length === 0 || isTolerated(mutation, tolerated)) return []
    const other = mutate(body, mutation)
    const after = read(vendor, reader, other)
    if (!after) return []
    const losses = lossesOf(mutation, { before, after, bodies: { before: body, after: other } })
    return losses.map((loss) => `${payload.name} ${JSON.stringify(mutation)}: ${loss}`)
  })
}
