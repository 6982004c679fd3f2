import type { FieldTable, Traits } from '@parley/core'
import { droppedField, fieldTableFrom, hiddenField, missingField, partialField } from '@parley/core/fields'

const set = droppedField(
  'The vendor sets this value.',
  'Keep the old one in your own store, or in a contact’s attribute.',
)
const dashboard = hiddenField('The API can neither read nor write this.', 'the AI settings in the dashboard.')
const cited = droppedField('Only answers of the vendor’s own agent have citations.', 'Append them to the text.')
const images = partialField(
  'Messages have no files; an image is a separate message that holds its address.',
  'Upload files elsewhere and send links.',
)

/** What LiveChatAI does with each field of the contract. */
export const fieldTable: FieldTable = fieldTableFrom({
  agent: {
    name: 'full',
    displayName: dashboard,
    businessName: dashboard,
    status: droppedField('A new agent is active; archive it in the dashboard.'),
    mode: missingField('Agents have only one mode.', 'To keep an agent from answering, give it no channel.'),
    channels: hiddenField('The API does not show the channels of an agent.', 'the integrations in the dashboard.'),
    liveChatEnabled: 'full',
    instructions: dashboard,
    personality: dashboard,
    goal: dashboard,
    prompt: dashboard,
    model: dashboard,
    language: droppedField('Set in the dashboard.'),
    avatarUrl: dashboard,
    knowledgeBaseIds: missingField(
      'An agent has its own data sources; there are no knowledge bases.',
      'Add them with knowledge.add.',
    ),
    actions: hiddenField('The API cannot access AI functions.', 'the AI functions in the dashboard.'),
    attributes: partialField('A vendor option sets whether images can be sent.'),
    createdAt: set,
    updatedAt: set,
  },
  conversation: {
    agentId: partialField('Every conversation belongs to the account’s agent.'),
    contact: 'full',
    title: missingField('A conversation has no title.', 'Put the title into the first message.'),
    status: partialField(
      'A conversation can be closed but not reopened.',
      'Leave conversations open that may continue.',
    ),
    channel: partialField('Only whatsapp and slack can be set.'),
    control: droppedField('The last author determines who answers.', 'A reply takes over; the API cannot hand back.'),
    assignee: droppedField('Conversations are assigned in the dashboard.'),
    isStarred: droppedField('Starred in the dashboard.'),
    isMuted: droppedField('Muted in the dashboard.'),
    lastMessage: droppedField('The vendor derives this from the messages.'),
    lastActivityAt: set,
    feedback: missingField('Ratings do not name their conversation.', 'feedback.list reads them.'),
    customFields: missingField('Attributes belong to contacts.', 'Write them with contacts.upsert.'),
    createdAt: set,
    updatedAt: set,
  },
  message: {
    conversationId: 'full',
    contactId: missingField('Only the conversation names its contact; messages do not.'),
    type: 'full',
    direction: 'full',
    author: partialField('A reply requires the id of a teammate.', 'Map your operators to teammates first.'),
    channel: missingField('The channel is the conversation’s.'),
    text: 'full',
    inReplyTo: missingField('The vendor does not say which message a message answers.'),
    attachments: images,
    sources: cited,
    sourcesState: cited,
    createdAt: set,
  },
  attachment: {
    url: images,
    access: images,
  },
  source: {
    kind: cited,
    url: cited,
    score: cited,
  },
  contact: {
    name: 'full',
    firstName: missingField('A contact has one name; first and last name are joined.'),
    lastName: missingField('A contact has one name; first and last name are joined.'),
    email: 'full',
    phone: 'full',
    companyName: missingField('The vendor has no such field.', 'Configure an attribute for this.'),
    externalId: 'full',
    country: droppedField('The vendor detects this value.'),
    timezone: missingField('The vendor has no such field.', 'Configure an attribute for this.'),
    agentId: partialField('Contacts belong to the agent of the account.'),
    origin: droppedField('The vendor detects this value.'),
    tags: missingField('Contacts have no tags.', 'Configure an attribute for them.'),
    customFields: partialField(
      'Only attributes configured for the agent are kept, and only strings, numbers and booleans.',
      'Configure them in the dashboard first; contacts.upsert warns of each that was not kept.',
    ),
    createdAt: set,
    updatedAt: set,
  },
  knowledge: {
    kind: 'full',
    title: 'full',
    url: 'full',
    text: 'full',
    question: 'full',
    answer: 'full',
    fileName: {
      level: 'rejected',
      readable: false,
      reason: 'The vendor keeps only the text of a file.',
      advice: 'Pass its text, and its name as the title.',
    },
    status: set,
    knowledgeBaseId: missingField('Sources belong to the agent; there are no knowledge bases.'),
    agentId: partialField('Sources belong to the account’s agent.'),
    size: set,
    createdAt: set,
    updatedAt: set,
  },
})

/** How this vendor behaves where vendors differ. */
export const traits: Required<Traits> = {
  anonymousVisitor: { value: 'yes', reason: 'A contact needs only an external id.' },
  contactLookup: {
    value: 'write',
    reason: 'Contacts cannot be searched: creating one finds it by its external id, and replaces the given values.',
  },
  contactKey: {
    value: 'vendor',
    reason: 'A contact is matched by its external id, so a second request changes the first one’s contact.',
  },
  conversationsPerContact: { value: 'many', reason: 'Every conversation that is created is another one.' },
  questionContext: { value: 'no', reason: 'Its agent accepts no context with a question.' },
  answerArrival: { value: 'response', reason: 'The vendor answers within the request.' },
  answerSources: { value: 'inline', reason: 'The answer has its sources.' },
  streaming: { value: 'option', reason: 'The vendor’s stream is undocumented; the option streaming turns it on.' },
  answerReach: { value: 'caller', reason: 'A question over the API is answered to the caller.' },
  questionToOperator: {
    value: 'unanswered',
    reason: 'While a teammate has the conversation, the agent does not answer.',
  },
  replyOperator: { value: 'required', reason: 'The vendor demands the id of the teammate who replies.' },
  replyControl: { value: 'not-needed', reason: 'A reply is accepted at any time.' },
  replyTakesControl: { value: 'unknown', reason: 'A reply most likely takes over; this is undocumented.' },
  replyDelivery: { value: 'vendor', reason: 'The vendor shows the reply in the chat.' },
  handOff: { value: 'reply', reason: 'There is no endpoint for a take-over; a reply most likely takes over.' },
  sentTexts: { value: 'kept', reason: 'Texts read back as they were sent.' },
  statusRead: { value: 'yes', reason: 'A conversation is resolved or not.' },
  statusWrite: { value: 'close', reason: 'A conversation can only be closed.' },
  messageTimes: { value: 'yes', reason: 'Every message has a time.' },
  deletes: { value: 'unseen', reason: 'A deleted conversation is only missing from the list.' },
  edits: { value: 'never', reason: 'The API cannot change a message.' },
}
