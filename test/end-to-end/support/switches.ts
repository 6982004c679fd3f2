import type { Sandbox, SandboxVendor } from '@parley/sandbox'

/** The effects of an emulator's settings on a program: `packages/<vendor>/test/switches.ts`. */
export interface Switches<Name extends SandboxVendor = SandboxVendor> {
  /** Options of the adapter, which override those of the account. */
  readonly options?: Readonly<Record<string, unknown>>
  /** Every setting with its other values, or the reason why it has no effect here. */
  readonly values: Values<Sandbox[Name]['settings']>
  /** The results of the usual tour that are not `ok`. */
  readonly outcomes: Readonly<Record<string, string>>
  /** Keyed by `setting=value`: correct differences that a program sees. */
  readonly different: Readonly<Record<string, readonly string[]>>
}

type Values<Settings> = { readonly [Key in keyof Settings]: readonly Settings[Key][] | string }

export const webhooks = 'Only webhooks.'

/** The settings that every vendor has. */
export const sending = {
  storedText: ['footer', 'quotes', 'short-link', 'trimmed-signature'],
  clockOffsetMs: [-600_000, 600_000],
  hideSentMs: 'Held by the suite for adapters, in test/conformance.',
  sends: 'Held by the suite for adapters, in test/conformance.',
} as const
