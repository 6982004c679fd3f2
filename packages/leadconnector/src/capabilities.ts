import type { Limits, UnsupportedReasons } from '@parley/core'
import { rate } from './protocol.ts'

/**
 * Items per page. The agent search documents no size, so its size is one that was seen to work. The other maxima are
 * the largest that integrations use. An export page has at least 10 items, so Parley cuts smaller pages.
 */
export const sizes: {
  readonly agents: { default: number; max: number }
  readonly conversations: { default: number; max: number }
  readonly messages: { default: number; max: number }
  readonly contacts: { default: number; max: number }
  readonly exported: { default: number; max: number }
  readonly knowledge: { default: number; max: number }
} = {
  agents: { default: 50, max: 50 },
  conversations: { default: 20, max: 100 },
  messages: { default: 20, max: 100 },
  contacts: { default: 20, max: 100 },
  exported: { default: 500, max: 500 },
  knowledge: { default: 20, max: 100 },
}

export const limits: Limits = {
  pageSize: {
    'agents.list': sizes.agents,
    'conversations.list': sizes.conversations,
    'messages.list': sizes.messages,
    'messages.export': sizes.exported,
    'contacts.search': sizes.contacts,
    'knowledge.list': sizes.knowledge,
  },
  filters: {
    ...{ contactId: 'vendor', assigneeId: 'vendor', unread: 'vendor', isStarred: 'vendor', search: 'vendor' },
    ...{ since: 'vendor', until: 'vendor', status: 'unanswerable', agentId: 'unanswerable' },
  },
  search: ['names', 'previews'],
  text: {
    'action.name': 50,
  },
  rate: [
    { scope: 'location', ...rate },
    { scope: 'location', requests: 200_000, perMs: 86_400_000 },
  ],
  notes: [
    'An agent waits at most 5 minutes before it answers, pauses at most 48 hours, and sends at most 100 messages in a row (75 unless said otherwise).',
    'An action’s name has at least 3 characters; a follow-up is sent after at most 60 minutes, 24 hours or 180 days.',
    'An agent was seen to have at most 5 workflow triggers, 20 contact fields, 5 stops, 6 hand-overs, 4 transfers and 5 API calls; the vendor refuses more.',
    'agents.update reads the agent and writes all of it, because the vendor resets the switches that an update omits; the switch for images and audio cannot be read back.',
    'A contact has exactly one conversation, which holds every channel; its channel is that of its last message.',
    'messages.ask adds a message of the contact to the conversation; the agent answers over the channel, so it may send a real text message or email.',
    'An agent answers only on its own channels, in the mode auto-pilot, and after its own delay.',
    'No message is marked as the agent’s: Parley assumes it of an outbound message of the app without a user, and a generation proves it.',
    'Whether the agent is paused or stopped for a contact cannot be read; a reply may pause it (the agent’s sleepOnManualMessage).',
    'A live chat reply reaches the visitor only if the conversation began in the widget.',
    'WhatsApp takes a reply up to 24 hours after the contact’s last message; later it needs a template.',
    'The vendor filters by the channel whatsapp only; Parley filters by the other channels, because each has several types.',
    'isStarred can be filtered for true only: the list does not say whether a conversation is starred.',
    'The conversation search lags: a new conversation can be missing for a few seconds.',
    'The vendor lists messages newest first; in the other order, every page reads the thread from its newest message.',
    'The list omits the bodies of emails: messages.get reads one, and { vendor: { leadconnector: { emailBodies: true } } } reads those of a page.',
    'An upload must have at most 5 MB and a type that the vendor accepts; a message takes at most five uploads, in WhatsApp one file.',
    'Attachments become private an hour after the upload: attachments.url gets a signed address, which expires.',
    'An answered call has its recording as an attachment; only attachments.read shows whether the recording exists.',
    'A note is an internal comment; its mentions cannot be read back.',
    'messages.setStatus is for marketplace apps and messages of their own conversation provider.',
    'messages.export lists all other channels first, then the emails; it never contains group chats and review requests.',
    'Knowledge is the FAQs and crawled pages of the knowledge bases. The API only counts their texts, files and tables.',
    'knowledge.add of a website starts a crawl; the agent answers from the pages once they are trained.',
    'contacts.upsert replaces all tags of a contact when tags are given.',
    'Messages cannot be changed or deleted.',
  ],
}

export const unsupported: UnsupportedReasons = {
  'conversations.start':
    'The vendor has no endpoint that starts a conversation; messages.reply writes to an existing contact.',
  'conversations.close': 'A conversation has no status: it cannot be closed, archived or snoozed.',
  'conversations.deleteForContact':
    'The vendor has no such endpoint. A contact has one conversation: conversations.delete removes it.',
  'contacts.list': 'The vendor deprecated its only list of contacts; use contacts.search.',
  'contacts.create':
    'contacts.upsert creates a contact if none matches; the location’s settings decide about duplicates.',
  'contacts.delete': 'Parley does not delete the CRM’s contacts; delete them in LeadConnector.',
  control:
    'The API cannot read or change whether the agent is paused for a contact; it can only switch off the agent for everyone.',
  'feedback.list': 'The API accepts a visitor’s feedback on a live chat but cannot read it.',
  'feedback.give':
    'Messages cannot be rated. A live chat as a whole can: conversations.update with vendor.leadconnector.feedback.',
  'webhooks.create':
    'Webhooks belong to a marketplace app and are set in the developer portal; the API cannot create them.',
}
