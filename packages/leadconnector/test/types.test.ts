import type {
  Adapter,
  AgentQuery,
  ConversationQuery,
  ExportQuery,
  MessageQuery,
  MessageStatusInput,
  NoteInput,
  ReplyInput,
  UpdateConversationInput,
  UploadInput,
  UpsertContactInput,
} from '@parley/core'
import type { LeadConnector } from '@parley/leadconnector'
import { describe, expect, expectTypeOf, it } from 'vitest'

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
