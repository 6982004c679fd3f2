import type { Limits, OperationName } from '@parley/core'
import { rate } from './protocol.ts'

/**
 * Items per page. The agent search documents no size, so what is sent is what it was seen to take; the maxima of the
 * others are the largest that integrations use. An export has at least 10, so that smaller pages are cut here.
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
  filters: ['contactId', 'assigneeId', 'unread', 'isStarred', 'search', 'since', 'until'],
  text: {
    'action.name': 50,
  },
  rate: [
    { scope: 'location', ...rate },
    { scope: 'location', requests: 200_000, perMs: 86_400_000 },
  ],
  deletesVisible: false,
  notes: [
    'An agent waits at most 5 minutes before it answers, pauses at most 48 hours, and sends at most 100 messages in a row (75 unless said otherwise).',
    'An action’s name has at least 3 characters; a follow-up comes after at most 60 minutes, 24 hours or 180 days.',
    'Per agent there were seen at most 5 workflow triggers, 20 contact fields, 5 stops, 6 hand-overs, 4 transfers and 5 API calls; the vendor refuses more.',
    'agents.update reads the agent and writes all of it, because the vendor resets the switches that an update leaves out; whether it answers to images and audio cannot be read back.',
    'A contact has exactly one conversation, and every channel is mixed into it; its channel is that of its last message.',
    'messages.ask writes a message of the contact into the timeline; the agent answers over the channel, so a real text message or email may go out.',
    'An agent answers only on the channels it is set to, in the mode auto-pilot, and after its own waiting time.',
    'No message is marked as the agent’s: an outbound one of the app without a person is taken for it, and a generation proves it.',
    'Whether the agent is paused or stopped for a contact cannot be read; a reply may pause it (the agent’s sleepOnManualMessage).',
    'A reply in a live chat reaches the visitor only when the conversation began in the widget.',
    'WhatsApp takes a reply up to 24 hours after the contact’s last message; later it needs a template.',
    'Conversations have no open or closed, and no agent: those two filters match nothing.',
    'The filter channel is applied by the vendor for whatsapp; the other channels have several types each and are filtered here.',
    'isStarred can be filtered for true only: the list does not say whether a conversation is starred.',
    'The conversation search lags: a new conversation can be missing from it for some seconds.',
    'Messages come newest first; in the other order every page reads the thread from its newest message.',
    'The list leaves the bodies of emails out: messages.get reads one, and { vendor: { leadconnector: { emailBodies: true } } } all of a page.',
    'An upload has at most 5 MB and one of the vendor’s types; a message at most five uploads, and in WhatsApp one file.',
    'Attachments are private an hour after they were uploaded: attachments.url asks for an address that is signed for a while.',
    'A call that somebody spoke in has its recording as an attachment; whether there is one shows in attachments.read only.',
    'A note is an internal comment; whom it mentions is not read back.',
    'messages.setStatus is for marketplace apps, about messages of their own conversation provider.',
    'messages.export gives all channels but email first and then the emails; group chats and review requests are never in it.',
    'Knowledge is the FAQs and crawled pages of the knowledge bases. Their texts, files and tables are only counted by the API.',
    'knowledge.add of a website begins a crawl; the agent answers from the pages it finds once they are trained.',
    'contacts.upsert replaces all tags of a contact when tags are given.',
    'Messages can be neither changed nor deleted.',
  ],
}

const noControl =
  'The API neither says nor changes whether the agent is active, paused or stopped for a contact; only the agent as a whole can be switched off.'

export const unsupported: Readonly<Partial<Record<OperationName, string>>> = {
  'conversations.start':
    'There is no call by which the vendor contacts a person; messages.reply writes to a contact that exists.',
  'conversations.close': 'A conversation has no status: it cannot be closed, archived or snoozed.',
  'conversations.deleteForContact':
    'There is no such call. A contact has one conversation: conversations.delete removes it.',
  'contacts.list': 'The only list of contacts is deprecated by the vendor; contacts.search finds them.',
  'contacts.create':
    'contacts.upsert makes a contact where none matches; to make a second one of the same person is up to the location’s settings.',
  'contacts.delete':
    'Contacts are read and written here for the sake of their conversations; the CRM they belong to deletes them.',
  'control.get': noControl,
  'control.takeOver': noControl,
  'control.release': noControl,
  'feedback.list': 'The API takes a visitor’s feedback on a live chat and never gives it back.',
  'feedback.give':
    'Messages cannot be rated. A live chat as a whole can: conversations.update with vendor.leadconnector.feedback.',
  'feedback.suggestions': 'The API has no suggestions about what the agent lacks.',
  'feedback.dismiss': 'The API has no suggestions about what the agent lacks.',
  'webhooks.create':
    'Webhooks belong to a marketplace app and are set in the developer portal; there is no API to create, list or delete them.',
}
