import type { Adapter } from '@parley/core'
import { sandbox } from '@parley/sandbox'
import { loadVendors, type Vendor, type VendorOptions } from '../../vendors.ts'

export interface Account {
  vendor: Vendor
  create(options: VendorOptions): Adapter
}

/** One account at each emulated vendor. */
export async function openAccounts(): Promise<{ accounts: Account[]; stop(): Promise<void> }> {
  const desk = await sandbox.start()
  const accounts = (await loadVendors()).map((vendor) => {
    const emulator = desk[vendor.name]
    // The tests send more requests than the vendor allows.
    if ('rateLimit' in emulator.settings) emulator.settings.rateLimit = false
    const options = { ...emulator.accountOptions, rate: false as const }
    return { vendor, create: (own: VendorOptions) => vendor.create({ ...options, ...own }) }
  })
  return { accounts, stop: desk.stop }
}
