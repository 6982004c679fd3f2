import type { OptionCheck } from '../config/option-schema.ts'

const methods = ['get', 'set', 'delete', 'lock'] as const

/** The check of an option that is a `TokenStore`, which may be an object of any class. */
export const tokenStoreOption: OptionCheck = (value) => {
  const store = typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
  return methods.every((method) => typeof store[method] === 'function')
    ? undefined
    : `must be a token store, an object with ${methods.join(', ')}`
}
