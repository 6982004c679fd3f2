// Shapes: the pages of the webhook events and the webhook guide; contents made up.

export const envelope = {
  locationId: 'loc_1',
  appId: 'app_1',
  versionId: 'app_1',
  timestamp: '2026-01-02T09:00:01.000Z',
  webhookId: '5f0e7c9a-0000-4000-8000-00000000000a',
}

export const inbound = {
  type: 'InboundMessage',
  ...envelope,
  contactId: 'ctc_5',
  conversationId: 'cnv_81',
  messageId: 'msg_4',
  body: 'Can I move it?',
  contentType: 'text/plain',
  attachments: [],
  direction: 'inbound',
  status: 'delivered',
  messageType: 'SMS',
  messageTypeId: 2,
  messageTypeString: 'TYPE_SMS',
  dateAdded: '2026-01-02T09:00:00.000Z',
}

/** The example of an outbound text, which says `inbound` and has no newer fields. */
export const outbound = {
  type: 'OutboundMessage',
  ...envelope,
  contactId: 'ctc_5',
  conversationId: 'cnv_81',
  messageId: 'msg_5',
  body: 'Of course.',
  contentType: 'text/plain',
  attachments: ['https://files.example/a.png'],
  direction: 'inbound',
  status: 'sent',
  messageType: 'SMS',
  source: 'app',
  dateAdded: '2026-01-02T09:00:00.000Z',
}

/** An email with the list of recipients of older examples, and the text that newer ones have. */
export const email = {
  type: 'OutboundMessage',
  ...envelope,
  contactId: 'ctc_5',
  conversationId: 'cnv_81',
  messageId: 'msg_9',
  emailMessageId: 'eml_2',
  threadId: 'thr_1',
  provider: 'Leadconnector Gmail',
  subject: 'Your slot',
  body: '<p>Tuesday</p><p>8:15</p>',
  plainText: 'Tuesday, 8:15',
  from: 'desk@harbour.example',
  to: ['ada@quill.example'],
  cc: 'bo@quill.example, cy@quill.example',
  ccList: ['bo@quill.example', 'cy@quill.example'],
  bcc: '',
  contentType: 'text/html',
  direction: 'outbound',
  status: 'delivered',
  messageType: 'Email',
  userId: 'usr_1',
  source: 'app',
  dateAdded: '2026-01-02T09:00:00.000Z',
}

/** The example of an inbound call, which is called an outbound message. */
export const voicemail = {
  type: 'OutboundMessage',
  ...envelope,
  contactId: 'ctc_5',
  conversationId: 'cnv_81',
  messageId: 'msg_11',
  attachments: ['https://files.example/voicemail.mp3'],
  direction: 'inbound',
  status: 'voicemail',
  messageType: 'CALL',
  callDuration: 12,
  callStatus: 'voicemail',
  dateAdded: '2026-01-02T09:00:00.000Z',
}

export const unread = {
  type: 'ConversationUnreadUpdate',
  ...envelope,
  id: 'cnv_81',
  contactId: 'ctc_5',
  unreadCount: 3,
  inbox: true,
  starred: false,
  deleted: false,
}

export const merge = {
  type: 'ConversationUpdate',
  ...envelope,
  companyId: 'com_1',
  contactId: 'ctc_5',
  newConversationId: 'cnv_81',
  oldConversationId: 'cnv_80',
}

export const contact = {
  type: 'ContactCreate',
  ...envelope,
  id: 'ctc_5',
  name: 'Ada Quill',
  firstName: 'Ada',
  lastName: 'Quill',
  email: 'ada@quill.example',
  phone: '+15550100',
  dnd: false,
  tags: ['vip'],
  country: 'AT',
  dateAdded: '2025-12-31T23:00:00.000Z',
  customFields: [{ id: 'fld_1', value: ['a', 'b'] }],
}

export const dnd = {
  type: 'ContactDndUpdate',
  ...envelope,
  id: 'ctc_5',
  dnd: true,
  dndSettings: { SMS: { status: 'active', message: '', code: '' }, Email: { status: 'inactive' } },
}

export const delivery = {
  contactId: 'ctc_5',
  locationId: 'loc_1',
  messageId: 'msg_12',
  type: 'SMS',
  phone: '+15550100',
  message: 'Of course.',
  attachments: [],
  userId: 'usr_1',
}

export const emailStats = {
  type: 'LCEmailStats',
  ...envelope,
  companyId: 'com_1',
  webhookPayload: {
    event: 'opened',
    id: 'ev_1',
    timestamp: 1_767_344_400,
    recipient: 'ada@quill.example',
    'delivery-status': { code: 250, message: 'OK', 'attempt-no': 1 },
  },
}
