import type { NativeInput } from '@parley/core'
import type { LiveChatAIEndpoints } from '@parley/livechatai'
import type { NativeCase } from '@parley/testkit/native'

function row<Route extends keyof LiveChatAIEndpoints>(
  route: Route,
  uri: string,
  input: NativeInput<Route, LiveChatAIEndpoints[Route]>,
  requires: string[] = [],
): NativeCase {
  return { route, uri, input: input as NativeCase['input'], requires, status: 200 }
}

const filters = {
  sort: 'asc',
  status: 'close',
  startDate: 1_738_000_000,
  endDate: '2025-02-01',
  viewId: 'view-1',
  assignedTo: 'ai',
  sentiment: 'NEGATIVE',
  topic: 'Delivery & returns',
  channel: 'FULLPAGE',
  resolution: 'AIDidNotHelp',
} as const
const filtered =
  'sort=asc&status=close&startDate=1738000000&endDate=2025-02-01&viewId=view-1&assignedTo=ai&sentiment=NEGATIVE&topic=Delivery%20%26%20returns&channel=FULLPAGE&resolution=AIDidNotHelp'

const days = { agentId: 'bot-1', startDate: '2026-01-01', endDate: '2026-01-31', timezone: 'Europe/Vienna' }
const inDays = 'agentId=bot-1&startDate=2026-01-01&endDate=2026-01-31&timezone=Europe%2FVienna'
const period = ['query.agentId', 'query.startDate', 'query.endDate']

export const cases: NativeCase[] = [
  row('GET /agents', '/agents?page=2&limit=100', { query: { page: 2, limit: 100 } }),
  row('POST /agents', '/agents', { body: { name: 'Helper', isLiveChatEnabled: false, isImageSharingEnabled: true } }, [
    'body.name',
    'body.isLiveChatEnabled',
  ]),
  row('GET /agents/{agentId}', '/agents/bot-1?isEmbed=true', { path: { agentId: 'bot-1' }, query: { isEmbed: true } }),
  row('DELETE /agents/{agentId}', '/agents/bot-1', { path: { agentId: 'bot-1' } }),

  row(
    'GET /conversations',
    `/conversations?agentId=bot-1&page=1&perPage=1&type=your-inbox&${filtered}`,
    { query: { agentId: 'bot-1', page: 1, perPage: 1, type: 'your-inbox', ...filters } },
    ['query.agentId'],
  ),
  row(
    'POST /conversations',
    '/conversations',
    {
      body: {
        ...{ question: 'When do you open?', agentId: 'bot-1', conversationId: 'chat-1', contactId: 'contact-1' },
        ...{ messageType: 'IMAGE', streaming: false, ip: '192.0.2.7', country: 'AT' },
        ...{ responseFormat: 'PLAIN', integrationType: 'SLACK' },
      },
    },
    ['body.question', 'body.agentId'],
  ),
  row(
    'POST /conversations/create',
    '/conversations/create',
    {
      body: { agentId: 'bot-1', contactId: 'contact-1', integrationType: 'WHATSAPP', ip: '192.0.2.7', country: 'AT' },
    },
    ['body.agentId'],
  ),
  row('GET /conversations/{conversationId}', '/conversations/chat-1', { path: { conversationId: 'chat-1' } }),
  row(
    'POST /conversations/{conversationId}/reply',
    '/conversations/chat-1/reply',
    { path: { conversationId: 'chat-1' }, body: { message: 'Hello', userId: 'user-1', messageType: 'TEXT' } },
    ['body.message', 'body.userId'],
  ),
  row('POST /conversations/{conversationId}/end', '/conversations/chat-1/end', {
    path: { conversationId: 'chat-1' },
    body: { userId: 'user-1' },
  }),
  row(
    'GET /conversations/views',
    '/conversations/views?agentId=bot-1&page=3&perPage=50&search=angry',
    { query: { agentId: 'bot-1', page: 3, perPage: 50, search: 'angry' } },
    ['query.agentId'],
  ),

  row(
    'POST /contacts',
    '/contacts',
    {
      body: {
        ...{ agentId: 'bot-1', distinctId: 'crm-1', contactId: 'contact-1', userHash: 'hash', name: 'Ada Quill' },
        ...{ email: 'ada@quill.example', phone: '+15550142', attributes: { tier: 'gold', age: 7, vip: true } },
      },
    },
    ['body.agentId', 'body.distinctId'],
  ),
  row('GET /contacts', '/contacts?agentId=bot-1&page=1&limit=1', { query: { agentId: 'bot-1', page: 1, limit: 1 } }, [
    'query.agentId',
  ]),
  row('GET /contacts/{contactId}', '/contacts/contact-1', { path: { contactId: 'contact-1' } }),
  row('GET /contacts/{contactId}/conversations', `/contacts/contact-1/conversations?page=1&perPage=100&${filtered}`, {
    path: { contactId: 'contact-1' },
    query: { page: 1, perPage: 100, ...filters },
  }),

  row(
    'GET /data-sources',
    '/data-sources?agentId=bot-1&source=ALL&page=1&limit=100',
    { query: { agentId: 'bot-1', source: 'ALL', page: 1, limit: 100 } },
    ['query.agentId'],
  ),
  row('POST /data-sources/url', '/data-sources/url', { body: { agentId: 'bot-1', url: 'https://shop.example/faq' } }, [
    'body.agentId',
    'body.url',
  ]),
  row(
    'POST /data-sources/text',
    '/data-sources/text',
    { body: { agentId: 'bot-1', title: 'Hours', content: 'We open at nine.' } },
    ['body.agentId', 'body.title', 'body.content'],
  ),
  row(
    'POST /data-sources/qa',
    '/data-sources/qa',
    {
      body: {
        ...{ agentId: 'bot-1', question: 'When?', answer: 'At nine.' },
        ...{ isGeneratedByAI: true, relatedMessageId: 'message-1' },
      },
    },
    ['body.agentId', 'body.question', 'body.answer'],
  ),
  row(
    'POST /data-sources/file',
    '/data-sources/file',
    { body: { agentId: 'bot-1', title: 'Hours.docx', content: 'We open at nine.', fileType: 'docx' } },
    ['body.agentId', 'body.title', 'body.content', 'body.fileType'],
  ),
  row(
    'DELETE /data-sources',
    '/data-sources',
    { body: { agentId: 'bot-1', source: 'QA', id: 'source-1', ids: ['source-2'] } },
    ['body.agentId', 'body.source', 'body.id | body.ids'],
  ),

  row(
    'GET /ai-suggestions',
    '/ai-suggestions?agentId=bot-1&page=1&limit=10&startDate=2026-01-01T00%3A00%3A00Z&endDate=2026-02-01T00%3A00%3A00Z',
    {
      query: {
        ...{ agentId: 'bot-1', page: 1, limit: 10 },
        ...{ startDate: '2026-01-01T00:00:00Z', endDate: '2026-02-01T00:00:00Z' },
      },
    },
    ['query.agentId'],
  ),
  row('GET /ai-suggestions/{suggestionId}', '/ai-suggestions/message-1', { path: { suggestionId: 'message-1' } }),
  row('DELETE /ai-suggestions/{suggestionId}', '/ai-suggestions/message-1', { path: { suggestionId: 'message-1' } }),

  row('GET /analytics', `/analytics?${inDays}`, { query: days }, period),
  row(
    'GET /analytics/agent',
    `/analytics/agent?${inDays}&userId=user-1`,
    { query: { ...days, userId: 'user-1' } },
    period,
  ),
  row('GET /analytics/ai-functions', `/analytics/ai-functions?${inDays}`, { query: days }, period),
  row(
    'GET /analytics/csat',
    `/analytics/csat?${inDays}&page=1&pageSize=100`,
    { query: { ...days, page: 1, pageSize: 100 } },
    period,
  ),
  row(
    'GET /analytics/topics',
    `/analytics/topics?${inDays}&showAllTopics=true`,
    { query: { ...days, showAllTopics: true } },
    period,
  ),
  row('GET /analytics/sentiments', `/analytics/sentiments?${inDays}`, { query: days }, period),
]
