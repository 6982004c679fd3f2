import { type Adapter, memoryStore, supports, type Traits } from '@parley/core'
import { defaultNow, sandbox, testClock } from '@parley/sandbox'
import { route } from '@parley/swap'
import { loadStreamCode } from '@parley/testkit'
import { afterAll, describe, expect, it } from 'vitest'
import { loadVendors, nameOf, type Vendor } from '../vendors.ts'
import { expected } from '../write-once/expected.ts'
import { visitTheShop } from '../write-once/program.ts'

await loadStreamCode()

const clock = testClock(defaultNow, { automatic: true })
const desk = await sandbox.start({ clock })
afterAll(() => desk.stop())

const vendors = await loadVendors()
const pairs = vendors.flatMap((from) =>
  vendors.flatMap((to) => (from === to ? [] : [[nameOf(from), nameOf(to), from, to] as const])),
)

/** The accounts of a program, opened again at each start, with one store. */
function openerOf(...accounts: readonly Vendor[]) {
  for (const { name } of accounts) desk[name].reset()
  const store = memoryStore()
  const open = (): Adapter[] =>
    accounts.map((vendor) =>
      vendor.create({ ...desk[vendor.name].accountOptions, clock, random: () => 0.5, store, rate: false }),
    )
  return { store, open }
}

const sleep = () => clock.advance(86_400_000 - 3_600_000)

/** What the program sees of an account through a route, which lacks some of its operations. */
function seenThrough(routed: Adapter, account: Adapter): Adapter {
  const traits = async (): Promise<Traits> => {
    const own = (await account.traits?.()) as Required<Traits>
    const cannotGiveBack = own.replyControl.value === 'needed' && !supports(routed, 'control.release')
    return {
      ...own,
      ...(!supports(routed, 'control.takeOver') && { handOff: { value: 'agent', reason: 'The route cannot.' } }),
      ...(cannotGiveBack && { replyTakesControl: { value: 'yes', reason: 'Nobody gives it back.' } }),
    }
  }
  return { ...routed, traits }
}

describe.each(pairs)('the program at a route from %s to %s', (_from, _to, from, to) => {
  it.each([
    ['the old account with a share of 0', 0],
    ['the new account with a share of 1', 1],
  ] as const)('sees nothing but what the traits of %s announce', async (_side, share) => {
    const { store, open } = openerOf(from, to)
    const opened = () => {
      const [first, second] = open() as [Adapter, Adapter]
      return { first, second, routed: route({ from: first, to: second, share, store, clock }) }
    }
    const transcript = await visitTheShop({ open: () => opened().routed, sleep })
    const { first, second, routed } = opened()
    const seen = await expected(seenThrough(routed, share === 0 ? first : second))
    expect({ ...transcript, 'not answerable: open': undefined, 'not answerable: unread': undefined }).toEqual({
      ...seen,
      'not answerable: open': undefined,
      'not answerable: unread': undefined,
    })
  })
})
