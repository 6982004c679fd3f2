import { failure, told } from '@parley/testkit'
import { useNock } from '@parley/testkit/nock'
import { describe, expect, it } from 'vitest'
import { listedConversation } from '../fixtures/conversations.ts'
import { badRequest, notFound, serverFault } from '../fixtures/errors.ts'
import { fullUser } from '../fixtures/users.ts'
import { account } from '../helpers/account.ts'
import { serve } from '../helpers/vendor.ts'

useNock()

const lookUp = (query: string, found: object | null) =>
  ['GET', `/users/search?${query}`, found ? 200 : 404, found ? { user: found, conversationIds: [] } : notFound] as const

describe('contacts.ensure', () => {
  it('finds a contact by its external id, and changes nothing', async () => {
    const seen = serve([...lookUp('fkId=crm-78', fullUser)])
    const { contact, isNew } = await account().adapter.contacts.ensure({ externalId: 'crm-78', name: 'Other' })
    expect([contact.id, isNew, seen.length]).toEqual(['u-78', false, 1])
  })

  it('makes a contact with the placeholder for the names that are missing', async () => {
    const seen = serve([...lookUp('fkId=web-1', null)], ['POST', '/users', 201, fullUser])
    const { isNew, warnings } = await account().adapter.contacts.ensure({
      externalId: 'web-1',
      email: 'typed@x.example',
    })
    expect(isNew).toBe(true)
    expect(seen[1]?.body).toStrictEqual({ firstName: 'Website', lastName: 'visitor', fkId: 'web-1' })
    expect(told(warnings)).toEqual(['degraded email', 'degraded firstName', 'degraded lastName'])
  })

  it.each([
    [{ name: 'Ann Lee' }, { firstName: 'Ann Lee', lastName: 'guest' }, ['degraded lastName']],
    [{ name: 'Ann Lee', lastName: 'Lee' }, { firstName: 'Ann', lastName: 'Lee' }, []],
    [{ firstName: 'Ann', lastName: 'Lee' }, { firstName: 'Ann', lastName: 'Lee' }, []],
  ])('names a contact from %j', async (names, sent, warned) => {
    const seen = serve([...lookUp('fkId=web-1', null)], ['POST', '/users', 201, fullUser])
    const { adapter } = account({ placeholderName: { firstName: 'A', lastName: 'guest' } })
    const { warnings } = await adapter.contacts.ensure({ externalId: 'web-1', ...names })
    expect(seen[1]?.body).toStrictEqual({ ...sent, fkId: 'web-1' })
    expect(told(warnings)).toEqual(warned)
  })

  it('looks up a verified address too, and says when it belongs to another contact', async () => {
    const other = { ...fullUser, id: 'u-99' }
    serve([...lookUp('fkId=crm-78', fullUser)], [...lookUp('email=ilse%40brand.example', other)])
    const visitor = { externalId: 'crm-78', email: 'ilse@brand.example', verified: true }
    const { contact, warnings } = await account().adapter.contacts.ensure(visitor)
    expect([contact.id, told(warnings)]).toEqual(['u-78', ['degraded email']])
  })

  it('says that the contact of a verified address does not get the external id', async () => {
    serve([...lookUp('fkId=web-1', null)], [...lookUp('email=ilse%40brand.example', fullUser)])
    const visitor = { externalId: 'web-1', email: 'ilse@brand.example', verified: true }
    const { contact, warnings } = await account().adapter.contacts.ensure(visitor)
    expect([contact.id, told(warnings)]).toEqual(['u-78', ['degraded externalId']])
  })

  it('finds the contact that another program has just made', async () => {
    serve(
      [...lookUp('fkId=web-1', null)],
      ['POST', '/users', 400, badRequest],
      [...lookUp('fkId=web-1', fullUser)],
      [...lookUp('fkId=web-1', fullUser)],
    )
    expect(await account().adapter.contacts.ensure({ externalId: 'web-1' })).toMatchObject({
      ...{ contact: { id: 'u-78' }, isNew: false },
    })
  })
})

describe('operators.list', () => {
  it('reads the platform users with the organisation’s key', async () => {
    const users = [
      { id: 's-1', firstName: 'Ines', lastName: 'Varga', email: 'ines@x.example', phoneNumber: null, role: 'admin' },
      { id: 's-2', firstName: 'Dylan', lastName: 'Roth' },
    ]
    for (const body of [users, { data: users }]) {
      const seen = serve(['GET', '/platform-users', 200, body])
      const { adapter } = account({ organizationKey: 'org-key' })
      const { items } = await adapter.operators.list({ search: 'ines' })
      expect(items).toMatchObject([{ id: 's-1', name: 'Ines Varga', email: 'ines@x.example', role: 'admin' }])
      expect(seen[0]?.headers).toMatchObject({ 'organization-secret-key': 'org-key' })
      expect(seen[0]?.headers).not.toHaveProperty('agent-secret-key')
    }
  })

  it('gives those of the configuration without that key', async () => {
    const { adapter } = account({ operators: [{ id: 's-1', name: 'Ines' }] })
    expect((await adapter.operators.list()).items).toMatchObject([{ id: 's-1', name: 'Ines' }])
  })
})

describe('a reply that takes over if needed', () => {
  const conversation = '/conversations/c-0001'
  const mode = (status: number) =>
    ['PUT', `${conversation}/mode`, status, status === 200 ? { mode: 'manual' } : serverFault] as const
  const sent = [
    'POST',
    `${conversation}/send-manual-message`,
    201,
    { id: 'm-9', role: 'assistant', message: 'Hello' },
  ] as const
  const held = (by: string) => ['GET', conversation, 200, { ...listedConversation, mode: by }] as const

  it('takes over while the agent is in control, and then sends once', async () => {
    const seen = serve([...held('ai')], [...mode(200)], [...sent])
    const { outcome } = await account().adapter.messages.reply('c-0001', { text: 'Hello' }, { takeOver: 'if-needed' })
    expect([outcome, seen.map(({ method }) => method)]).toEqual(['accepted', ['GET', 'PUT', 'POST']])
  })

  it('changes nothing while an operator is in control', async () => {
    const seen = serve([...held('manual')], [...sent])
    await account().adapter.messages.reply('c-0001', { text: 'Hello' }, { takeOver: 'if-needed' })
    expect(seen.map(({ method }) => method)).toEqual(['GET', 'POST'])
  })

  it('that is refused without a take-over says nothing of one', async () => {
    serve([...held('manual')], ['POST', `${conversation}/send-manual-message`, 403, badRequest])
    const reply = account().adapter.messages.reply('c-0001', { text: 'Hello' }, { takeOver: 'if-needed' })
    const error = await failure(reply)
    expect(error).toMatchObject({ outcome: 'not-done' })
    expect(error.message).not.toContain('taken over')
  })

  it('that is refused without a reason after the take-over is partly done, and says that it stays', async () => {
    serve([...held('ai')], [...mode(200)], ['POST', `${conversation}/send-manual-message`, 400], [...held('manual')])
    const reply = account().adapter.messages.reply('c-0001', { text: 'Hello' }, { takeOver: 'if-needed' })
    const error = await failure(reply)
    expect(error).toMatchObject({ code: 'conflict', outcome: 'partly-done' })
    expect(error.message).toContain('control.release')
  })

  it('that is refused after the take-over is partly done', async () => {
    serve([...held('ai')], [...mode(200)], ['POST', `${conversation}/send-manual-message`, 403, badRequest])
    const reply = account().adapter.messages.reply('c-0001', { text: 'Hello' }, { takeOver: 'if-needed' })
    const error = await failure(reply)
    expect(error).toMatchObject({ outcome: 'partly-done' })
    expect(error.message).toContain('taken over before, so the agent stays silent until control.release')
  })
})
