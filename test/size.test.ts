import { describe, expect, it } from 'vitest'
import { bundled } from './tools/bundle.ts'
import { loadVendors, nameOf } from './vendors.ts'

/** The limits are in each adapter's `test/vendor.ts`, so that the size does not grow unnoticed. */
const limits = (await loadVendors()).map((vendor) => [nameOf(vendor), vendor.name, vendor.startKiB] as const)

describe('core, ky and one adapter at the start of a program', () => {
  it.each(limits)('with %s (%s) take at most %i KiB (gzip)', async (name, factory, limit) => {
    expect((await bundled(name, factory)).start).toBeLessThanOrEqual(limit * 1024)
  })

  it.each(limits)('with %s (%s) do not hold the table of native endpoints', async (name, factory) => {
    expect((await bundled(name, factory)).later.join()).toMatch(/\bendpoints-/)
  })
})
