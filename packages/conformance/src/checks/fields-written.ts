import { can, type FieldLevel, isParleyError } from '@parley/core'
import type { Bench } from '../bench.ts'
import type { Check } from '../check.ts'
import { differences } from '../support/differences.ts'
import { ensure } from '../support/ensure.ts'
import { fieldRows } from '../support/field-table.ts'
import { type FieldWrite, fieldWrites } from '../support/field-writes.ts'
import { show } from '../support/show.ts'

/** What is wrong with a field, in a sentence; `undefined` when it is as the table says. */
type Judge = (written: { wanted: unknown; found: unknown } | { failed: unknown }) => string | undefined

/** What is said of a field, and what happens when it is written. */
const levelCheck = (level: FieldLevel, name: string, judge: Judge): Check => ({
  group: 'fields',
  name,
  async run(bench) {
    const rows = (await fieldRows(bench))?.filter(({ support }) => support.level === level) ?? []
    const writes = fieldWrites()
    const problems: string[] = []
    for (const { model, field } of rows) {
      const write = writes.find((each) => each.model === model && each.field === field)
      const problem =
        write && isPossible(write, bench)
          ? judge(await written(write, bench))
          : level === 'full'
            ? 'is said to be full, and there is no way to write it'
            : undefined
      if (problem) problems.push(`${model}.${field} ${problem}`)
    }
    ensure(problems.length === 0, `${problems.join('; ')}.`)
  },
})

const isPossible = ({ needs, model }: FieldWrite, { adapter }: Bench): boolean =>
  needs.every((name) => can(adapter, name)) &&
  (model !== 'contact' || can(adapter, 'contacts.create') || can(adapter, 'contacts.upsert'))

async function written(write: FieldWrite, bench: Bench): Promise<Parameters<Judge>[0]> {
  try {
    return await write.run(bench)
  } catch (failed) {
    return { failed }
  }
}

const isSame = (found: unknown, wanted: unknown): boolean => differences(found, wanted).length === 0

export const fullFieldsReadBack: Check = levelCheck(
  'full',
  'a field that is said to be full reads back as it was written',
  (result) => {
    if ('failed' in result) return `cannot be written: ${String(result.failed)}`
    const { wanted, found } = result
    return isSame(found, wanted) ? undefined : `reads back as ${show(found)} instead of ${show(wanted)}`
  },
)

export const droppedFieldsDoNotComeBack: Check = levelCheck(
  'dropped',
  'a field that is said to be dropped goes through and does not come back',
  (result) => {
    if ('failed' in result) return `does not go through: ${String(result.failed)}`
    return isSame(result.found, result.wanted) ? 'is said to be dropped and reads back' : undefined
  },
)

export const rejectedFieldsAreRefused: Check = levelCheck(
  'rejected',
  'a field that is said to be rejected is refused',
  (result) => {
    if (!('failed' in result)) return 'is said to be rejected, and the write went through'
    const { failed } = result
    const isRefusal = isParleyError(failed) && ['invalid-request', 'unsupported'].includes(failed.code)
    return isRefusal ? undefined : `failed with ${String(failed)} instead of being refused`
  },
)
