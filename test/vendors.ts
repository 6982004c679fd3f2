import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Tolerated } from '@parley/conformance'
import type { Adapter, AdapterDefinition, AdapterOptions, OperationName, RuntimeOptions } from '@parley/core'
import type { SandboxVendor, ServedEmulator } from '@parley/sandbox'
import type { List } from './fuzz/list.ts'

/** The configuration of one vendor for the tests and tools of this repository: `packages/<vendor>/test/vendor.ts`. */
export interface Vendor {
  /** The name in headings. */
  readonly label: string
  /** Other names of the vendor, as regular expressions. */
  readonly otherNames: readonly string[]
  /** The name of the adapter's factory and of the emulator in the sandbox. */
  readonly name: SandboxVendor
  // biome-ignore lint/suspicious/noExplicitAny: adapters with different options have no narrower type
  readonly definition: AdapterDefinition<any>
  /** The factory. A test passes `credentials`, or the emulator's `accountOptions`. */
  create(options: VendorOptions): Adapter
  /** The required options, with made-up values. */
  readonly credentials: Readonly<Record<string, string>>
  /** Every other option that only this vendor has, with a valid value. */
  readonly ownOptions: Readonly<Record<string, unknown>>
  /** The options for the operator in whose name messages are sent, if an account has such options. */
  readonly operator: Readonly<Record<string, string>>
  /** Options that change requests so much that tests also run with them. */
  readonly variants: readonly Readonly<Record<string, unknown>>[]
  /** The id of the operator who writes at the emulator, if the API requires one. */
  operatorId(emulator: Pick<ServedEmulator, 'credentials'>): string | undefined
  /** The request of `conversations.list`, with the path below the default base URL and the made-up credential. */
  readonly listRequest: string
  /** The most that core and the adapter together may take at the start of a bundle, in KiB (gzip). */
  readonly startKiB: number
  /** Every list of the adapter, with a response of the vendor. */
  readonly lists: readonly List[]
  /** Values for the parameters of readers that only this vendor has. */
  readonly readerArguments?: Readonly<Record<string, unknown>>
  /** Inputs for fuzzing this vendor, where those of test/fuzz are refused. */
  readonly fuzzInputs: Readonly<Partial<Record<OperationName, object>>>
  /** Changes in a payload that need no warning, keyed by reader, each with the reason. */
  readonly toleratedByReader: Readonly<Record<string, readonly Tolerated[]>>
  /** The same, keyed by operation, for changed responses. */
  readonly toleratedByOperation: Readonly<Record<string, readonly Tolerated[]>>
}

export type VendorOptions = AdapterOptions & RuntimeOptions & Readonly<Record<string, unknown>>

const packagesFolder: string = new URL('../packages/', import.meta.url).pathname

/** The adapter packages. Their names are the vendors' names in `ref`s. */
export const vendorNames: readonly string[] = readdirSync(packagesFolder)
  .filter((name) => existsSync(entryOf(name)))
  .toSorted()

function entryOf(name: string): string {
  return join(packagesFolder, name, 'test', 'vendor.ts')
}

/** A function, because tools that need only the names run before the build. */
export const loadVendors = (): Promise<Vendor[]> =>
  Promise.all(vendorNames.map(async (name) => ((await import(entryOf(name))) as { vendor: Vendor }).vendor))

/** The vendor's name, which is also the name of its package. */
export const nameOf = ({ definition }: Vendor): string => definition.vendor
