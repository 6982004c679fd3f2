import type { JsonObject } from '@parley/core'
import { stableJson } from './digest.ts'
import type { RecordKind } from './schema.ts'

/** What a history shows of a conversation, with the value before and after. None of it is text by a customer. */
const shown: Readonly<Record<string, (body: JsonObject) => unknown>> = {
  control: ({ control }) => (control as JsonObject | undefined)?.['holder'],
  status: ({ status }) => (status as JsonObject | undefined)?.['value'],
  assignee: ({ assignee }) => (assignee as JsonObject | null | undefined)?.['id'],
}

/** The names of the fields that differ; for those of `shown`, also `{ from, to }`. */
export function differences(kind: RecordKind, before: JsonObject | undefined, after: JsonObject): JsonObject | null {
  if (!before) return null
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter(
    (name) => stableJson(before[name]) !== stableJson(after[name]),
  )
  return Object.fromEntries(
    names.map((name) => {
      const show = kind === 'conversation' ? shown[name] : undefined
      if (!show) return [name, true]
      return [
        name,
        { from: (show(before) as string | undefined) ?? null, to: (show(after) as string | undefined) ?? null },
      ]
    }),
  )
}
