import { EdgeVM } from '@edge-runtime/vm'
import { beforeAll, describe, expect, it } from 'vitest'
import { loadVendors, nameOf, vendorNames } from '../vendors.ts'
import { bundle } from './support/bundle.ts'
import { entries } from './support/entries.ts'
import { evaluate } from './support/evaluate.ts'

describe('every entry that is not for Node.js alone', () => {
  it('is known', () => {
    expect(entries.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['@parley/core', '@parley/core/schema', '@parley/leadconnector', '@parley/inbox']),
    )
  })

  it.each(entries)('$name is bundled without a module of Node.js, and loads', async ({ name }) => {
    const code = await bundle(`export * from '${name}'`)
    const vm = new EdgeVM()
    vm.evaluate(code)
    expect(await evaluate(vm, 'Object.keys(bundled).length')).toBeGreaterThan(0)
  })

  it('would not be, if it imported one', async () => {
    await expect(bundle("export { readFile } from 'node:fs'")).rejects.toThrow('node:fs')
  })
})

const vendors = await loadVendors()

/** The standard runtime of edge functions: web APIs, without Node.js. */
describe('in an edge runtime', () => {
  const vm = new EdgeVM()
  beforeAll(async () => {
    const vendors = vendorNames.map(
      (name, index) => `export { vendor as vendor${index} } from '../../../packages/${name}/test/vendor.ts'`,
    )
    vm.evaluate(await bundle(["export * from './checks.ts'", ...vendors].join('\n')))
  })
  const run = (call: string): Promise<unknown> => evaluate(vm, `bundled.${call}`)

  it('nothing of Node.js is there', async () => {
    expect(await run('globals()')).toEqual([])
  })

  it.each(vendors)('$label lists, and continues after a broken item', async (vendor) => {
    const given = await run(`list(bundled.vendor${vendors.indexOf(vendor)})`)
    expect(given).toMatchObject({ asked: [vendor.listRequest], warnings: ['bad-item'] })
    expect(given).toHaveProperty('items', [expect.stringContaining(`${nameOf(vendor)}:default/conversation/`)])
  })

  it.each(vendors)('$label says why it was refused', async (vendor) => {
    expect(await run(`refused(bundled.vendor${vendors.indexOf(vendor)})`)).toMatchObject({
      code: 'authentication',
      status: 401,
      vendor: nameOf(vendor),
      operation: 'conversations.list',
      retryable: false,
    })
  })

  it('asks', async () => {
    expect(await run('ask()')).toEqual({
      asked: ['POST /api/v2/conversations Bearer key-1'],
      items: 2,
      answer: 'It left the **depot** today.',
    })
  })

  it('iterates over pages', async () => {
    expect(await run('iterate()')).toEqual(['msg_3', 'msg_2', 'msg_1'])
  })

  it('is given up when its caller gives up', async () => {
    expect(await run('abort()')).toEqual({ error: 'AbortError', aborted: true })
  })
})
