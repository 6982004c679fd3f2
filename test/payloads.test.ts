import { isParleyError, operationNames, supports, type Warning } from '@parley/core'
import { defaultNow, type ServedEmulator, sandbox, testClock } from '@parley/sandbox'
import { loadStreamCode } from '@parley/testkit'
import { afterAll, describe, expect, it } from 'vitest'
import { type Bench, setUp } from '../packages/conformance/src/check.ts'
import { everything, readsOf, someContactId } from '../packages/conformance/src/support/reading.ts'
import { watched } from '../packages/conformance/src/support/requests.ts'
import { speakingId, verbs, writesOf } from '../packages/conformance/src/support/writing.ts'
import { loadSuite } from './conformance/support/suite.ts'
import { loadVendors, nameOf } from './vendors.ts'

await loadStreamCode()

const mark = 'planted-7f3a9c'

/** Adds a field to every object of a payload that no vendor documents and no model has. */
function planted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(planted)
  if (typeof value !== 'object' || value === null) return value
  const fields = Object.entries(value).map(([key, member]) => [key, planted(member)])
  return { ...Object.fromEntries(fields), notDocumented: mark }
}

const plantedText = (text: string): string => {
  try {
    return JSON.stringify(planted(JSON.parse(text)))
  } catch {
    return text.replace(/^data: (\{.*\})$/gm, (_, data: string) => `data: ${JSON.stringify(planted(JSON.parse(data)))}`)
  }
}

const planting: typeof fetch = async (input, init) => {
  const answer = await fetch(input, init)
  if (!/json|event-stream|text\/plain/.test(answer.headers.get('content-type') ?? '')) return answer
  const { status, headers } = answer
  return new Response(status === 204 ? null : plantedText(await answer.text()), { status, headers })
}

/** The data that goes to a browser. `attributes` and custom fields contain the vendor's data by design. */
const sentOn = (given: unknown): string =>
  JSON.stringify(given, (key, value: unknown) => (/^(attributes|customFields)$/.test(key) ? undefined : value)) ?? ''

/** Errors are searched as well. */
const errors: unknown[] = []
function keep(error: unknown): void {
  if (!isParleyError(error)) throw error
  errors.push(error)
}

/** These return a file, a URL and nothing. */
const others: readonly string[] = ['attachments.read', 'attachments.url', 'messages.setStatus']

/** Uses every operation that the adapter has. */
async function useAll(bench: Bench): Promise<void> {
  const { adapter } = bench
  await everything(bench)
  for (const { id, run } of await readsOf(bench)) await run(adapter, id).then(undefined, keep)
  for (const verb of verbs) {
    if (!supports(adapter, `messages.${verb.name}`)) continue
    const { attempt } = await verb.run(bench, adapter, await verb.place(bench), {})
    if (supports(adapter, 'messages.reconcile')) await adapter.messages.reconcile(attempt)
  }
  const { waiting } = bench.harness.use ?? {}
  if (waiting && supports(adapter, 'messages.ask') && supports(adapter, 'messages.provideInput')) {
    const id = await speakingId(bench)
    await adapter.messages.ask(id, { text: waiting.question })
    await adapter.messages.provideInput(id, { value: waiting.value })
  }
  const contact = await someContactId(bench)
  if (supports(adapter, 'contacts.search')) await adapter.contacts.search({ email: 'nobody@example.com' })
  if (supports(adapter, 'contacts.ensure')) await adapter.contacts.ensure({ externalId: 'planted-1' }).catch(keep)
  if (supports(adapter, 'operators.list')) await adapter.operators.list()
  if (supports(adapter, 'conversations.create')) await adapter.conversations.create({ contact })
  if (supports(adapter, 'conversations.update'))
    await adapter.conversations.update(await speakingId(bench), { unread: false }).catch(keep)
  if (supports(adapter, 'conversations.update'))
    await adapter.conversations.update(await speakingId(bench), { title: 'Renamed' }).catch(keep)
  const nora = { firstName: 'Nora', lastName: 'Planted', email: 'nora.planted@example.com' }
  const bike = { channel: 'email', subject: 'Your bike', text: 'Your bike is ready.' } as const
  if (supports(adapter, 'conversations.start')) await adapter.conversations.start({ ...bike, contact: nora })
  for (const { id, run } of await writesOf(bench)) await run(adapter, id ?? '').catch(keep)
  if (supports(adapter, 'conversations.deleteForContact')) await adapter.conversations.deleteForContact(contact)
}

const clock = testClock(defaultNow, { automatic: true })
const desk = await sandbox.start({ clock })
afterAll(() => desk.stop())
const vendors = await loadVendors()
for (const { name } of vendors) {
  const { settings } = desk[name]
  if ('rateLimit' in settings) settings.rateLimit = false
}

describe.each(vendors)('$label', async (vendor) => {
  const emulator: ServedEmulator = desk[vendor.name]
  const operatorId = vendor.operatorId(emulator)
  const adapter = vendor.create({ ...vendor.credentials })
  const { waiting } =
    (await loadSuite(vendor)).harness({
      ...{ world: desk.world, shapes: 'observed', credentials: emulator.credentials },
      open: (options) => vendor.create({ ...emulator.accountOptions, ...options }),
    }).use ?? {}

  async function useWith(ofAdapter: { raw?: boolean }, ofOperation: { raw?: boolean }) {
    emulator.reset()
    const given: { operation: string; text: string }[] = []
    const see = (value: unknown, operation: string) => given.push({ operation, text: sentOn(value) })
    const onWarning = (warning: Warning) => see(warning, 'onWarning')
    const opened = vendor.create({
      ...emulator.accountOptions,
      ...{ rate: false, fetch: planting, clock, onWarning, ...ofAdapter },
    })
    const own = operatorId === undefined ? {} : { reply: { operatorId }, note: { operatorId } }
    const use = { ...own, ...(waiting && { waiting }) }
    const create = () => ({ adapter: watched(opened, ofOperation, see) })
    await useAll(await setUp({ name: nameOf(vendor), fetch: planting, create, use }))
    const names = new Set(given.map(({ operation }) => operation))
    const unused = operationNames.filter((name) => supports(opened, name) && !names.has(name) && !others.includes(name))
    return { unused, marked: new Set(given.flatMap(({ operation, text }) => (text.includes(mark) ? operation : []))) }
  }

  it('gives nothing of a payload that no model has, in no operation, unless it is asked to', async () => {
    const { unused, marked } = await useWith({}, {})
    expect(unused).toEqual([])
    expect(marked).toEqual(new Set())
    expect(errors.filter((error) => JSON.stringify(error).includes(mark))).toEqual([])
  })

  it('gives it in the same operations when the adapter is asked to and when each of them is', async () => {
    const { marked } = await useWith({ raw: true }, {})
    const speaking = (['conversations.list', 'messages.list', 'messages.ask'] as const).filter((name) =>
      supports(adapter, name),
    )
    expect([...marked]).toEqual(expect.arrayContaining(speaking))
    expect((await useWith({}, { raw: true })).marked).toEqual(marked)
    expect((await useWith({ raw: true }, { raw: false })).marked).toEqual(new Set())
  })
})
