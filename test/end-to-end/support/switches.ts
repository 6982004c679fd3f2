import type { Sandbox, SandboxVendor } from '@parley/sandbox'

/** What the switches of an emulator change for a program: `packages/<vendor>/test/switches.ts`. */
export interface Switches<Name extends SandboxVendor = SandboxVendor> {
  /** Options of the adapter, over those of the account. */
  readonly options?: Readonly<Record<string, unknown>>
  /** Every switch: its other values, or why it does not matter here. */
  readonly values: Values<Sandbox[Name]['settings']>
  /** The results of the usual tour that are not `ok`. */
  readonly outcomes: Readonly<Record<string, string>>
  /** By `switch=value`: what is then different for a program, and right. */
  readonly different: Readonly<Record<string, readonly string[]>>
}

type Values<Settings> = { readonly [Key in keyof Settings]: readonly Settings[Key][] | string }

export const webhooks = 'Only webhooks.'

/** The same at every vendor. */
export const sending = {
  storedText: ['footer', 'quotes', 'short-link', 'trimmed-signature'],
  clockOffsetMs: [-600_000, 600_000],
  hideSentMs: 'Held by the suite for adapters, in test/conformance.',
  sends: 'Held by the suite for adapters, in test/conformance.',
} as const
