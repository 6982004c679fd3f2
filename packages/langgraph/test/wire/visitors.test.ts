import { told } from '@parley/testkit'
import { useNock } from '@parley/testkit/nock'
import { describe, expect, it } from 'vitest'
import { account } from '../helpers/account.ts'

useNock()

describe('contacts.ensure', () => {
  it('sends nothing, and says what the server cannot keep', async () => {
    const { contact, warnings, ...rest } = await account().adapter.contacts.ensure({
      ...{ externalId: 'web-1', name: 'Ada', phone: '+431', customFields: { plan: 'pro' } },
    })
    expect(contact).toEqual({
      ...{
        ref: 'langgraph:shop/contact/web-1',
        vendor: 'langgraph',
        account: 'shop',
        id: 'web-1',
        externalId: 'web-1',
      },
    })
    expect(rest).toEqual({})
    expect(told(warnings)).toEqual(['degraded phone', 'ignored-option name', 'ignored-option customFields'])
  })

  it('has the same contact for a verified address every time', async () => {
    const idOf = async (email: string) =>
      (await account().adapter.contacts.ensure({ email, verified: true })).contact.id
    expect(await idOf('Ada@Shop.Example')).toBe(await idOf('ada@shop.example'))
    expect(await idOf('ada@shop.example')).not.toContain('ada')
  })
})
