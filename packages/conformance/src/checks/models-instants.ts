import type { Check } from '../check.ts'
import { ensure } from '../support/ensure.ts'
import { everything } from '../support/everything.ts'
import { walk } from '../support/walk.ts'

const instant = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/

export const instantsAreNormalized: Check = {
  group: 'models',
  name: 'every instant is ISO 8601 in UTC with milliseconds',
  async run(bench) {
    let seen = 0
    for (const entity of await everything(bench)) {
      for (const { path, key, value } of walk(entity)) {
        if (!/At$|^at$|^until$/.test(key) || value === null) continue
        seen++
        ensure(typeof value === 'string' && instant.test(value), `${entity.ref} has ${String(value)} at ${path}.`)
        const year = new Date(value).getUTCFullYear()
        ensure(year > 1990 && year < 2100, `${entity.ref} says at ${path} that it was in ${year}: wrong unit?`)
      }
    }
    ensure(seen > 0, 'No model has any instant.')
  },
}
