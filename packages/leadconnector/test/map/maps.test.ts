import type { TermMap } from '@parley/core'
import { describe, expect, it } from 'vitest'
import {
  inboundTypeOf,
  mapActionType,
  mapAgentChannel,
  mapAgentStatus,
  mapCallStatus,
  mapChannel,
  mapConversationType,
  mapDirection,
  mapDndChannel,
  mapMessageStatus,
  mapMessageType,
  mapMode,
  mapRole,
  sendTypeOf,
} from '../../src/vocabulary.ts'

/** Every value that the vendor documents or that was seen, and what becomes of it. */
const tables: [string, TermMap<string>, Record<string, (string | number)[]>][] = [
  [
    'channel',
    mapChannel,
    {
      voice: [
        'TYPE_CALL',
        'TYPE_IVR_CALL',
        'TYPE_CUSTOM_CALL',
        'TYPE_CAMPAIGN_CALL',
        'TYPE_CAMPAIGN_MANUAL_CALL',
        'TYPE_CAMPAIGN_VOICEMAIL',
        'CALL',
        'VoiceMail',
        1,
        10,
        34,
      ],
      sms: [
        'TYPE_SMS',
        'TYPE_RCS',
        'TYPE_CAMPAIGN_SMS',
        'TYPE_CAMPAIGN_MANUAL_SMS',
        'TYPE_CUSTOM_SMS',
        'TYPE_CUSTOM_PROVIDER_SMS',
        'TYPE_SMS_REVIEW_REQUEST',
        'TYPE_SMS_NO_SHOW_REQUEST',
        'TYPE_SMS_REACTION',
        'SMS',
        2,
        22,
      ],
      email: ['TYPE_EMAIL', 'TYPE_CAMPAIGN_EMAIL', 'TYPE_CUSTOM_EMAIL', 'TYPE_CUSTOM_PROVIDER_EMAIL', 'Email', 3],
      web: [
        'TYPE_WEBCHAT',
        'TYPE_LIVE_CHAT',
        'TYPE_LIVE_CHAT_INFO_MESSAGE',
        'TYPE_FORM_SUBMISSION',
        'ALL_IN_ONE_CHAT',
        'Live Chat',
        29,
      ],
      messenger: ['TYPE_FACEBOOK', 'TYPE_CAMPAIGN_FACEBOOK', 'TYPE_FACEBOOK_COMMENT', 'FB', 11],
      instagram: ['TYPE_INSTAGRAM', 'TYPE_INSTAGRAM_COMMENT', 'IG', 18],
      whatsapp: ['TYPE_WHATSAPP', 'WhatsApp', 19],
      tiktok: ['TYPE_TIKTOK', 'TYPE_TIKTOK_COMMENT', 'TIKTOK'],
      google: ['TYPE_GMB', 'TYPE_CAMPAIGN_GMB', 'TYPE_REVIEW', 'GMB'],
      internal: ['TYPE_INTERNAL_COMMENT', 'TYPE_INTERNAL_COMMENTS', 'InternalComment'],
      system: [
        'TYPE_ACTIVITY_CONTACT',
        'TYPE_ACTIVITY_INVOICE',
        'TYPE_ACTIVITY_PAYMENT',
        'TYPE_ACTIVITY_OPPORTUNITY',
        'TYPE_ACTIVITY_APPOINTMENT',
        'TYPE_ACTIVITY_EMPLOYEE_ACTION_LOG',
        'TYPE_ACTIVITY_WHATSAPP',
        'TYPE_ACTIVITY_OF_TOMORROW',
        'TYPE_NO_SHOW',
        31,
        100,
      ],
    },
  ],
  [
    'message type',
    mapMessageType,
    {
      text: ['TYPE_SMS', 'TYPE_LIVE_CHAT', 'TYPE_WEBCHAT', 'TYPE_WHATSAPP', 'TYPE_GMB', 'TYPE_FACEBOOK_COMMENT', 2, 29],
      email: ['TYPE_EMAIL', 3],
      call: ['TYPE_CALL', 'TYPE_CAMPAIGN_VOICEMAIL', 1, 10],
      note: ['TYPE_INTERNAL_COMMENT'],
      activity: ['TYPE_ACTIVITY_APPOINTMENT', 'TYPE_NO_SHOW', 'TYPE_LIVE_CHAT_INFO_MESSAGE', 31, 100],
      form: ['TYPE_FORM_SUBMISSION'],
      review: ['TYPE_REVIEW'],
    },
  ],
  [
    'conversation type',
    mapConversationType,
    {
      sms: ['TYPE_PHONE', 'TYPE_GROUP_SMS', 1, 5],
      email: ['TYPE_EMAIL', 2],
      messenger: ['TYPE_FB_MESSENGER', 3],
      google: ['TYPE_REVIEW', 4],
      internal: [6],
    },
  ],
  [
    'message status',
    mapMessageStatus,
    {
      scheduled: ['scheduled'],
      pending: ['pending', 'queued'],
      sent: ['sent'],
      delivered: ['delivered', 'voicemail'],
      read: ['read', 'opened'],
      clicked: ['clicked'],
      failed: ['failed', 'undelivered'],
      'opted-out': ['opt_out'],
      answered: ['connected', 'completed'],
    },
  ],
  [
    'call status',
    mapCallStatus,
    Object.fromEntries(
      ['pending', 'completed', 'answered', 'busy', 'no-answer', 'failed', 'canceled', 'voicemail'].map((word) => [
        word,
        [word],
      ]),
    ),
  ],
  ['direction', mapDirection, { inbound: ['inbound'], outbound: ['outbound'] }],
  ['mode', mapMode, { off: ['off'], suggestive: ['suggestive'], autopilot: ['auto-pilot', 'autoPilot'] }],
  ['agent status', mapAgentStatus, { inactive: ['off'], active: ['suggestive', 'auto-pilot', 'autoPilot'] }],
  [
    'agent channel',
    mapAgentChannel,
    {
      instagram: ['IG'],
      messenger: ['FB'],
      sms: ['SMS'],
      web: ['WebChat', 'Live_Chat', 'LIVE_CHAT'],
      whatsapp: ['WhatsApp'],
      email: ['Email'],
      tiktok: ['TIKTOK'],
    },
  ],
  [
    'action type',
    mapActionType,
    {
      'trigger-workflow': ['triggerWorkflow'],
      'update-contact-field': ['updateContactField'],
      'book-appointment': ['appointmentBooking'],
      'stop-agent': ['stopBot'],
      'hand-over': ['humanHandOver'],
      'follow-up': ['advancedFollowup'],
      'transfer-bot': ['transferBot'],
      'api-call': ['customApi'],
    },
  ],
  [
    'do-not-disturb channel',
    mapDndChannel,
    { sms: ['SMS'], email: ['Email'], google: ['GMB'], messenger: ['FB'], whatsapp: ['WhatsApp'], voice: ['Call'] },
  ],
  ['role', mapRole, { contact: ['user'], agent: ['assistant'], system: ['system'] }],
]

describe.each(tables)('the vocabulary of %s', (_name, map, table) => {
  it.each(Object.entries(table).flatMap(([value, natives]) => natives.map((native) => [native, value] as const)))(
    'maps %s to %s',
    (native, value) => {
      expect(map(native)).toBe(value)
      // Once more, because known words are remembered.
      expect(map(native)).toBe(value)
    },
  )

  it.each(['TYPE_SMOKE_SIGNAL', 'constructor', '__proto__', '', 4711, true])('maps %s to unknown', (native) => {
    expect(map(native)).toBe('unknown')
  })
})

describe('the type that a reply is sent with', () => {
  it.each([
    ['sms', 'SMS', 'SMS'],
    ['email', 'Email', 'Email'],
    ['whatsapp', 'WhatsApp', 'WhatsApp'],
    ['instagram', 'IG', 'IG'],
    ['messenger', 'FB', 'FB'],
    ['tiktok', 'TIKTOK', 'TIKTOK'],
    ['web', 'Live_Chat', 'Live_Chat'],
    ['google', undefined, 'GMB'],
    ['voice', undefined, undefined],
    ['system', undefined, undefined],
    ['unknown', undefined, undefined],
  ] as const)(
    'over %s is %s for a message to the contact and %s for one from the contact',
    (channel, outbound, inbound) => {
      expect(sendTypeOf(channel)).toBe(outbound)
      expect(inboundTypeOf(channel)).toBe(inbound)
    },
  )

  it('is that of the old web chat if the conversation uses it', () =>
    expect(inboundTypeOf('web', 'TYPE_WEBCHAT')).toBe('WebChat'))
})
