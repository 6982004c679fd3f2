import { failure, told } from '@parley/testkit'
import { useNock } from '@parley/testkit/nock'
import { describe, expect, it } from 'vitest'
import { retrievedContact } from '../fixtures/contacts.ts'
import { account } from '../helpers/account.ts'
import { got, posted, serve } from '../helpers/vendor.ts'

useNock()

const stored = ['POST', '/contacts', 200, { status: 'success', contactId: 'p-1' }] as const
const retrieve = ['GET', '/contacts/p-1', 200, retrievedContact] as const

describe('contacts.ensure', () => {
  it('writes the contact of the external id, without what is blank or not verified', async () => {
    const seen = serve([...stored], [...retrieve])
    const visitor = { externalId: 'web-1', firstName: 'Rosa', lastName: 'Lind', email: 'typed@shop.test', phone: ' ' }
    const { contact, warnings, ...rest } = await account().adapter.contacts.ensure(visitor)
    expect(contact.id).toBe('p-1')
    // The vendor does not say whether it made the contact.
    expect(rest).toEqual({})
    expect(seen).toStrictEqual([
      posted('/contacts', { agentId: 'bot-1', distinctId: 'web-1', name: 'Rosa Lind' }),
      got('/contacts/p-1'),
    ])
    expect(told(warnings)).toEqual(['degraded email'])
  })

  it('makes an external id of a verified address, which is the same every time', async () => {
    const ids: unknown[] = []
    for (const email of ['Rosa@Shop.Test', ' rosa@shop.test']) {
      const seen = serve([...stored], [...retrieve])
      await account().adapter.contacts.ensure({ email, verified: true })
      ids.push(Object(seen[0]?.body).distinctId)
    }
    expect(ids[0]).toMatch(/^verified-[0-9a-f]{64}$/)
    expect(ids[1]).toBe(ids[0])
  })

  it('sends custom fields under the vendor’s names, and leaves out what is no single value', async () => {
    const seen = serve([...stored], [...retrieve])
    const { adapter } = account({ customFields: { plan: 'tier' } })
    const { warnings } = await adapter.contacts.ensure({
      externalId: 'web-1',
      customFields: { plan: 'gold', cart: [1] },
    })
    expect(Object(seen[0]?.body).attributes).toEqual({ tier: 'gold' })
    expect(told(warnings)).toEqual(['ignored-option customFields.cart'])
  })
})

describe('operators.list', () => {
  it('gives those of the configuration, narrowed and in pages', async () => {
    const operators = [
      { id: 'u-1', name: 'Ines Varga', email: 'ines@shop.test' },
      { id: 'u-2', name: 'Dylan Roth' },
    ]
    const { adapter } = account({ operators, operatorId: 'u-3' })
    const first = await adapter.operators.list({ limit: 2 })
    expect(first.items.map(({ id, ref }) => [id, ref])).toEqual([
      ['u-1', 'livechatai:shop/operator/u-1'],
      ['u-2', 'livechatai:shop/operator/u-2'],
    ])
    expect((await adapter.operators.list({ limit: 2, cursor: first.next })).items.map(({ id }) => id)).toEqual(['u-3'])
    expect((await adapter.operators.list({ search: 'VARGA' })).items.map(({ id }) => id)).toEqual(['u-1'])
    expect(told((await account().adapter.operators.list()).warnings)).toEqual(['degraded'])
  })

  it.each([
    [{ operatorId: 'two words' }, 'operatorId'],
    [{ operatorId: '' }, 'operatorId'],
    [{ operators: [{ name: 'Ines' }] }, 'operators'],
    [{ customFields: { plan: '' } }, 'customFields'],
  ])('refuses the configuration %j', (options, path) => {
    expect(() => account(options as never)).toThrow(
      expect.objectContaining({ code: 'configuration', fields: [expect.objectContaining({ path })] }),
    )
  })
})

it('a reply that takes over if needed is an ordinary reply here', async () => {
  const seen = serve(['POST', '/conversations/c-1/reply', 200, { status: 'success', data: { messageId: 'm-1' } }])
  const { adapter } = account({ operatorId: 'u-1' })
  await adapter.messages.reply('c-1', { text: 'Hello' }, { takeOver: 'if-needed' })
  expect(seen).toHaveLength(1)
  expect(
    await failure(adapter.messages.reply('c-1', { text: 'Hello' }, { takeOver: 'always' as never })),
  ).toMatchObject({
    code: 'invalid-request',
    fields: [{ path: 'takeOver' }],
  })
})
