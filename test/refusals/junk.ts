import { isParleyError, type ParleyError } from '@parley/core'

/** Values that JavaScript allows. None of them may cause an error of the runtime itself. */
export const junk: readonly (readonly [name: string, value: unknown])[] = [
  ['null', null],
  ['NaN', Number.NaN],
  ['0', 0],
  ['-1', -1],
  ['0.5', 0.5],
  ['Infinity', Number.POSITIVE_INFINITY],
  ["'5'", '5'],
  ["''", ''],
  ['true', true],
  ['{}', {}],
  ['[]', []],
  ['[null]', [null]],
  ['a symbol', Symbol('junk')],
  ['a bigint', 5n],
  ['a function', () => {}],
  ['a wrong date', new Date(Number.NaN)],
  ['a map', new Map()],
  ['an object without a prototype', Object.create(null)],
]

/** Throws whenever a property is read. */
export function throwing(): object {
  const refuse = (): never => {
    throw new Error('the proxy was read')
  }
  return new Proxy({}, { get: refuse, ownKeys: refuse, getPrototypeOf: refuse, has: refuse })
}

/** Throws even when it is checked for being a list. */
export function revoked(): object {
  const { proxy, revoke } = Proxy.revocable({}, {})
  revoke()
  return proxy
}

export interface Refusal {
  code: string
  path: string | undefined
  /** Without the names of the vendor and the account. */
  message: string
}

/** The refusal of a call, or its other result. */
export async function refusalOf(call: () => unknown): Promise<Refusal | string> {
  let given: unknown
  try {
    given = call()
  } catch (error) {
    return `thrown at once: ${described(error)}`
  }
  try {
    await consumed(given)
  } catch (error) {
    return isParleyError(error) ? told(error) : `rejected: ${described(error)}`
  }
  return 'accepted'
}

/** A list can be awaited or iterated, a stream only iterated. */
async function consumed(given: unknown): Promise<void> {
  if (typeof (given as PromiseLike<unknown>)?.then === 'function') await given
  else if (typeof (given as AsyncIterable<unknown>)?.[Symbol.asyncIterator] === 'function')
    for await (const _ of given as AsyncIterable<unknown>);
}

const told = ({ code, fields, message }: ParleyError): Refusal => ({
  code,
  path: fields?.[0]?.path,
  message: message.replace(/^[\w-]+ "[\w-]+", /, ''),
})

const described = (error: unknown): string =>
  error instanceof Error ? `${error.name}: ${error.message}` : String(error)
