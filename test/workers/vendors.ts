import type { AddressInfo } from 'node:net'
import { type ServerType, serve } from '@hono/node-server'
import { systemClock } from '@parley/core'
import type { Random } from '../sync/simulation/random.ts'
import { openAccount, type VendorAccount, vendorNames } from '../sync/simulation/vendors.ts'
import type { WorkerOptions } from './worker.ts'

/** Accounts at emulated vendors that answer over HTTP. */
export interface ServedVendors {
  readonly accounts: readonly VendorAccount[]
  /** How a worker opens each account. */
  readonly opened: WorkerOptions['accounts']
  stop(): void
}

/** Real time. */
export const clock = {
  get now(): number {
    return systemClock.now()
  },
  after: systemClock.after,
}

export async function serveVendors(random: Random, seed: number): Promise<ServedVendors> {
  const number = random.pick([1, 1, 2])
  const vendors = [...vendorNames].sort(() => random() - 0.5).slice(0, number)
  const accounts = vendors.map((vendor, index) =>
    openAccount(clock, {
      random: random.fork(vendor),
      vendor,
      name: `account-${index}`,
      seed: seed * 10 + index,
      most: Math.ceil(8 / number),
    }),
  )
  const delay = random.pick([0, 5, 20])
  const served = await Promise.all(accounts.map((account) => serveAccount(account, delay)))
  return {
    accounts,
    opened: accounts.map(({ emulator, vendor, quiet }, index) => ({
      vendor,
      options: { ...emulator.accountOptions(served[index]?.url ?? ''), account: quiet.account, rate: false },
      pageSize: random.pick([2, 5, 100]),
    })),
    stop() {
      for (const { server } of served) {
        server.close()
        if ('closeAllConnections' in server) server.closeAllConnections()
      }
    },
  }
}

function serveAccount(account: VendorAccount, delay: number): Promise<{ server: ServerType; url: string }> {
  const fetch = async (request: Request): Promise<Response> => {
    await new Promise((resolve) => setTimeout(resolve, delay))
    return account.answer(request)
  }
  return new Promise((resolve) => {
    const server = serve({ fetch, port: 0, hostname: '127.0.0.1', overrideGlobalObjects: false }, () => {
      resolve({ server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` })
    })
  })
}
