import { told } from '@parley/testkit'
import { describe, expect, it } from 'vitest'
import { readFields } from '../../src/protocol.ts'
import { readAgent } from '../../src/read/agent.ts'
import { readContact } from '../../src/read/contact.ts'
import { readAnswer } from '../../src/read/message.ts'
import { listedAgent } from '../fixtures/agents.ts'
import { listedContact, retrievedContact } from '../fixtures/contacts.ts'
import { sent } from '../fixtures/messages.ts'
import { entity, reader } from '../helpers/account.ts'

type Fields = Record<string, unknown>

describe('an agent', () => {
  const read = (raw: object) => readAgent(raw as Fields, reader().reading)

  it('from the list keeps every value', () => {
    expect(read(listedAgent)).toStrictEqual({
      ...entity('agent', 'bot-1', listedAgent),
      name: 'Shop helper',
      status: { value: 'active', native: false },
      liveChatEnabled: true,
      language: 'en',
      createdAt: '2026-01-01T08:00:00.000Z',
      updatedAt: '2026-01-02T08:00:00.000Z',
    })
  })

  it('that is archived keeps every value of the endpoint for one agent', () => {
    const raw = { id: 'bot-2', name: null, isArchived: true, slug: 'old', isImageSharingEnabled: false }
    expect(read(raw)).toStrictEqual({
      ...entity('agent', 'bot-2', raw),
      name: null,
      status: { value: 'archived', native: true },
      attributes: { slug: 'old', isImageSharingEnabled: false },
    })
  })
})

describe('a contact', () => {
  function read(raw: object, agentId?: string) {
    const { reading, warnings } = reader()
    return { contact: readContact(raw as Fields, reading, agentId), warnings }
  }

  it('from the endpoint for one contact has its attributes as an object', () => {
    expect(read(retrievedContact).contact).toStrictEqual({
      ...entity('contact', 'p-1', retrievedContact),
      name: 'Rosa Lind',
      email: 'rosa@shop.test',
      phone: null,
      externalId: 'crm-88',
      country: 'AT',
      agentId: 'bot-1',
      origin: 'website',
      customFields: { tier: 'gold', orders: 3 },
      createdAt: '2026-01-01T08:00:00.000Z',
      updatedAt: '2026-02-01T08:00:00.000Z',
    })
  })

  it('from the list has the agent of the list', () => {
    expect(read(listedContact, 'bot-1').contact).toStrictEqual({
      ...entity('contact', 'p-1', listedContact),
      name: 'Rosa Lind',
      email: 'rosa@shop.test',
      phone: '+43 1 555 0100',
      externalId: 'crm-88',
      country: 'AT',
      agentId: 'bot-1',
      createdAt: '2026-01-01T08:00:00.000Z',
    })
  })

  it.each([
    [{ tier: 'gold' }, { tier: 'gold' }, []],
    [[], {}, []],
    [null, undefined, []],
    [undefined, undefined, []],
    ['gold', undefined, ['unreadable-field attributes']],
    [
      [{ key: 'a', value: 1 }, { value: 2 }, 'x', { key: 'b' }],
      { a: 1, b: null },
      ['bad-item attributes[1].key', 'bad-item attributes[2]'],
    ],
  ])('reads the attributes %o', (attributes, expected, warned) => {
    const { contact, warnings } = read({ id: 'p-1', attributes })
    expect(contact.customFields).toStrictEqual(expected)
    expect(told(warnings)).toEqual(warned)
  })

  it('treats a key of a prototype as plain data', () => {
    const { customFields } = read({ id: 'p', attributes: [{ key: '__proto__', value: { isAdmin: true } }] }).contact
    expect(Object.getPrototypeOf(customFields)).toBe(Object.prototype)
    expect(Object.keys(customFields ?? {})).toEqual(['__proto__'])
  })
})

describe('the answer to a send', () => {
  const read = (raw: object, conversationId: string | null = null) =>
    readAnswer(raw as Fields, reader().reading, { conversationId })

  it('has the agent’s message with its links as sources', () => {
    expect(read(sent)).toStrictEqual({
      conversationId: 'c-1',
      contactId: 'p-1',
      messageId: 'm-1',
      text: 'It left the **depot** today.',
      message: {
        ...entity('message', 'm-2', sent),
        conversationId: 'c-1',
        contactId: 'p-1',
        type: { value: 'text', native: null },
        direction: 'outbound',
        author: { kind: 'agent', basis: 'vendor' },
        text: 'It left the **depot** today.',
        inReplyTo: 'm-1',
        sourcesState: 'inline',
        sources: [
          {
            ...entity('source', 'm-2#0', sent.links[0]),
            kind: { value: 'website', native: 'WEBSITE' },
            url: 'https://shop.test/tracking',
          },
          { ...entity('source', 'm-2#1', sent.links[1]), kind: { value: 'text', native: 'TEXT' }, url: null },
        ],
      },
    })
  })

  it('without links cannot name its sources', () => {
    const { links: _, ...rest } = sent
    expect(read(rest).message).toMatchObject({ sourcesState: 'unavailable' })
    expect(read(rest).message).not.toHaveProperty('sources')
    expect(read({ ...sent, links: [] }).message).toMatchObject({ sourcesState: 'inline', sources: [] })
  })

  it.each(['', null, undefined])('without text (%s) has no message', (nothing) => {
    const silent = { ...sent, response: nothing, responseMessageId: nothing, links: nothing }
    expect(read(silent)).toStrictEqual({
      conversationId: 'c-1',
      contactId: 'p-1',
      messageId: 'm-1',
      text: null,
      message: null,
    })
  })

  it('keeps the conversation of the question', () => {
    expect(read({ response: 'Yes.' }, 'c-9')).toMatchObject({ conversationId: 'c-9', text: 'Yes.', message: null })
  })
})

describe('the fields of a refusal', () => {
  it.each([
    ['agentId is required', { path: 'agentId', problem: 'is required' }],
    ['"question" must be a string', { path: 'question', problem: 'must be a string' }],
    ['attributes.tier should not be empty.', { path: 'attributes.tier', problem: 'should not be empty' }],
  ])('are read from "%s"', (sentence, field) => expect(readFields([sentence])).toEqual([field]))

  it('never quote values', () => {
    expect(readFields(['email rosa@shop.test is invalid', 'Rosa is required to pay', 'Agent not found'])).toEqual([])
  })
})
