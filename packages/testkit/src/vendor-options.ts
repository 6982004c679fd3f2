import {
  type Adapter,
  type OperationName,
  type OperationOf,
  requireOperation,
  supports,
  type VendorOptions,
  type With,
} from '@parley/core'
import { describe, expect, it } from 'vitest'
import { failure } from './failure.ts'
import { refusingFetch } from './fetch.ts'

/** The vendor options that a parameter takes. Entities are parameters too, but their `vendor` is a name. */
type VendorPart<Parameter> = Parameter extends unknown
  ? 'vendor' extends keyof Parameter
    ? Exclude<Parameter['vendor' & keyof Parameter], string | undefined>
    : never
  : never

type TakesVendorOptions<Account> = {
  [Name in OperationName]: Account extends With<Name>
    ? [VendorPart<NonNullable<Parameters<OperationOf<Name>>[number]>>] extends [never]
      ? never
      : Name
    : never
}[OperationName]

/** The arguments of each operation that takes vendor options. The input comes last; it is valid except for `vendor`. */
export type VendorOptionCalls<Account> = Record<TakesVendorOptions<Account>, [...targets: unknown[], input: object]>

/** Every option of every operation. The compiler refuses a list that lacks one. */
export type VendorOptionNames<Vendor extends keyof VendorOptions> = {
  [Name in keyof VendorOptions[Vendor]]-?: { [Option in keyof Required<VendorOptions[Vendor]>[Name]]-?: true }
}

interface Subject<Account, Vendor extends keyof VendorOptions> {
  vendor: Vendor
  /** Creates an account that sends its requests through this `fetch`. */
  create: (fetch: typeof globalThis.fetch) => Account
  calls: VendorOptionCalls<NoInfer<Account>>
  options: VendorOptionNames<NoInfer<Vendor>>
}

/** Every operation checks its vendor options, and their values, before it sends a request. */
export function vendorOptionsSuite<Account extends Adapter, const Vendor extends keyof VendorOptions>({
  vendor,
  create,
  calls,
  options,
}: Subject<Account, Vendor>): void {
  const inputs = new Map<string, unknown[]>(Object.entries(calls))
  const names = [...inputs.keys()]

  /** Calls an operation whose input has this `vendor`, at a server that accepts no connection. */
  async function call(name: string, given: unknown) {
    let requests = 0
    const account = create((...request) => {
      requests++
      return refusingFetch(...request)
    })
    const targets = inputs.get(name) as unknown[]
    const input = { ...(targets.at(-1) as object), vendor: given }
    const operation = requireOperation(account, name as OperationName) as unknown as (...all: unknown[]) => Result
    const result = operation(...targets.slice(0, -1), input)
    // An operation that needs no request succeeds without a server.
    const running = 'then' in result ? Promise.resolve(result) : readAll(result)
    const isDone = await running.then(
      () => true,
      () => false,
    )
    const error = isDone && requests === 0 ? undefined : await failure(running)
    return { error, requests }
  }

  describe(`vendor options of ${vendor}`, () => {
    it('are tried only at operations that the adapter has', () => {
      const account = create(refusingFetch)
      expect(names.filter((name) => !supports(account, name as OperationName))).toEqual([])
    })

    const wrong = [
      [{ [vendor]: { misspelled: true } }, `vendor.${vendor}.misspelled`],
      [{ [vendor]: null }, `vendor.${vendor}`],
      [{ [vendor]: ['misspelled'] }, `vendor.${vendor}`],
      ['misspelled', 'vendor'],
      [null, 'vendor'],
    ] as const

    const each = Object.entries<object>(options).flatMap(([of, own]) =>
      // The options of `contacts.create` also apply to `contacts.upsert`, which some vendors have in its place.
      Object.keys(own).map((option) => ({ name: inputs.has(of) ? of : 'contacts.upsert', option })),
    )

    it.each(each)('have their values checked: $option of $name', async ({ name, option }) => {
      for (const value of [null, Number.NaN]) {
        const { error, requests } = await call(name, { [vendor]: { [option]: value } })
        expect({ requests, ...error }).toMatchObject({
          code: 'invalid-request',
          fields: [{ path: `vendor.${vendor}.${option}` }],
          requests: 0,
        })
      }
    })

    it.each(names)('are refused at %s without a request where they are wrong', async (name) => {
      for (const [given, path] of wrong) {
        const { error, requests } = await call(name, given)
        expect({ requests, ...error }).toMatchObject({
          code: 'invalid-request',
          outcome: 'not-done',
          fields: [{ path }],
          requests: 0,
        })
      }
    })

    it.each(names)('are ignored at %s where they are those of another vendor', async (name) => {
      const { error, requests } = await call(name, { acme: { misspelled: true } })
      if (error === undefined) return
      expect({ requests, ...error }).toMatchObject({ code: 'network' })
      expect(requests).toBeGreaterThan(0)
    })
  })
}

type Result = PromiseLike<unknown> | AsyncIterable<unknown>

async function readAll(stream: AsyncIterable<unknown>): Promise<void> {
  for await (const part of stream) void part
}
