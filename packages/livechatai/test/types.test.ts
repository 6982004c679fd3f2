import type {
  Adapter,
  AskInput,
  ConversationQuery,
  CreateConversationInput,
  KnowledgeInput,
  ReplyInput,
} from '@parley/core'
import type { LiveChatAI, LiveChatAIConversationPayload, LiveChatAIMessagePayload } from '@parley/livechatai'
import { describe, expectTypeOf, it } from 'vitest'

describe('the types', () => {
  it('are an adapter whose operations need no question mark', () => {
    expectTypeOf<LiveChatAI>().toExtend<Adapter>()
    expectTypeOf<LiveChatAI['messages']['ask']>().toBeFunction()
    expectTypeOf<LiveChatAI>().not.toHaveProperty('sources')
    expectTypeOf<LiveChatAI['messages']>().not.toHaveProperty('note')
    expectTypeOf<LiveChatAI['control']>().not.toHaveProperty('takeOver')
  })

  it('say what raw holds', () => {
    type Got = Awaited<ReturnType<LiveChatAI['conversations']['get']>>
    expectTypeOf<NonNullable<Got['raw']>>().toEqualTypeOf<LiveChatAIConversationPayload>()
    type Listed = Awaited<ReturnType<LiveChatAI['messages']['list']>>['items'][number]
    expectTypeOf<NonNullable<Listed['raw']>>().toEqualTypeOf<LiveChatAIMessagePayload>()
  })

  it('know this vendor’s own options, and no other keys', () => {
    const query: ConversationQuery = {
      vendor: { livechatai: { viewId: 'v', type: 'unassigned', sentiment: 'NEGATIVE', extraQuery: { x: 1 } } },
    }
    const input: AskInput = { text: 'x', vendor: { livechatai: { responseFormat: 'PLAIN' } } }
    const knowledge: KnowledgeInput = {
      ...{ kind: 'file', fileName: 'a', text: 'x' },
      vendor: { livechatai: { fileType: 'pdf' } },
    }
    // @ts-expect-error it is no such word
    const wrongType: KnowledgeInput = { kind: 'file', text: 'x', vendor: { livechatai: { fileType: 'PDF' } } }
    const conversation: CreateConversationInput = { contact: 'p-1', vendor: { livechatai: { country: 'AT' } } }
    // @ts-expect-error there is no such option
    const wrongKey: ConversationQuery = { vendor: { livechatai: { view: 'v' } } }
    // @ts-expect-error it is no such word
    const wrongValue: ConversationQuery = { vendor: { livechatai: { type: 'mine' } } }
    // @ts-expect-error it belongs to another operation
    const wrongPlace: ReplyInput = { text: 'x', vendor: { livechatai: { responseFormat: 'PLAIN' } } }
    // @ts-expect-error there is no such vendor
    const wrongVendor: AskInput = { text: 'x', vendor: { liveChatAI: {} } }
    expectTypeOf([
      query,
      input,
      knowledge,
      wrongType,
      conversation,
      wrongKey,
      wrongValue,
      wrongPlace,
      wrongVendor,
    ]).toBeArray()
  })
})
