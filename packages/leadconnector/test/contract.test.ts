import {
  type Adapter,
  type AgentQuery,
  type ConversationQuery,
  type ExportQuery,
  type MessageQuery,
  type MessageStatusInput,
  type NoteInput,
  open,
  operationNames,
  type ReplyInput,
  serialize,
  supports,
  type UpdateConversationInput,
  type UploadInput,
  type UpsertContactInput,
} from '@parley/core'
import { type LeadConnector, leadConnector, leadConnectorDefinition } from '@parley/leadconnector'
import { describe, expect, expectTypeOf, it } from 'vitest'
import { readMessage } from '../src/read/message.ts'
import { smsPayload } from './fixtures/messages.ts'
import { testAccount } from './helpers/account.ts'
import { createReading } from './helpers/reading.ts'

describe('the adapter', () => {
  const adapter: Adapter = testAccount()

  it.each(operationNames)('has %s or says why not', (name) => {
    expect(supports(adapter, name)).toBe(adapter.unsupported[name] === undefined)
  })

  it('names no reason for an operation that does not exist', () => {
    expect(Object.keys(adapter.unsupported).filter((name) => !operationNames.includes(name as never))).toEqual([])
  })

  it('is a plain object of operations', () => {
    expect(Object.getPrototypeOf(leadConnector({ token: 't', locationId: 'l' }))).toBe(Object.prototype)
    expect(adapter).toMatchObject({ vendor: 'leadconnector', account: 'clinic' })
    expect(adapter).not.toHaveProperty('control')
  })

  it('tells its limits as data', () => {
    expect(JSON.parse(JSON.stringify(adapter.limits))).toEqual(adapter.limits)
    expect(adapter.limits).toMatchObject({
      pageSize: { 'conversations.list': { default: 20, max: 100 }, 'messages.list': { default: 20, max: 100 } },
      rate: [
        { scope: 'location', requests: 100, perMs: 10_000 },
        { scope: 'location', requests: 200_000, perMs: 86_400_000 },
      ],
      deletesVisible: false,
    })
    expect(adapter.limits.notes.join(' ')).toContain('a real text message or email may go out')
  })

  it('gives plain data', () => {
    const message = readMessage(smsPayload, createReading())
    expect(JSON.parse(JSON.stringify(message))).toStrictEqual(message)
    expect(serialize(message)).not.toContain('altId')
  })
})

describe('the configuration', () => {
  const given = { token: 't', locationId: 'loc_1' }
  const wrong = (config: object, environment: Record<string, string> = {}) => {
    try {
      open({ vendor: 'leadconnector', ...config }, [leadConnectorDefinition], { environment })
    } catch (error) {
      return error as { code: string; message: string; fields: unknown }
    }
    return undefined
  }

  it('comes from options or from the environment', () => {
    expect(wrong(given)).toBeUndefined()
    expect(wrong({}, { LEADCONNECTOR_TOKEN: 't', LEADCONNECTOR_LOCATION_ID: 'l' })).toBeUndefined()
    expect(wrong({ token: { env: 'MINE' }, locationId: 'l' }, { MINE: 't' })).toBeUndefined()
    expect(
      wrong({ ...given, token: () => 't', version: { contacts: 'v3' }, raw: false, maxRetries: 0 }),
    ).toBeUndefined()
  })

  it.each([
    [{ locationId: 'l' }, 'token', 'LEADCONNECTOR_TOKEN'],
    [{ token: 't' }, 'locationId', 'LEADCONNECTOR_LOCATION_ID'],
    [{ ...given, token: '' }, 'token', 'LEADCONNECTOR_TOKEN'],
    [{ ...given, token: 7 }, 'token', 'LEADCONNECTOR_TOKEN'],
    [{ ...given, locationId: '' }, 'locationId', 'LEADCONNECTOR_LOCATION_ID'],
    [{ ...given, baseUrl: 'ftp://x' }, 'baseUrl', 'must be an http or https URL'],
    [{ ...given, baseUrl: 'x' }, 'baseUrl', 'must be an http or https URL'],
    [{ ...given, timeout: 0 }, 'timeout', 'must be a number of at least 1'],
    [{ ...given, maxRetries: 1.5 }, 'maxRetries', 'maxRetries'],
    [{ ...given, version: 'v3' }, 'version', 'version'],
    [{ ...given, version: { contact: 'v3' } }, 'version', 'contacts'],
    [{ ...given, version: { contacts: 'v 3' } }, 'version', 'must be an object of versions'],
    [{ ...given, locationID: 'l' }, 'locationID', 'locationId'],
  ])('%j is wrong in %s', (config, path, words) => {
    const error = wrong(config)
    expect(error).toMatchObject({ code: 'configuration', fields: [{ path }] })
    expect(error?.message).toContain(words)
  })

  it('never shows the secret that is wrong', () => {
    expect(JSON.stringify(wrong({ token: ['planted'], locationId: 'l' }))).not.toContain('planted')
  })

  it('takes a slash at the end of the address away', async () => {
    const urls: string[] = []
    const account = leadConnector({
      ...given,
      baseUrl: 'https://proxy.example/lc/',
      fetch: async (input) => {
        urls.push((input as Request).url)
        return Response.json({ id: 'a' })
      },
    })
    await account.agents.get('a')
    expect(urls).toEqual(['https://proxy.example/lc/conversation-ai/agents/a'])
  })
})

describe('the types', () => {
  it('know what this vendor has', () => {
    expectTypeOf<LeadConnector>().toExtend<Adapter>()
    expectTypeOf<LeadConnector['messages']['ask']>().toBeFunction()
    expectTypeOf<LeadConnector>().not.toHaveProperty('control')
    expectTypeOf<LeadConnector['messages']['note']>().toBeFunction()
    expectTypeOf<LeadConnector['contacts']>().not.toHaveProperty('delete')
  })

  it('know the payloads', () => {
    type Agent = Awaited<ReturnType<LeadConnector['agents']['get']>>
    expectTypeOf<NonNullable<Agent['raw']>['autoPilotMaxMessages']>().toEqualTypeOf<number | undefined>()
  })

  it('check the vendor’s own options', () => {
    const list: MessageQuery = { vendor: { leadconnector: { emailBodies: true, types: ['TYPE_SMS'] } } }
    const conversations: ConversationQuery = { vendor: { leadconnector: { lastMessageDirection: 'inbound' } } }
    const reply: ReplyInput = { text: 'Hi', vendor: { leadconnector: { type: 'Custom', conversationProviderId: 'p' } } }
    expect([list, conversations, reply]).toHaveLength(3)
    // @ts-expect-error a key that does not exist
    const key: MessageQuery = { vendor: { leadconnector: { emailBody: true } } }
    // @ts-expect-error a value that does not exist
    const value: ReplyInput = { text: 'Hi', vendor: { leadconnector: { type: 'Pigeon' } } }
    // @ts-expect-error an option of another operation
    const place: ConversationQuery = { vendor: { leadconnector: { emailBodies: true } } }
    // @ts-expect-error an operation that has none
    const none: AgentQuery = { vendor: { leadconnector: { types: [] } } }
    expect([key, value, place, none]).toHaveLength(4)
  })

  it('check the options of the other operations', () => {
    const exported: ExportQuery = { vendor: { leadconnector: { emailBodies: true } } }
    const status: MessageStatusInput = { status: 'read', vendor: { leadconnector: { events: { opened: 1 } } } }
    const upload: Pick<UploadInput, 'vendor'> = { vendor: { leadconnector: { isSecureAttachment: true } } }
    const contact: UpsertContactInput = { vendor: { leadconnector: { companyName: 'Quill' } } }
    const update: UpdateConversationInput = { vendor: { leadconnector: { feedback: 'positive' } } }
    expect([exported, status, upload, contact, update]).toHaveLength(5)
    // @ts-expect-error a status that is the contract's
    const word: MessageStatusInput = { status: 'read', vendor: { leadconnector: { emailStatus: 'delivered' } } }
    // @ts-expect-error a value that does not exist
    const feedback: UpdateConversationInput = { vendor: { leadconnector: { feedback: 'meh' } } }
    // @ts-expect-error an operation that has none
    const none: NoteInput = { text: 'Hi', vendor: { leadconnector: { type: 'SMS' } } }
    expect([word, feedback, none]).toHaveLength(3)
  })
})
