import { type Adapter, memoryStore, requireOperation } from '@parley/core'
import { defaultNow, sandbox, testClock } from '@parley/sandbox'
import { loadStreamCode } from '@parley/testkit'
import { afterAll, describe, expect, it } from 'vitest'
import { loadVendors, nameOf, type Vendor } from '../vendors.ts'
import { expected } from './expected.ts'
import { visitTheShop } from './program.ts'

await loadStreamCode()

const clock = testClock(defaultNow, { automatic: true })
const desk = await sandbox.start({ clock })
afterAll(() => desk.stop())

const vendors = await loadVendors()

/** Opens a vendor's account by configuration, as an application would. */
const opener = (vendor: Vendor) => {
  const store = memoryStore()
  return (): Adapter => vendor.create({ ...desk[vendor.name].accountOptions, clock, random: () => 0.5, store })
}

describe.each(vendors.map((vendor) => [vendor.label, vendor] as const))('the program at %s', (_, vendor) => {
  it('tells what the traits of the adapter announce, and nothing else', async () => {
    const open = opener(vendor)
    const transcript = await visitTheShop({ open, sleep: () => clock.advance(86_400_000) })
    expect(transcript).toEqual(await expected(open()))
  })
})

const pairs = vendors.flatMap((from) =>
  vendors.flatMap((to) => (from === to ? [] : [[from.label, to.label, from, to] as const])),
)

describe('a change of the vendor between two messages of a visitor', () => {
  it.each(pairs)('goes on from %s to %s and back without a change of code', async (_from, _to, from, to) => {
    const store = memoryStore()
    const visitor = { externalId: `swap-${from.name}-${to.name}` }
    // All that changes is the configuration.
    const say = async (vendor: Vendor, text: string) => {
      const agent = vendor.create({ ...desk[vendor.name].accountOptions, clock, random: () => 0.5, store })
      const { outcome, conversationRef, contactRef } = await requireOperation(agent, 'messages.ask')(
        { visitor },
        { text },
      )
      return { outcome, conversationRef, contactRef }
    }
    const before = await say(from, 'When are you open on Saturday?')
    const after = await say(to, 'Do you sell gift cards?')
    const back = await say(from, 'Do I need an appointment to look at bikes?')
    expect([before.outcome, after.outcome, back.outcome]).toEqual(['answered', 'answered', 'answered'])
    expect(before.conversationRef).toMatch(`${nameOf(from)}:`)
    expect(after.conversationRef).toMatch(`${nameOf(to)}:`)
    expect(back).toEqual(before)
  })
})
