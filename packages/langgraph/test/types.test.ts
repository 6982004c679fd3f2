import type { Adapter, AskInput, ConversationQuery, ReplyInput } from '@parley/core'
import type { LangGraph, LangGraphMessagePayload, LangGraphThreadPayload } from '@parley/langgraph'
import { describe, expectTypeOf, it } from 'vitest'

describe('the types of langGraph', () => {
  it('are an adapter whose operations need no question mark', () => {
    expectTypeOf<LangGraph>().toExtend<Adapter>()
    expectTypeOf<LangGraph['messages']['provideInput']>().toBeFunction()
    expectTypeOf<LangGraph['contacts']>().not.toHaveProperty('list')
    expectTypeOf<LangGraph['messages']>().not.toHaveProperty('note')
    expectTypeOf<LangGraph['control']>().not.toHaveProperty('takeOver')
  })

  it('say what raw has', () => {
    type Got = Awaited<ReturnType<LangGraph['conversations']['get']>>
    expectTypeOf<NonNullable<Got['raw']>>().toEqualTypeOf<LangGraphThreadPayload>()
    type Listed = Awaited<ReturnType<LangGraph['messages']['list']>>['items'][number]
    expectTypeOf<NonNullable<Listed['raw']>>().toEqualTypeOf<LangGraphMessagePayload>()
  })

  it('know this vendor’s own options, and no other keys', () => {
    const query: ConversationQuery = { vendor: { langgraph: { status: 'interrupted', metadata: { channel: 'web' } } } }
    const input: AskInput = { text: 'x', vendor: { langgraph: { background: true, multitaskStrategy: 'enqueue' } } }
    // @ts-expect-error there is no such status
    const wrongStatus: ConversationQuery = { vendor: { langgraph: { status: 'done' } } }
    // @ts-expect-error there is no such strategy
    const wrongStrategy: AskInput = { text: 'x', vendor: { langgraph: { multitaskStrategy: 'wait' } } }
    // @ts-expect-error it belongs to another operation
    const wrongPlace: ReplyInput = { text: 'x', vendor: { langgraph: { background: true } } }
    type Streamed = Parameters<LangGraph['messages']['stream']>[1]
    // @ts-expect-error a stream waits for its answer
    const wrongStream: Streamed = { text: 'x', vendor: { langgraph: { background: true } } }
    expectTypeOf<Streamed>({ text: 'x', vendor: { langgraph: { multitaskStrategy: 'enqueue' } } }).toExtend<AskInput>()
    expectTypeOf(wrongStream).toExtend<AskInput>()
    expectTypeOf([query, input, wrongStatus, wrongStrategy, wrongPlace]).toBeArray()
  })
})
