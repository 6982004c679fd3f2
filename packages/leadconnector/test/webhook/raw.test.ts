import { serialize } from '@parley/core'
import { describe, expect, it } from 'vitest'
import { testWebhook } from './helpers.ts'
import * as payloads from './payloads.ts'

const mark = 'planted-7f3a9c'

/** Puts a field into every object of a payload that no vendor documents and no model has. */
function planted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(planted)
  if (typeof value !== 'object' || value === null) return value
  const fields = Object.entries(value).map(([key, member]) => [key, planted(member)])
  return { ...Object.fromEntries(fields), notDocumented: mark }
}

const { envelope: _, ...kinds } = payloads

describe('the payload of an event', () => {
  it.each(Object.entries(kinds))('is in what is made from %s only if `raw` is true', async (_, payload) => {
    const told: unknown[] = []
    const parse = (raw: boolean) =>
      testWebhook({ raw, onWarning: (warning) => told.push(warning) }).parse(planted(payload) as never)
    const events = await parse(false)
    expect(events).toHaveLength(1)
    // An event of no known kind has nothing else, and keeps it.
    expect(events[0]?.kind).not.toBe('unknown')
    expect(JSON.stringify([events, told], (key, value) => (key === 'customFields' ? undefined : value))).not.toContain(
      mark,
    )
    const whole = await parse(true)
    expect(JSON.stringify(whole)).toContain(mark)
    expect(serialize(whole, {}).replace(/"customFields":\[.*?\]/g, '')).not.toContain(mark)
  })
})
