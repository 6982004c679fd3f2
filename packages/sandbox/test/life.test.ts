import { afterEach, describe, expect, it } from 'vitest'
import {
  type CreateEmulator,
  emulators,
  type Sandbox,
  type SandboxVendor,
  sandbox,
  sandboxVendors,
  testClock,
} from '../src/index.ts'
import { createRandom } from '../src/kit/random.ts'
import { customersOf, type Said } from '../src/life/customers.ts'
import { createWorld } from '../src/world/create-world.ts'

const running: Sandbox[] = []
afterEach(async () => {
  await Promise.all(running.splice(0).map((each) => each.stop()))
})

const minute = 60_000
const paths: Record<SandboxVendor, (one: Sandbox) => [string, RequestInit]> = {
  agentConversation: ({ agentConversation: { url, credentials } }) => [
    `${url}/external/conversations?limit=100&orderBy=createdAt&orderDirection=DESC`,
    { headers: { 'Agent-Secret-Key': credentials['apiKey'] ?? '' } },
  ],
  langGraph: ({ langGraph: { url, credentials } }) => [
    `${url}/threads/search`,
    {
      method: 'POST',
      headers: { 'x-api-key': credentials['apiKey'] ?? '', 'content-type': 'application/json' },
      body: JSON.stringify({ limit: 1000 }),
    },
  ],
  leadConnector: ({ leadConnector: { url, credentials } }) => [
    `${url}/conversations/search?locationId=${credentials['locationId']}&limit=100`,
    { headers: { authorization: `Bearer ${credentials['token']}`, version: '2021-04-15' } },
  ],
  liveChatAI: ({ liveChatAI: { url, credentials } }) => [
    `${url}/api/v2/conversations?agentId=${credentials['agentId']}&limit=100`,
    { headers: { authorization: `Bearer ${credentials['apiKey']}` } },
  ],
}

async function start(life: boolean, idSeed = 3) {
  const clock = testClock()
  const one = await sandbox.start({ scale: 0.02, clock, life, idSeed })
  running.push(one)
  const look = async () =>
    Promise.all(
      sandboxVendors.map(async (vendor) => {
        const response = await fetch(...paths[vendor](one))
        expect(response.status).toBe(200)
        return response.text()
      }),
    )
  return { one, clock, look }
}

describe('the life of the sandbox', () => {
  it('lets customers of every vendor write, the same ones for the same ids', async () => {
    const [quiet, first, second, other] = [
      await start(false),
      await start(true),
      await start(true),
      await start(true, 4),
    ]
    const before = await first.look()
    expect(before).toEqual(await quiet.look())
    for (const { clock } of [quiet, first, second, other]) await clock.advance(15 * minute)
    const after = await first.look()
    for (const [index, vendor] of sandboxVendors.entries())
      expect([vendor, after[index] === before[index]]).toEqual([vendor, false])
    const withoutTraces = (texts: string[]) => texts.map((text) => text.replaceAll(/"traceId":"[^"]*"/g, ''))
    expect(withoutTraces(await second.look())).toEqual(withoutTraces(after))
    expect(withoutTraces(await other.look())).not.toEqual(withoutTraces(after))
    // What customers do is in no log of what clients do.
    for (const vendor of sandboxVendors) expect(first.one[vendor].requests.length).toBeLessThan(4)
  })

  it('waits for 10 to 40 seconds before each thing that happens, and ends with the sandbox', async () => {
    const { one, clock } = await start(true)
    for (let left = 10; left > 0; left -= 1) await clock.advance(minute)
    const pauses = clock.waits.filter((milliseconds) => milliseconds > 0)
    expect(pauses.length).toBeGreaterThanOrEqual(15)
    expect(Math.min(...pauses)).toBeGreaterThanOrEqual(10_000)
    expect(Math.max(...pauses)).toBeLessThanOrEqual(40_000)
    expect(clock.pending).toBe(1)
    await one.stop()
    expect(clock.pending).toBe(0)
  })

  it('refuses a life that is neither true nor false', async () => {
    await expect(sandbox.start({ life: 'yes' as never })).rejects.toThrow('option "life" must be true or false')
  })
})

const world = createWorld(7, undefined, 0.02)
const said = (text: string): Said => ({ text, subject: 'A subject', picture: 'https://files.example/photo.jpg' })

describe.each(sandboxVendors)('a customer of %s', (vendor) => {
  const create: CreateEmulator = { ...emulators }[vendor]
  const emulator = create({
    ...{ world, now: () => world.now, after: () => () => {}, thinkingTime: 0, random: createRandom(1) },
  })
  const customers = customersOf[vendor]?.(emulator)
  if (!customers) throw new Error('Nobody writes at this vendor.')

  it('begins conversations as a known and as a new person, and goes on after an answer', async () => {
    const known = world.people.find(({ email, phone }) => email !== null && phone !== null)
    if (!known) throw new Error('The world has no such person')
    for (const person of [
      known,
      { ...known, key: 'new', email: 'new@example.com', phone: '+33639985001', externalId: 'N1' },
    ])
      for (const channel of [0, 0.5, 0.9]) {
        const id = (await customers.begin(person, said('How much is a rental?'), channel)) ?? ''
        expect(id).not.toBe('')
        if (emulator.plant(id, { by: 'contact', text: 'Is anybody there?' }) === null) throw new Error('not planted')
        expect(await customers.isAnswered(id)).toBe(false)
        emulator.plant(id, { by: 'operator', text: 'I am.' })
        expect(await customers.isAnswered(id)).toBe(true)
        await customers.write(id, said('Thank you.'))
      }
  })

  it('is refused without an error where the vendor refuses it', async () => {
    expect(await customers.isAnswered('nothing')).toBe(false)
    await customers.write('nothing', said('Hello?'))
  })

  it.runIf(customers.handsOver)('is not answered until a person answers who was asked for', async () => {
    const person = { ...(world.people[0] as (typeof world.people)[0]), email: 'asks@example.com', externalId: 'N2' }
    const id = (await customers.begin(person, said('Is there a human I can talk to?'), 0)) ?? ''
    expect(await customers.isAnswered(id)).toBe(false)
    emulator.plant(id, { by: 'operator', text: 'Yes.' })
    expect(await customers.isAnswered(id)).toBe(true)
  })
})
