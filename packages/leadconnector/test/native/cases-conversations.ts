import { type Case, family } from './case.ts'

const row = family('2021-04-15')
const newer = family('v3')

const conversationId = 'cnv/81'
const messageId = 'msg 3'
const locationId = 'loc_1'
const messages = '/conversations/messages'
const subtypes = '/conversations/preferences/custom-subtypes'

export function uploadForm(): FormData {
  const form = new FormData()
  form.append('locationId', locationId)
  form.append('conversationId', conversationId)
  form.append('fileAttachment', new Blob(['%PDF-1.7']), 'offer.pdf')
  return form
}

const call = { to: '+15550100', from: '+15550199', status: 'completed' as const }

export const conversationCases: Case[] = [
  row(
    'GET /conversations/search',
    '/conversations/search?locationId=loc_1&contactId=ctc_5&id=cnv_1&query=%2B15550100&assignedTo=usr_1%2Cunassigned' +
      '&followers=usr_1&mentions=usr_2&status=unread&lastMessageType=TYPE_SMS&lastMessageDirection=inbound' +
      '&lastMessageAction=manual&sortBy=last_message_date&sort=desc&startAfterDate=1767312000000&startAfterDate=7' +
      '&limit=100&startDate=1767225600000&endDate=1767312000000&sortScoreProfile=s&scoreProfile=p&scoreProfileMin=1' +
      '&scoreProfileMax=2',
    {
      query: {
        locationId,
        contactId: 'ctc_5',
        id: 'cnv_1',
        query: '+15550100',
        assignedTo: 'usr_1,unassigned',
        followers: 'usr_1',
        mentions: 'usr_2',
        status: 'unread',
        lastMessageType: 'TYPE_SMS',
        lastMessageDirection: 'inbound',
        lastMessageAction: 'manual',
        sortBy: 'last_message_date',
        sort: 'desc',
        startAfterDate: [1_767_312_000_000, 7],
        limit: 100,
        startDate: 1_767_225_600_000,
        endDate: 1_767_312_000_000,
        sortScoreProfile: 's',
        scoreProfile: 'p',
        scoreProfileMin: 1,
        scoreProfileMax: 2,
      },
    },
    'query.locationId',
  ),
  row('GET /conversations/{conversationId}', '/conversations/cnv%2F81', { path: { conversationId } }),
  row(
    'POST /conversations/',
    '/conversations/',
    { body: { locationId, contactId: 'ctc_5' } },
    'body.locationId, body.contactId',
  ),
  row(
    'PUT /conversations/{conversationId}',
    '/conversations/cnv%2F81',
    { path: { conversationId }, body: { locationId, unreadCount: 0, starred: true, feedback: 'positive' } },
    'body.locationId',
  ),
  row('DELETE /conversations/{conversationId}', '/conversations/cnv%2F81', { path: { conversationId } }),
  row(
    'GET /conversations/{conversationId}/messages',
    '/conversations/cnv%2F81/messages?lastMessageId=msg_1&limit=20&type=TYPE_SMS%2CTYPE_INTERNAL_COMMENTS',
    {
      path: { conversationId },
      query: { lastMessageId: 'msg_1', limit: 20, type: 'TYPE_SMS,TYPE_INTERNAL_COMMENTS' },
    },
  ),
  row('GET /conversations/messages/{id}', `${messages}/msg%203`, { path: { id: messageId } }),
  row('GET /conversations/messages/email/{id}', `${messages}/email/eml_1`, { path: { id: 'eml_1' } }),
  row(
    'GET /conversations/messages/export',
    `${messages}/export?locationId=loc_1&limit=500&cursor=c&sortBy=updatedAt&sortOrder=asc&conversationId=cnv_1` +
      '&contactId=ctc_5&channel=Email&startDate=2026-01-01T00%3A00%3A00Z&endDate=2026-02-01T00%3A00%3A00Z',
    {
      query: {
        locationId,
        limit: 500,
        cursor: 'c',
        sortBy: 'updatedAt',
        sortOrder: 'asc',
        conversationId: 'cnv_1',
        contactId: 'ctc_5',
        channel: 'Email',
        startDate: '2026-01-01T00:00:00Z',
        endDate: '2026-02-01T00:00:00Z',
      },
    },
    'query.locationId',
  ),
  row(
    'POST /conversations/messages',
    messages,
    {
      body: {
        type: 'Email',
        contactId: 'ctc_5',
        html: '<p>Hello</p>',
        subject: 'Hello',
        attachments: ['https://files.example/a.pdf'],
        emailTo: 'ada@quill.example',
        emailReplyMode: 'reply_all',
        scheduledTimestamp: 1_767_312_000,
        forward: { isForwarded: true, toEmail: 'b@quill.example' },
        whatsapp: { type: 'media', media: { type: 'image', url: 'https://files.example/a.png' } },
      },
    },
    'body.type, body.contactId',
  ),
  row(
    'POST /conversations/messages/inbound',
    `${messages}/inbound`,
    { body: { type: 'Live_Chat', conversationId, contactId: 'ctc_5', message: 'When do you open?', call } },
    'body.type, body.conversationId | body.contactId',
  ),
  row(
    'POST /conversations/messages/outbound',
    `${messages}/outbound`,
    { body: { type: 'Call', conversationId, conversationProviderId: 'prv_1', altId: 'mine', call } },
    'body.type, body.conversationId, body.conversationProviderId',
  ),
  row(
    'PUT /conversations/messages/{messageId}/status',
    `${messages}/msg%203/status`,
    {
      path: { messageId },
      body: {
        status: 'failed',
        error: { code: '1', type: 'carrier', message: 'no route' },
        recipients: ['a', { emailId: 'b', status: 'failed' }],
      },
    },
    'body.status',
  ),
  newer(
    'PUT /conversations/messages/email/{id}/status',
    `${messages}/email/eml_1/status`,
    {
      path: { id: 'eml_1' },
      body: { status: 'clicked', events: { clicked: 1, own: 2 }, recipients: [{ emailId: 'e', status: 'clicked' }] },
    },
    'body.status',
  ),
  row('DELETE /conversations/messages/{messageId}/schedule', `${messages}/msg%203/schedule`, { path: { messageId } }),
  row('DELETE /conversations/messages/email/{emailMessageId}/schedule', `${messages}/email/eml_1/schedule`, {
    path: { emailMessageId: 'eml_1' },
  }),
  row(
    'PUT /conversations/messages/{messageId}/attachments',
    `${messages}/msg%203/attachments`,
    { path: { messageId }, body: { attachments: ['https://files.example/a.wav'] } },
    'body.attachments',
  ),
  row('POST /conversations/messages/upload', `${messages}/upload`, { body: uploadForm() }, 'body.locationId'),
  row(
    'GET /conversations/messages/{messageId}/locations/{locationId}/recording',
    `${messages}/msg%203/locations/loc_1/recording`,
    { path: { messageId, locationId } },
    '',
    new TextEncoder().encode('RIFF'),
  ),
  row(
    'GET /conversations/locations/{locationId}/messages/{messageId}/transcription',
    '/conversations/locations/loc_1/messages/msg%203/transcription',
    { path: { messageId, locationId } },
  ),
  row(
    'GET /conversations/locations/{locationId}/messages/{messageId}/transcription/download',
    '/conversations/locations/loc_1/messages/msg%203/transcription/download',
    { path: { messageId, locationId } },
    '',
    'Speaker 0: Hello',
  ),
  row(
    'POST /conversations/providers/live-chat/typing',
    '/conversations/providers/live-chat/typing',
    { body: { locationId, isTyping: false, visitorId: 'vis_1', conversationId } },
    'body.locationId, body.isTyping, body.visitorId, body.conversationId',
  ),
  row(
    'GET /conversations/preferences/custom-subtypes',
    `${subtypes}?locationId=loc_1`,
    { query: { locationId } },
    'query.locationId',
  ),
  row(
    'POST /conversations/preferences/custom-subtypes',
    `${subtypes}?locationId=loc_1`,
    { query: { locationId }, body: { name: 'News', description: 'Every week', channel: 'email', language: 'en' } },
    'query.locationId, body.name, body.channel, body.language',
  ),
  row(
    'PUT /conversations/preferences/custom-subtypes/{id}',
    `${subtypes}/sub_1?locationId=loc_1`,
    {
      path: { id: 'sub_1' },
      query: { locationId },
      body: { name: 'Old news', description: 'Never', archived: true, resubscription_legal_form_id: 'form_1' },
    },
    'query.locationId',
  ),
  row(
    'GET /conversations/preferences/unsubscriptions/status',
    '/conversations/preferences/unsubscriptions/status?locationId=loc_1&contactId=ctc_5&email=ada%40quill.example',
    { query: { locationId, contactId: 'ctc_5', email: 'ada@quill.example' } },
    'query.locationId, query.contactId',
  ),
  row(
    'POST /conversations/preferences/unsubscriptions/user-change',
    '/conversations/preferences/unsubscriptions/user-change',
    {
      body: {
        locationId,
        contactId: 'ctc_5',
        email: 'ada@quill.example',
        subscription_action: { type: 'custom', subtype_id: 'sub_1', subtype_status: 'subscribed' },
        legal_reason: 'She asked for it',
        legal_description: 'On the phone',
      },
    },
    'body.locationId, body.contactId, body.email, body.subscription_action, body.subscription_action.type' +
      ', body.subscription_action.subtype_status',
  ),
]
