import { generateKeyPairSync, sign } from 'node:crypto'
import { EdgeVM } from '@edge-runtime/vm'
import { beforeAll, describe, expect, it } from 'vitest'
import { bundle } from './support/bundle.ts'
import { evaluate } from './support/evaluate.ts'

const { publicKey, privateKey } = generateKeyPairSync('ed25519')
const key = publicKey.export({ type: 'spki', format: 'der' }).toString('base64')
const body = JSON.stringify({ type: 'ContactDelete', locationId: 'loc_1', id: 'ctc_5', webhookId: 'whk_1' })
const signature = sign(null, Buffer.from(body), privateKey).toString('base64')

describe('a webhook in an edge runtime', () => {
  const vm = new EdgeVM()
  beforeAll(async () => {
    vm.evaluate(await bundle("export * from './webhook-checks.ts'"))
  })
  const signed = (text: string, by: string): Promise<unknown> =>
    evaluate(vm, `bundled.signed(${[key, text, by].map((each) => JSON.stringify(each)).join()})`)

  it('is received with the vendor’s signature', async () => {
    expect(await signed(body, signature)).toEqual({ status: 200, vendors: ['leadconnector:clinic'] })
  })

  it.each([
    ['another body', body.replace('ctc_5', 'ctc_6'), signature],
    ['another signature', body, sign(null, Buffer.from(`${body} `), privateKey).toString('base64')],
    ['no signature at all', body, 'x'],
  ])('is refused with %s', async (_, text, by) => {
    expect(await signed(text, by)).toEqual({ status: 401, vendors: [], reason: 'wrong-signature' })
  })

  it.each([
    ['secret-1', { status: 200, events: 1 }],
    ['secret-2', { status: 401, events: 0, reason: 'wrong-signature' }],
    ['', { status: 401, events: 0, reason: 'unsigned' }],
  ])('with the secret %j is %j', async (given, expected) => {
    expect(await evaluate(vm, `bundled.secret(${JSON.stringify(given)})`)).toEqual(expected)
  })
})
