import { accountName } from '@parley/core'
import { createInbox, createStore, createSync } from '@parley/inbox'
import { defaultNow, sandbox, testClock } from '@parley/sandbox'
import { sampleQuestions } from '@parley/swap'
import { loadStreamCode } from '@parley/testkit'
import { afterAll, describe, expect, it } from 'vitest'
import { loadVendors } from '../vendors.ts'

await loadStreamCode()

const clock = testClock(defaultNow, { automatic: true })
const desk = await sandbox.start({ clock, scale: 0.1 })
afterAll(() => desk.stop())
const vendors = await loadVendors()
const store = await createStore()
afterAll(() => store.close())
const adapters = vendors.map((vendor) =>
  vendor.create({ ...desk[vendor.name].accountOptions, clock, random: () => 0.5, rate: false }),
)
await createSync({ store, accounts: adapters, clock }).runOnce()

/** As the command line opens a store: no vendor can be asked. */
const limits = { pageSize: {}, filters: {}, text: {}, rate: [], notes: [] }
const stored = adapters.map(({ vendor, account }) => ({ vendor, account, limits, unsupported: {} }))
const inbox = createInbox({ store, accounts: stored, clock })

describe('questions from synced history', () => {
  it('are the same for the same seed and others for another one, each once, without a request', async () => {
    const before = vendors.map(({ name }) => desk[name].requests.length)
    const questions = await sampleQuestions({ inbox, count: 12, seed: 3 })
    expect(questions).toHaveLength(12)
    expect(await sampleQuestions({ inbox, count: 12, seed: 3 })).toEqual(questions)
    expect(await sampleQuestions({ inbox, count: 12, seed: 4 })).not.toEqual(questions)
    expect(new Set(questions.map(({ text }) => text)).size).toBe(12)
    expect(questions.map(({ id }) => id)).toEqual(questions.map((_, index) => `s${index + 1}`))
    expect(vendors.map(({ name }) => desk[name].requests.length)).toEqual(before)
  })

  it('have no name, address or number that the store knows of any contact', async () => {
    const questions = await sampleQuestions({ inbox, count: 1_000 })
    expect(questions.length).toBeGreaterThan(20)
    const found: string[] = []
    for (const account of stored.map((each) => accountName(each.vendor, each.account)))
      for await (const contact of inbox.contacts.list({ accounts: [account], partial: true }))
        for (const { text } of questions) {
          // Of other customers a name can be a word of the text, but an address cannot.
          for (const detail of [contact.email, contact.phone])
            if (detail && text.toLowerCase().includes(detail.toLowerCase())) found.push(detail)
          if (contact.name?.includes(' ') && text.toLowerCase().includes(contact.name.toLowerCase()))
            found.push(contact.name)
        }
    expect(found).toEqual([])
  })
})
