import type { Check } from '../check.ts'
import { ensure } from '../support/ensure.ts'
import { everything } from '../support/everything.ts'
import { walk } from '../support/walk.ts'

export const modelsArePlainData: Check = {
  group: 'models',
  name: 'every model is plain data that JSON leaves as it is',
  async run(bench) {
    for (const entity of await everything(bench)) {
      for (const { path, value } of walk(entity)) {
        ensure(isPlain(value), `${entity.ref} has ${describe(value)} at ${path || 'its root'}.`)
      }
    }
  },
}

/** Whether JSON keeps it: no `undefined`, no `NaN`, no function, no instance of a class. */
function isPlain(value: unknown): boolean {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return true
  if (typeof value === 'number') return Number.isFinite(value)
  if (typeof value !== 'object') return false
  const prototype: unknown = Object.getPrototypeOf(value)
  return Array.isArray(value) || prototype === Object.prototype || prototype === null
}

const describe = (value: unknown): string =>
  typeof value === 'object' ? `an instance of ${value?.constructor.name}` : `${String(value)}`
