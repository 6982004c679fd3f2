import type { Check } from '../check.ts'
import { ensure } from '../support/ensure.ts'
import { everything } from '../support/everything.ts'
import { walk } from '../support/walk.ts'

export const unknownTermsAreTold: Check = {
  group: 'models',
  name: 'a word that nobody has mapped is unknown, keeps the word, and is told',
  async run(bench) {
    const told = new Set<unknown>()
    const adapter = await bench.open({
      raw: true,
      onWarning: ({ code, raw }) => {
        if (code === 'unknown-term') told.add(raw)
      },
    })
    for (const entity of await everything(bench, adapter)) {
      for (const { path, value } of walk(entity)) {
        if (!isTerm(value) || value.value !== 'unknown' || value.native === null) continue
        ensure(
          told.has(value.native),
          `${entity.ref} has the unmapped word "${value.native}" at ${path}; no warning says so.`,
        )
      }
    }
  },
}

const isTerm = (value: unknown): value is { value: string; native: string | number | boolean | null } =>
  typeof value === 'object' && value !== null && 'value' in value && 'native' in value
