import type { Warning } from '@parley/core'
import { defaultNow, sandbox, testClock } from '@parley/sandbox'
import { loadStreamCode } from '@parley/testkit'
import { afterAll, describe, expect, it } from 'vitest'
import { loadVendors, nameOf } from '../vendors.ts'
import type { Switches } from './support/switches.ts'
import { differences, type Tour, tour } from './support/tour.ts'

await loadStreamCode()

const clock = testClock(defaultNow, { automatic: true })
const desk = await sandbox.start({ clock, scale: 0.2 })
afterAll(() => desk.stop())

describe.each(await loadVendors())('$label', async (vendor) => {
  const emulator = desk[vendor.name]
  const settings: object = emulator.settings
  if ('rateLimit' in settings) settings.rateLimit = false
  const { switches } = (await import(`../../packages/${nameOf(vendor)}/test/switches.ts`)) as { switches: Switches }
  const { options, values, outcomes, different } = switches
  const cases = Object.entries(values).flatMap(([key, others]) =>
    Array.isArray(others) ? others.map((value: unknown) => ({ key, value })) : [],
  )
  async function run(): Promise<{ taken: Tour; warnings: Warning[] }> {
    emulator.reset()
    const warnings: Warning[] = []
    const onWarning = (warning: Warning) => void warnings.push(warning)
    const adapter = vendor.create({ ...emulator.accountOptions, ...options, clock, rate: false, onWarning })
    return { taken: await tour(adapter), warnings }
  }

  const { taken: usual } = await run()

  it('is toured without a surprise', () => {
    expect(usual.strange).toEqual([])
    const special = Object.entries(usual.outcomes).filter(([, outcome]) => outcome !== 'ok')
    expect(Object.fromEntries(special)).toEqual(outcomes)
    for (const [list, ids] of Object.entries(usual.seen)) expect(ids, list).not.toEqual([])
  })

  it.each(cases.map(({ key, value }) => [`${key}=${JSON.stringify(value)}`, key, value] as const))(
    '%s',
    async (label, key, value) => {
      const before = { ...settings }
      Object.assign(settings, { [key]: value })
      const { taken, warnings } = await run().finally(() => Object.assign(settings, before))
      expect(taken.strange).toEqual([])
      expect(differences(usual, taken, warnings)).toEqual(different[label] ?? [])
    },
  )
})
