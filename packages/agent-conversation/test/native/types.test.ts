import type {
  AgentConversation,
  AgentConversationMessagePayload,
  AgentConversationUserPayload,
} from '@parley/agent-conversation'
import { describe, expectTypeOf, it } from 'vitest'

type Native = AgentConversation['native']
type Amounts = Record<
  'tokensAmountPerMonth' | 'smsAmountPerMonth' | 'emailsAmountPerMonth' | 'secondsAmountPerMonth',
  number
>
const path = { id: 'c' }
const ada = { firstName: 'Ada', lastName: 'Quill' }

describe('the types of native', () => {
  it('name the answer of each endpoint', () => {
    const calls = (native: Native) => ({
      users: native.request('GET /agents/users'),
      reply: native.request('POST /conversations/{id}/messages', { path, body: { message: 'x' } }),
      deleted: native.request('DELETE /conversations', { body: { conversationUserId: 'u' } }),
      pending: native.request('GET /prompts/{id}/response-on', { path }),
    })
    type Calls = ReturnType<typeof calls>
    expectTypeOf<Awaited<Calls['users']>['data']>().toEqualTypeOf<AgentConversationUserPayload[]>()
    expectTypeOf<Awaited<Calls['reply']>>().toEqualTypeOf<AgentConversationMessagePayload>()
    expectTypeOf<Awaited<Calls['deleted']>>().toBeUndefined()
    expectTypeOf<null>().toExtend<Awaited<Calls['pending']>>()
  })

  it('refuse undocumented requests', () => {
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

  it('take agents flat, as the reference documents them', () => {
    const needed = { roleId: 'r', name: 'night', publicName: 'Nora', outputJsonSchema: '{}', tags: [] }
    const { roleId: _r, ...noRole } = needed
    const { name: _n, ...noName } = needed
    const { publicName: _p, ...noPublicName } = needed
    const { outputJsonSchema: _o, ...noSchema } = needed
    const { tags: _t, ...noTags } = needed
    const outputJsonSchema = '{}'
    const calls = (native: Native): unknown[] => [
      native.request('POST /agents', { body: needed }),
      native.request('POST /agents', {
        body: { ...needed, temperature: 0.2, isFileSearchEnabled: true, fileSearchMaxNumResults: 8 },
      }),
      native.request('PUT /agents/{id}', { path, body: { outputJsonSchema, status: 'inactive', topP: 1 } }),
      native.request('PUT /agents/{id}', { path, body: { outputJsonSchema, isFileSearchEnabled: false } }),
      // @ts-expect-error the role is missing
      native.request('POST /agents', { body: noRole }),
      // @ts-expect-error the name is missing
      native.request('POST /agents', { body: noName }),
      // @ts-expect-error the public name is missing
      native.request('POST /agents', { body: noPublicName }),
      // @ts-expect-error the schema is missing
      native.request('POST /agents', { body: noSchema }),
      // @ts-expect-error the tags are missing
      native.request('POST /agents', { body: noTags }),
      // @ts-expect-error the body is missing
      native.request('POST /agents'),
      // @ts-expect-error a typo
      native.request('POST /agents', { body: { ...needed, temprature: 0.2 } }),
      // @ts-expect-error only answers have it
      native.request('POST /agents', { body: { ...needed, role: 'Assistant' } }),
      // @ts-expect-error only answers have it
      native.request('POST /agents', { body: { ...needed, aiConfig: { model: 'x' } } }),
      // @ts-expect-error only a change takes it
      native.request('POST /agents', { body: { ...needed, status: 'active' } }),
      // @ts-expect-error the schema is a text
      native.request('POST /agents', { body: { ...needed, outputJsonSchema: {} } }),
      // @ts-expect-error the temperature is a number
      native.request('POST /agents', { body: { ...needed, temperature: '0.2' } }),
      // @ts-expect-error there is no such effort
      native.request('POST /agents', { body: { ...needed, reasoningEffort: 'some' } }),
      // @ts-expect-error searching needs a number of results
      native.request('POST /agents', { body: { ...needed, isFileSearchEnabled: true } }),
      // @ts-expect-error the schema is missing
      native.request('PUT /agents/{id}', { path, body: { name: 'night' } }),
      // @ts-expect-error a role is for good
      native.request('PUT /agents/{id}', { path, body: { outputJsonSchema, roleId: 'r' } }),
      // @ts-expect-error only a new agent takes it
      native.request('PUT /agents/{id}', { path, body: { outputJsonSchema, isApiSkillEnabled: true } }),
      // @ts-expect-error a typo
      native.request('PUT /agents/{id}', { path, body: { outputJsonSchema, avatarURL: 'x' } }),
      // @ts-expect-error only answers have it
      native.request('PUT /agents/{id}', { path, body: { outputJsonSchema, aiConfig: {} } }),
    ]
    expectTypeOf(calls).toBeFunction()
  })

  it('require all four amounts of limits, and name the other documented values', () => {
    const three = { tokensAmountPerMonth: 1, smsAmountPerMonth: 1, emailsAmountPerMonth: 1 }
    const four = { ...three, secondsAmountPerMonth: 1 }
    const refused = (native: Native): unknown[] => [
      // @ts-expect-error the seconds are missing
      native.request('POST /agents/limits', { body: three }),
      // @ts-expect-error the seconds are missing
      native.request('PUT /agents/limits', { body: three }),
      // @ts-expect-error the seconds are missing
      native.request('POST /users/{id}/limits', { path, body: three }),
      // @ts-expect-error the seconds are missing
      native.request('PUT /users/{id}/limits', { path, body: three }),
      // @ts-expect-error a typo
      native.request('PUT /agents/limits', { body: { ...four, smsAmount: 1 } }),
    ]
    const calls = (native: Native) => ({
      made: native.request('POST /agents', {
        body: { roleId: 'r', name: 'n', publicName: 'N', outputJsonSchema: '{}', tags: ['night'] as const },
      }),
      limits: native.request('PUT /agents/limits', { body: four }),
      userLimits: native.request('GET /users/{id}/limits', { path }),
      usage: native.request('GET /agents/limits'),
      statistic: native.request('GET /agents/statistic'),
      roles: native.request('GET /agent-roles/by-api-key'),
      teammates: native.request('GET /platform-users'),
      voted: native.request('POST /conversation-message-feedbacks', {
        body: { conversationMessageId: 'm', userId: 'u', voteType: 'up', question: 'q' },
      }),
      noMode: native.request('PUT /conversations/{id}/mode', { path }),
    })
    type Answers = { [Name in keyof ReturnType<typeof calls>]: Awaited<ReturnType<typeof calls>[Name]> }
    expectTypeOf(refused).toBeFunction()
    expectTypeOf<Answers['made']['agentApiKey']>().toEqualTypeOf<string | null | undefined>()
    type Limits = Amounts & { id: string; agentId: string; isOrganizationDefault: boolean }
    expectTypeOf<Answers['limits']>().toExtend<Limits>()
    expectTypeOf<keyof Answers['limits']>().toEqualTypeOf<keyof Limits>()
    expectTypeOf<Answers['userLimits']['isOrganizationDefault']>().toEqualTypeOf<boolean>()
    expectTypeOf<keyof Answers['usage']>().toEqualTypeOf<
      'emailsAmount' | 'smsAmount' | 'tokensAmount' | 'secondsAmount'
    >()
    expectTypeOf<keyof Answers['statistic']>().toEqualTypeOf<
      | 'tokensUsed'
      | 'tokensPerConversation'
      | 'vapiSecondsUsed'
      | 'averageCallDuration'
      | 'smsUsed'
      | 'smsPerConversation'
      | 'emailsUsed'
      | 'emailsPerConversation'
    >()
    expectTypeOf<Extract<Answers['roles'], unknown[]>>().toEqualTypeOf<
      { id: string; name: string; description: string }[]
    >()
    expectTypeOf<Extract<Answers['teammates'], unknown[]>>().toEqualTypeOf<
      { id: string; email: string; phoneNumber: string; firstName: string; lastName: string }[]
    >()
    expectTypeOf<Answers['voted']['conversationMessageId']>().toEqualTypeOf<string>()
  })
})
