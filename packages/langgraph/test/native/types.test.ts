import type { LangGraph, LangGraphRunPayload, LangGraphThreadPayload } from '@parley/langgraph'
import { describe, expectTypeOf, it } from 'vitest'

type Native = LangGraph['native']

describe('the types of native', () => {
  it('name the answer of each endpoint', () => {
    const calls = (native: Native) => ({
      thread: native.request('GET /threads/{threadId}', { path: { threadId: 't' } }),
      runs: native.request('GET /threads/{threadId}/runs', { path: { threadId: 't' } }),
      events: native.request('POST /runs/stream', { body: { assistant_id: 'desk' } }),
    })
    type Calls = ReturnType<typeof calls>
    expectTypeOf<Awaited<Calls['thread']>>().toEqualTypeOf<LangGraphThreadPayload>()
    expectTypeOf<Awaited<Calls['runs']>>().toEqualTypeOf<LangGraphRunPayload[]>()
    expectTypeOf<Awaited<Calls['events']>>().toEqualTypeOf<string>()
  })

  it('refuse undocumented requests', () => {
    const calls = (native: Native): unknown[] => [
      // @ts-expect-error there is no such endpoint
      native.request('PUT /threads/{threadId}', { path: { threadId: 't' } }),
      // @ts-expect-error the id is missing
      native.request('GET /threads/{threadId}'),
      // @ts-expect-error the id has another name
      native.request('GET /threads/{threadId}', { path: { id: 't' } }),
      // @ts-expect-error the assistant is missing
      native.request('POST /runs/wait', { body: { input: {} } }),
      // @ts-expect-error there is no such strategy
      native.request('POST /runs', { body: { assistant_id: 'desk', multitask_strategy: 'wait' } }),
    ]
    expectTypeOf(calls).toBeFunction()
  })
})
