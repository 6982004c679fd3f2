import type {
  AgentConversation,
  AgentConversationRawMessage,
  AgentConversationRawUser,
} from '@parley/agent-conversation'
import { describe, expectTypeOf, it } from 'vitest'

type Native = AgentConversation['native']
const path = { id: 'c' }
const ada = { firstName: 'Ada', lastName: 'Quill' }

describe('the types of native', () => {
  it('say what each endpoint answers', () => {
    const calls = (native: Native) => ({
      users: native.request('GET /agents/users'),
      reply: native.request('POST /conversations/{id}/messages', { path, body: { message: 'x' } }),
      deleted: native.request('DELETE /conversations', { body: { conversationUserId: 'u' } }),
      pending: native.request('GET /prompts/{id}/response-on', { path }),
    })
    type Calls = ReturnType<typeof calls>
    expectTypeOf<Awaited<Calls['users']>['data']>().toEqualTypeOf<AgentConversationRawUser[]>()
    expectTypeOf<Awaited<Calls['reply']>>().toEqualTypeOf<AgentConversationRawMessage>()
    expectTypeOf<Awaited<Calls['deleted']>>().toBeUndefined()
    expectTypeOf<null>().toExtend<Awaited<Calls['pending']>>()
  })

  it('refuse what the reference does not have', () => {
    const calls = (native: Native): unknown[] => [
      // @ts-expect-error there is no such endpoint
      native.request('DELETE /conversations/{id}', { path }),
      // @ts-expect-error the id is missing
      native.request('GET /conversations/{id}'),
      // @ts-expect-error the question's id is missing
      native.request('GET /conversations/{id}/messages/{questionMessageId}/response-on', { path }),
      // @ts-expect-error the filter has another name
      native.request('GET /conversations', { query: { conversationUserId: 'u' } }),
      // @ts-expect-error the user is missing
      native.request('POST /conversations', { body: { title: 'x' } }),
      // @ts-expect-error the body is missing
      native.request('DELETE /conversations'),
      // @ts-expect-error there is no such mode
      native.request('PUT /conversations/{id}/mode', { path, body: { mode: 'human' } }),
      // @ts-expect-error there is no such status
      native.request('PUT /conversations/{id}', { path, body: { status: 'closed' } }),
      // @ts-expect-error a text message needs a number
      native.request('POST /conversations/start', { body: { ...ada, channel: 'sms', smsIntroduction: 'x' } }),
      // @ts-expect-error nothing to find the user by
      native.request('POST /users', { body: ada }),
      // @ts-expect-error nothing to look for
      native.request('GET /users/search', { query: {} }),
      // @ts-expect-error a form, not JSON
      native.request('POST /agent-files/upload', { body: { file: 'x' } }),
      // @ts-expect-error it takes no body
      native.request('GET /agents/by-api-key', { body: {} }),
    ]
    expectTypeOf(calls).toBeFunction()
  })
})
