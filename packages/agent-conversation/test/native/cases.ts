import type { AgentConversationEndpoints } from '@parley/agent-conversation'
import type { NativeInput } from '@parley/core'
import type { NativeCase } from '@parley/testkit/native'

function row<Route extends keyof AgentConversationEndpoints>(
  route: Route,
  uri: string,
  input: NativeInput<Route, AgentConversationEndpoints[Route]>,
  requires: string[] = [],
  status = 200,
): NativeCase {
  const given = input as NativeCase['input']
  const channel = given.body && !(given.body instanceof FormData) ? given.body['channel'] : undefined
  return { route, uri, input: given, requires, status, ...(channel !== undefined && { variant: String(channel) }) }
}

const path = { id: 'c 1' }
const files = [{ fileName: 'photo.png', storagePath: 'uploads/1' }]
const limits = {
  ...{ tokensAmountPerMonth: 1_000, smsAmountPerMonth: 0, emailsAmountPerMonth: 20 },
  secondsAmountPerMonth: 600,
}
const users = { page: 2, pageSize: 50, orderBy: 'createdAt', orderDirection: 'DESC' } as const
const inUsers = 'page=2&pageSize=50&orderBy=createdAt&orderDirection=DESC'
const upload = { fileName: 'photo.png', contentType: 'image/png' }
const person = {
  ...{ firstName: 'Ada', lastName: 'Quill', email: 'ada@quill.example', phoneNumber: '+15550142' },
  ...{ fkId: 'crm-1', fkUserId: 'person-1', context: 'A regular', source: 'crm', customData: { tier: 'gold' } },
  ...{ skipPhoneNumberValidation: true, skipEmailValidation: false },
}
const agent = {
  ...{ name: 'night', publicName: 'Nora', description: 'At night', tags: ['night'], outputJsonSchema: '{}' },
  ...{ model: 'gpt-5-mini', instructions: 'Be kind.', topP: 1, temperature: 0, restrictDocumentsToOwnerOnly: true },
  ...{ isFileSearchEnabled: true, fileSearchMaxNumResults: 8, isCodeInterpreterEnabled: false },
  ...{ reasoningEffort: 'xhigh' as const, reasoningMode: 'pro' as const, isOutputJsonSchemaEnabled: false },
}
const newAgent = { ...agent, roleId: 'role-1', isApiSkillEnabled: true }
const changedAgent = {
  ...agent,
  ...{ status: 'draft' as const, defaultErrorMessage: 'Later, please.' },
  ...{ avatarUrl: 'https://quill.example/nora.png', backgroundUrl: 'https://quill.example/night.png' },
}
const fourAmounts = Object.keys(limits).map((name) => `body.${name}`)
export const form = (): FormData => {
  const data = new FormData()
  data.set('file', new File(['We open at nine.'], 'hours.txt', { type: 'text/plain' }))
  data.set('autoAddToVectorStore', 'true')
  return data
}

const started = {
  ...person,
  ...{ conversationContext: 'A parcel', conversationStateId: 'state-1', authorId: 'person-1' },
}
const email = {
  channel: 'email',
  emailSubject: 'Your parcel',
  emailIntroduction: 'Hello Ada',
  includeSignatureInEmail: true,
  resetConversation: true,
} as const
const sms = {
  channel: 'sms',
  smsIntroduction: 'Hello Ada',
  includeSignatureInSms: false,
  resetConversation: false,
} as const
const voice = { channel: 'voice', firstMessage: 'Hello Ada' } as const

export const cases: NativeCase[] = [
  row(
    'GET /conversations',
    '/conversations?page=1&pageSize=10&orderBy=updatedAt&orderDirection=ASC&searchKeyword=late%20parcel&userId=u-1&startDate=2026-01-01T00%3A00%3A00Z&endDate=2026-02-01T00%3A00%3A00Z&withFeedbacksOnly=true',
    {
      query: {
        page: 1,
        pageSize: 10,
        orderBy: 'updatedAt',
        orderDirection: 'ASC',
        searchKeyword: 'late parcel',
        userId: 'u-1',
        startDate: '2026-01-01T00:00:00Z',
        endDate: '2026-02-01T00:00:00Z',
        withFeedbacksOnly: true,
      },
    },
  ),
  row(
    'POST /conversations',
    '/conversations',
    {
      body: {
        ...{ conversationUserId: 'u-1', title: 'Late parcel', context: 'Second time' },
        ...{ customData: { order: 'A-19', items: [1] }, conversationStateId: 'state-1' },
      },
    },
    ['body.conversationUserId'],
    201,
  ),
  row('DELETE /conversations', '/conversations', { body: { conversationUserId: 'u-1' } }, ['body.conversationUserId']),
  row('GET /conversations/states', '/conversations/states', {}),
  row('GET /conversations/{id}', '/conversations/c%201', { path }),
  row('PUT /conversations/{id}', '/conversations/c%201', {
    path,
    body: { title: 'Late', context: 'Third time', status: 'archived', conversationStateId: 'state-2' },
  }),
  row(
    'POST /conversations/start',
    '/conversations/start',
    { body: { ...started, ...email } },
    ['body.firstName', 'body.lastName', 'body.channel', 'body.email', 'body.emailSubject', 'body.emailIntroduction'],
    201,
  ),
  row(
    'GET /conversations/{id}/messages',
    '/conversations/c%201/messages?shouldIncludeFeedbacks=true&orderDirection=DESC',
    {
      path,
      query: { shouldIncludeFeedbacks: true, orderDirection: 'DESC' },
    },
  ),
  row(
    'POST /conversations/{id}/messages',
    '/conversations/c%201/messages',
    { path, body: { message: 'Where is it?', context: 'Angry', files } },
    ['body.message'],
    201,
  ),
  row(
    'POST /conversations/{id}/messages/async',
    '/conversations/c%201/messages/async',
    { path, body: { message: 'Where is it?', context: 'Angry', files } },
    ['body.message'],
    201,
  ),
  row(
    'GET /conversations/{id}/messages/{questionMessageId}/response-on',
    '/conversations/c%201/messages/m%2F1/response-on',
    { path: { ...path, questionMessageId: 'm/1' } },
  ),
  row('PUT /conversations/{id}/mode', '/conversations/c%201/mode', { path, body: { mode: 'manual' } }),
  row(
    'POST /conversations/{id}/send-manual-message',
    '/conversations/c%201/send-manual-message',
    { path, body: { message: 'I will look.', conversationMessageId: 'm-1', authorId: 'person-1', files } },
    ['body.message'],
  ),
  row(
    'POST /conversations/{id}/message-files/upload-url',
    '/conversations/c%201/message-files/upload-url',
    { path, body: upload },
    ['body.fileName', 'body.contentType'],
  ),
  row(
    'GET /conversations/{id}/message-files/{fileId}/signed-url',
    '/conversations/c%201/message-files/f-1/signed-url',
    { path: { ...path, fileId: 'f-1' } },
  ),

  row(
    'POST /users',
    '/users',
    { body: person },
    ['body.firstName', 'body.lastName', 'body.phoneNumber | body.email | body.fkId'],
    201,
  ),
  row('GET /users/search', '/users/search?email=ada%40quill.example', { query: { email: 'ada@quill.example' } }, [
    'query.email | query.phoneNumber | query.fkId',
  ]),
  row('GET /users/{id}', '/users/c%201', { path }),
  row('DELETE /users/{id}', '/users/c%201', { path }),
  row('GET /users/{id}/limits', '/users/c%201/limits', { path }),
  row('POST /users/{id}/limits', '/users/c%201/limits', { path, body: limits }, fourAmounts, 201),
  row('PUT /users/{id}/limits', '/users/c%201/limits', { path, body: limits }, fourAmounts),
  row('DELETE /users/{id}/limits', '/users/c%201/limits', { path }),
  row('GET /agents/users', `/agents/users?${inUsers}`, { query: users }),

  row('GET /agents/by-api-key', '/agents/by-api-key', {}),
  row(
    'GET /agents/statistic',
    '/agents/statistic?startDate=2026-01-01&endDate=2026-02-01&fkId=crm-1&fkUserId=person-1&userId=u-1&conversationUserId=u-2',
    {
      query: {
        startDate: '2026-01-01',
        endDate: '2026-02-01',
        fkId: 'crm-1',
        fkUserId: 'person-1',
        userId: 'u-1',
        conversationUserId: 'u-2',
      },
    },
  ),
  row('GET /agents/limits', '/agents/limits', {}),
  row('POST /agents/limits', '/agents/limits', { body: limits }, fourAmounts, 201),
  row('PUT /agents/limits', '/agents/limits', { body: limits }, fourAmounts),
  row('DELETE /agents/limits', '/agents/limits', {}),
  row(
    'POST /agents',
    '/agents',
    { body: newAgent },
    ['body.roleId', 'body.name', 'body.publicName', 'body.outputJsonSchema', 'body.tags'],
    201,
  ),
  row('PUT /agents/{id}', '/agents/c%201', { path, body: changedAgent }, ['body.outputJsonSchema']),
  row('GET /agents/{id}/users', `/agents/c%201/users?${inUsers}`, { path, query: users }),
  row('GET /agent-roles/by-api-key', '/agent-roles/by-api-key', {}),
  row('GET /platform-users', '/platform-users?role=copilot_admin', { query: { role: 'copilot_admin' } }),
  row(
    'POST /agents/webhooks',
    '/agents/webhooks',
    {
      body: {
        ...{ title: 'Inbox', description: 'To the inbox', url: 'https://inbox.example/hook' },
        ...{ triggerCondition: 'each_message' as const, headers: { 'X-Hook': 'hook-secret' } },
      },
    },
    ['body.title', 'body.description', 'body.url', 'body.triggerCondition'],
    201,
  ),

  row('POST /agent-files/upload', '/agent-files/upload', { body: form() }, ['body.file']),
  row('GET /agent-files/by-api-key', '/agent-files/by-api-key', {}),
  row('DELETE /agent-files', '/agent-files', { body: { fileIds: ['f-1', 'f-2'] } }, ['body.fileIds']),
  row('DELETE /agent-files/{id}/delete', '/agent-files/c%201/delete', { path }),
  row('DELETE /agent-files/{id}/delete-from-vector-store', '/agent-files/c%201/delete-from-vector-store', { path }),
  row('PUT /agent-files/{id}/add-to-vector-store', '/agent-files/c%201/add-to-vector-store', { path }),
  row('PUT /agent-files/{id}/add-to-vector-store/async', '/agent-files/c%201/add-to-vector-store/async', { path }),

  row('POST /prompts', '/prompts', { body: { prompt: 'Say hello', tokenTrackingId: 't-1', files } }, ['body.prompt']),
  row('POST /prompts/async', '/prompts/async', { body: { prompt: 'Say hello', tokenTrackingId: 't-1', files } }, [
    'body.prompt',
  ]),
  row('GET /prompts/{id}/response-on', '/prompts/c%201/response-on', { path }),
  row('POST /prompts/upload-url', '/prompts/upload-url', { body: upload }, ['body.fileName', 'body.contentType']),

  row(
    'POST /conversation-message-feedbacks',
    '/conversation-message-feedbacks',
    {
      body: {
        ...{ conversationMessageId: 'm-1', userId: 'u-1', voteType: 'down' as const, question: 'Where is it?' },
        ...{ answer: 'No idea', comment: 'Unhelpful' },
      },
    },
    ['body.conversationMessageId', 'body.userId', 'body.voteType', 'body.question'],
    201,
  ),
  row(
    'POST /resource-usage',
    '/resource-usage',
    { body: { type: 'VAPI_SECONDS', amount: 0 } },
    ['body.type', 'body.amount'],
    201,
  ),
]

/** The other two ways to start a conversation. */
export const otherStarts: NativeCase[] = [
  row(
    'POST /conversations/start',
    '/conversations/start',
    { body: { ...started, ...sms } },
    ['body.firstName', 'body.lastName', 'body.channel', 'body.phoneNumber', 'body.smsIntroduction'],
    201,
  ),
  row(
    'POST /conversations/start',
    '/conversations/start',
    { body: { ...started, ...voice } },
    ['body.firstName', 'body.lastName', 'body.channel', 'body.phoneNumber', 'body.firstMessage'],
    201,
  ),
]
