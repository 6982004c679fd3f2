import { describe, expect, it } from 'vitest'
import { readFields } from '../../src/protocol.ts'
import { readAgent, withoutSecrets } from '../../src/read/agent.ts'
import { readContact } from '../../src/read/contact.ts'
import { readResponse } from '../../src/read/message.ts'
import { agentWithoutSecrets, agentWithSecrets } from '../fixtures/agent.ts'
import { agentMessage } from '../fixtures/messages.ts'
import { bareUser, fullUser } from '../fixtures/users.ts'
import { entity, reader } from '../helpers/account.ts'

describe('a contact', () => {
  it('keeps every documented field', () => {
    expect(readContact(fullUser, reader().reading, ['c-0002'])).toStrictEqual({
      ...entity('contact', 'u-78', fullUser),
      name: 'Ilse Brand',
      firstName: 'Ilse',
      lastName: 'Brand',
      email: 'ilse@brand.example',
      phone: '+15550178',
      externalId: 'crm-78',
      origin: 'crm',
      customFields: { tier: 'gold' },
      conversationIds: ['c-0002'],
      isAnonymized: false,
    })
  })

  it('with only the required fields has no other value', () => {
    expect(readContact(bareUser, reader(false).reading)).toStrictEqual({
      ...entity('contact', 'u-77'),
      name: 'Mara Okoye',
      firstName: 'Mara',
      lastName: 'Okoye',
      isAnonymized: false,
    })
  })

  it.each([
    [{ fkId: 'a', fkUserId: 'b' }, 'a'],
    [{ fkUserId: 'b' }, 'b'],
    [{ fkId: '', fkUserId: 'b' }, 'b'],
    [{ fkId: null }, null],
    [{}, undefined],
  ])('with %o has the external id %s', (fields, externalId) => {
    expect(readContact({ id: 'u', ...fields }, reader(false).reading).externalId).toBe(externalId)
  })
})

describe('the agent', () => {
  it('keeps every documented field except its secrets', () => {
    const raw = withoutSecrets(agentWithSecrets)
    expect(raw).toStrictEqual(agentWithoutSecrets)
    const { reading, warnings } = reader()
    expect(readAgent(raw as typeof agentWithoutSecrets, reading)).toStrictEqual({
      ...entity('agent', 'agent-1', agentWithoutSecrets),
      name: 'hotline-internal',
      displayName: 'Pia',
      description: 'Answers about parcels.',
      businessName: 'Parcel House',
      status: { value: 'active', native: 'active' },
      channels: [
        { value: 'web', native: 'LIVE_CHAT' },
        { value: 'api', native: 'API' },
      ],
      model: 'gpt-x',
      avatarUrl: null,
      knowledgeBaseIds: ['vs-1'],
      tags: ['parcels'],
      attributes: { organizationId: 'org-1', role: 'support', restrictDocumentsToOwnerOnly: false },
    })
    expect(warnings).toEqual([])
    expect(JSON.stringify(raw)).not.toContain('SECRET')
  })

  it.each([
    ['an early edition', { assistant: { model: 'gpt-old', tools: [] } }, 'gpt-old'],
    ['the oldest edition', { assistantId: 'asst_1' }, undefined],
  ])('has the status of %s', (_, fields, model) => {
    expect(readAgent({ id: 'a', name: 'x', ...fields }, reader(false).reading)).toStrictEqual({
      ...entity('agent', 'a'),
      name: 'x',
      status: { value: 'unknown', native: null },
      ...(model !== undefined && { model }),
    })
  })
})

describe('a response', () => {
  const read = (body: unknown) => {
    const { status, message, error } = readResponse(body, reader().reading, 'c-0001')
    return [status, message?.id ?? null, error]
  }
  it.each([
    ['pending', { status: 'pending', message: null, error: null }, ['pending', null, null]],
    ['completed', { status: 'completed', message: agentMessage, error: null }, ['completed', 'm-12', null]],
    ['completed without a message', { status: 'completed', message: null, error: null }, ['completed', null, null]],
    ['failed', { status: 'failed', message: null, error: 'why' }, ['failed', null, 'why']],
    ['running, in an older edition', { status: 'running' }, ['pending', null, null]],
    ['error, in an older edition', { status: 'error', error: 'why' }, ['failed', null, 'why']],
    ['an unknown word with a message', { status: 'answered', message: agentMessage }, ['completed', 'm-12', null]],
    ['an unknown word without one', { status: 'thinking' }, ['pending', null, null]],
    ['a bare message', agentMessage, ['completed', 'm-12', null]],
    ['null', null, ['pending', null, null]],
    ['nothing', undefined, ['pending', null, null]],
    ['a message that cannot be read', { status: 'completed', message: { text: 'x' } }, ['completed', null, null]],
  ])('is read from %s', (_, body, expected) => expect(read(body)).toEqual(expected))
})

describe('the fields of a refusal', () => {
  it.each([
    [['title must be a string'], [{ path: 'title', problem: 'must be a string' }]],
    [
      ['title must be shorter than or equal to 255 characters'],
      [{ path: 'title', problem: 'must be shorter than or equal to 255 characters' }],
    ],
    [['firstName should not be empty'], [{ path: 'firstName', problem: 'should not be empty' }]],
    [['email must be an email'], [{ path: 'email', problem: 'must be an email' }]],
    [['property mood should not exist'], [{ path: 'mood', problem: 'should not exist' }]],
    [['mode must be one of the following values: manual, ai'], [{ path: 'mode', problem: 'is not an allowed value' }]],
    [[{ property: 'title', message: 'title must be a string' }], [{ path: 'title', problem: 'must be a string' }]],
    [[{ path: 'title', message: 'is required' }], [{ path: 'title', problem: 'is required' }]],
    [[{ field: 'email', message: 'mara@okoye.example is taken' }], [{ path: 'email' }]],
    [['Mara already exists'], []],
    [['the user mara@okoye.example already exists'], []],
    [[{}, 7, null], []],
    ['title must be a string', []],
    [undefined, []],
  ])('are read from %o', (details, fields) => expect(readFields(details)).toEqual(fields))
})
