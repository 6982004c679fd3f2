import type { AgentConversation, AgentConversationConversationPayload } from '@parley/agent-conversation'
import type { Adapter, AskInput, ConversationQuery, Message } from '@parley/core'
import { describe, expectTypeOf, it } from 'vitest'

describe('the types', () => {
  it('are those of an adapter whose operations need no question mark', () => {
    expectTypeOf<AgentConversation>().toExtend<Adapter>()
    expectTypeOf<AgentConversation['messages']['ask']>().toBeFunction()
    expectTypeOf<AgentConversation>().not.toHaveProperty('sources')
    expectTypeOf<AgentConversation['messages']>().not.toHaveProperty('note')
  })

  it('name the type of `raw`', () => {
    type Listed = Awaited<ReturnType<AgentConversation['conversations']['get']>>
    expectTypeOf<NonNullable<Listed['raw']>>().toEqualTypeOf<AgentConversationConversationPayload>()
    expectTypeOf<Message<AgentConversationConversationPayload>>().toExtend<Message>()
  })

  it('accept this vendor’s options and no other keys', () => {
    const query: ConversationQuery = { vendor: { 'agent-conversation': { withFeedbacksOnly: true } } }
    const input: AskInput = { text: 'x', vendor: { 'agent-conversation': { sync: true } } }
    // @ts-expect-error there is no such option
    const wrongKey: ConversationQuery = { vendor: { 'agent-conversation': { withFeedbackOnly: true } } }
    // @ts-expect-error it is no text
    const wrongValue: AskInput = { text: 'x', vendor: { 'agent-conversation': { sync: 'yes' } } }
    // @ts-expect-error it belongs to another operation
    const wrongPlace: AskInput = { text: 'x', vendor: { 'agent-conversation': { withFeedbacksOnly: true } } }
    // @ts-expect-error there is no such vendor
    const wrongVendor: AskInput = { text: 'x', vendor: { 'agent-conversations': {} } }
    expectTypeOf([query, input, wrongKey, wrongValue, wrongPlace, wrongVendor]).toBeArray()
  })
})
