import type { AddressInfo } from 'node:net'
import { type ServerType, serve } from '@hono/node-server'
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response'
import { type Happenings, happeningsAt } from '../sync/simulation/happenings.ts'
import type { Random } from '../sync/simulation/random.ts'
import { openAccount, type VendorAccount, vendorNames } from '../sync/simulation/vendors.ts'
import { clock } from '../workers/vendors.ts'
import { replyText } from './people.ts'
import type { DeskServerOptions } from './server.ts'

/** An account at each of the emulated vendors, over HTTP. Some of their answers are lost. */
export interface Vendors {
  readonly accounts: readonly VendorAccount[]
  readonly happenings: readonly Happenings[]
  readonly opened: DeskServerOptions['accounts']
  /** How often a vendor has stored a reply, by its text. Lists would not do: some vendors leave messages out of them. */
  readonly received: ReadonlyMap<string, number>
  /** From now on no answer is lost. */
  calm(): void
  stop(): void
}

export async function serveAll(random: Random, seed: number, count: (what: string) => void): Promise<Vendors> {
  const accounts = vendorNames.map((vendor, index) =>
    openAccount(clock, {
      random: random.fork(vendor),
      vendor,
      name: `shop-${index}`,
      seed: seed * 10 + index,
      most: 4,
    }),
  )
  const network = { isCalm: false, random: random.fork('network') }
  const received = new Map<string, number>()
  const served = await Promise.all(accounts.map((account) => serveAccount(account, { network, received, count })))
  return {
    accounts,
    happenings: await Promise.all(
      accounts.map((account) =>
        happeningsAt(clock, account, {
          random: random.fork(account.name),
          count,
          announce: () => {},
          only: happenings,
        }),
      ),
    ),
    received,
    opened: accounts.map(({ emulator, vendor, quiet }, index) => ({
      vendor,
      options: { ...emulator.accountOptions(served[index]?.url ?? ''), account: quiet.account, rate: false },
    })),
    calm() {
      network.isCalm = true
    },
    stop() {
      for (const { server } of served) {
        server.close()
        if ('closeAllConnections' in server) server.closeAllConnections()
      }
    },
  }
}

/** What happens at the vendors. An edit of an old message could overwrite a reply, which would then look as if it had been lost. */
const happenings = [
  'say',
  'say again',
  'say much at once',
  'say much in one conversation',
  'say late',
  'say long ago',
  'open a conversation',
  'change a conversation',
  'delete a conversation',
  'change a contact',
]

/** Breaks the connection. */
function broken({ outgoing }: { outgoing: { destroy(): void } }): Response {
  outgoing.destroy()
  return RESPONSE_ALREADY_SENT
}

function serveAccount(
  account: VendorAccount,
  {
    network,
    received,
    count,
  }: {
    network: { readonly isCalm: boolean; readonly random: Random }
    received: Map<string, number>
    count: (what: string) => void
  },
): Promise<{ server: ServerType; url: string }> {
  const fetch = async (request: Request, connection: { outgoing: { destroy(): void } }): Promise<Response> => {
    const isWrite = request.method !== 'GET'
    const fault = network.isCalm ? 1 : network.random()
    await new Promise((resolve) => setTimeout(resolve, network.isCalm ? 0 : network.random.between(0, 30)))
    if (isWrite && fault < 0.05) {
      count('write that was lost')
      return broken(connection)
    }
    const text = isWrite ? replyText.exec(await request.clone().text())?.[0] : undefined
    const answer = await account.answer(request)
    if (text !== undefined && answer.ok) received.set(text, (received.get(text) ?? 0) + 1)
    if (isWrite && fault < 0.15) {
      count('answer to a write that was lost')
      return broken(connection)
    }
    if (fault > 0.97 && fault < 1) return new Response('Too many', { status: 503 })
    return answer
  }
  return new Promise((resolve) => {
    const server = serve(
      { fetch: fetch as never, port: 0, hostname: '127.0.0.1', overrideGlobalObjects: false },
      () => {
        resolve({ server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` })
      },
    )
  })
}
