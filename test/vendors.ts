import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Tolerated } from '@parley/conformance'
import type { Adapter, AdapterDefinition, AdapterOptions, OperationName, RuntimeOptions } from '@parley/core'
import type { SandboxVendor, ServedEmulator } from '@parley/sandbox'
import type { List } from './fuzz/list.ts'

/** Everything that the tests and tools of the repository need to know of one vendor: `packages/<vendor>/test/vendor.ts`. */
export interface Vendor {
  /** The name in headings. */
  readonly label: string
  /** What else the vendor is called, as regular expressions. */
  readonly otherNames: readonly string[]
  /** The name of the adapter's factory, which is also the name of the emulator in the sandbox. */
  readonly name: SandboxVendor
  // biome-ignore lint/suspicious/noExplicitAny: adapters with different options have no narrower type
  readonly definition: AdapterDefinition<any>
  /** The factory. A test passes `credentials`, or the emulator's `accountOptions`. */
  create(options: VendorOptions): Adapter
  /** The required options, with made-up values. */
  readonly credentials: Readonly<Record<string, string>>
  /** Every other option that only this vendor has, with a valid value. */
  readonly ownOptions: Readonly<Record<string, unknown>>
  /** The options that name the person in whose name an operator writes, where an account has such an option. */
  readonly operator: Readonly<Record<string, string>>
  /** Options that change how requests are made so much that tests run with them as well. */
  readonly variants: readonly Readonly<Record<string, unknown>>[]
  /** The id of the person who may write as an operator at the emulator, where the API asks for one. */
  operatorId(emulator: Pick<ServedEmulator, 'credentials'>): string | undefined
  /** The request of `conversations.list`, with the path below the default base URL and the made-up credential. */
  readonly listRequest: string
  /** What core and the adapter together may weigh in a bundle at its start, in KiB (gzip). */
  readonly startKiB: number
  /** Every list of the adapter, with an answer of the vendor's. */
  readonly lists: readonly List[]
  /** Inputs that the operations of this vendor need in fuzzing, where the usual ones of test/fuzz are refused. */
  readonly fuzzInputs: Readonly<Partial<Record<OperationName, object>>>
  /** What may change in a payload without a warning, by reader, each with the reason. */
  readonly toleratedByReader: Readonly<Record<string, readonly Tolerated[]>>
  /** The same by operation, for answers that drift. */
  readonly toleratedByOperation: Readonly<Record<string, readonly Tolerated[]>>
}

export type VendorOptions = AdapterOptions & RuntimeOptions & Readonly<Record<string, unknown>>

const packagesFolder: string = new URL('../packages/', import.meta.url).pathname

/** The packages that are adapters, which are named as their vendors are in `ref`s. */
export const vendorNames: readonly string[] = readdirSync(packagesFolder)
  .filter((name) => existsSync(entryOf(name)))
  .toSorted()

function entryOf(name: string): string {
  return join(packagesFolder, name, 'test', 'vendor.ts')
}

/** A function, because tools that need only the names run before anything is built. */
export const loadVendors = (): Promise<Vendor[]> =>
  Promise.all(vendorNames.map(async (name) => ((await import(entryOf(name))) as { vendor: Vendor }).vendor))

/** The vendor's name, which is also the name of its package. */
export const nameOf = ({ definition }: Vendor): string => definition.vendor
