import type { FieldTable, Traits } from '@parley/core'
import { droppedField, fieldTableFrom, hiddenField, missingField, partialField } from '@parley/core/fields'

const set = droppedField('The vendor sets this value.', 'Keep the old one in your own store, or in a custom field.')
const hidden = hiddenField('The API can neither read nor write this.', 'the settings of the agent in the dashboard.')
const noAttachment = missingField('An attachment consists of its address only.')
const generated = droppedField('Only answers of the vendor’s own agent have sources.', 'Append them to the text.')
const option = partialField('Written with a vendor option of contacts.upsert.')

/** What LeadConnector does with each field of the contract. */
export const fieldTable: FieldTable = fieldTableFrom(
  {
    agent: {
      name: 'full',
      displayName: missingField('An agent has one name.'),
      description: missingField('An agent has no description.'),
      businessName: 'full',
      status: partialField('An agent whose mode is off is inactive; there is no other status.', 'Set the mode.'),
      mode: 'full',
      channels: 'full',
      isDefault: partialField('The vendor does not always keep this.', 'agents.update reads the value back and warns.'),
      liveChatEnabled: missingField('People may always take part.'),
      instructions: 'full',
      personality: 'full',
      goal: 'full',
      prompt: 'full',
      model: hidden,
      language: hidden,
      avatarUrl: hidden,
      knowledgeBaseIds: 'full',
      actions: partialField(
        'Every kind can be attached, but workflows, calendars, fields and users have other ids in another account.',
        'Attach them with agents.actions and the ids of the new account.',
      ),
      replyDelayMs: 'full',
      maxMessages: 'full',
      pause: 'full',
      tags: missingField('An agent has no tags.'),
      attributes: partialField('The vendor’s other fields are written with vendor options, where the API allows it.'),
      createdAt: set,
      updatedAt: set,
    },
    conversation: {
      agentId: missingField('A conversation belongs to no agent.'),
      contact: 'full',
      title: missingField('A conversation has no title.', 'Put the title into the first message or a note.'),
      summary: missingField('There are no summaries.', 'Write the summary as a note.'),
      status: {
        level: 'rejected',
        reason: 'A conversation is neither open nor closed.',
        advice: 'Keep the status in your own store.',
      },
      channel: droppedField('A conversation has the channel of its last message.'),
      control: droppedField(
        'The API can neither read nor set who answers in a conversation.',
        'Switch the agent off for everyone.',
      ),
      assignee: partialField(
        'The assignee is the owner of the contact, and operators have other ids in another account.',
        'Assign with conversations.assign and the ids of the new account.',
      ),
      unreadCount: 'full',
      isStarred: 'full',
      isMuted: missingField('Conversations cannot be muted.'),
      isAnonymized: missingField('There is no anonymization.'),
      labels: droppedField('A conversation has the tags of its contact.', 'Write them with contacts.upsert.'),
      state: missingField('There are no workflow states.'),
      lastMessage: droppedField('The vendor derives this from the messages.'),
      lastActivityAt: set,
      qualityScore: missingField('There are no scores.'),
      feedback: missingField('Ratings of live chats can be written but not read.'),
      customFields: missingField('Custom fields belong to contacts.', 'Write them with contacts.upsert.'),
      createdAt: set,
      updatedAt: set,
    },
    message: {
      conversationId: 'full',
      contactId: droppedField('The vendor derives this from the conversation.'),
      type: 'full',
      direction: 'full',
      author: partialField(
        'A message sent over the API reads back as automation, not as the operator.',
        'Keep the author in your own store.',
      ),
      channel: partialField('Each channel needs an address of the contact and a number or account of the business.'),
      text: 'full',
      html: partialField('Only emails have a subject.'),
      status: partialField(
        'The delivery determines this; only the application that delivers a channel’s messages can set it.',
      ),
      failure: droppedField('The delivery determines this.'),
      inReplyTo: missingField('The vendor does not say which message a message answers.'),
      attachments: partialField(
        'At most five files of 5 MB. They get new addresses, which become private after an hour.',
      ),
      sources: missingField('Only answers of the vendor’s own agent have sources; sources.list reads them.'),
      sourcesState: generated,
      email: partialField('The addresses and the subject are kept; the ids are new.'),
      call: droppedField('Calls are created by the vendor.'),
      externalId: droppedField(
        'Only messages of the contact can have an external id.',
        'Use the vendor option altId of messages.ask.',
      ),
      reasoning: missingField('The vendor does not show its reasoning.'),
      feedback: missingField('Messages cannot be rated.'),
      isAnonymized: missingField('There is no anonymization.'),
      createdAt: set,
      updatedAt: set,
    },
    attachment: {
      url: partialField(
        'The file is uploaded and gets a new address, which becomes private after an hour.',
        'Read it with attachments.read.',
      ),
      access: partialField('The address determines this.'),
      contentType: droppedField('Only recordings of calls have an id.'),
    },
    source: {
      kind: generated,
      title: generated,
      url: generated,
      text: generated,
      fileName: missingField('Files are not cited.'),
      fileId: missingField('Files are not cited.'),
      score: missingField('Sources have no score.'),
    },
    contact: {
      name: 'full',
      firstName: 'full',
      lastName: 'full',
      email: 'full',
      phone: 'full',
      companyName: option,
      externalId: missingField('Contacts have no external id.', 'Keep it in a custom field.'),
      country: 'full',
      timezone: option,
      agentId: missingField('A contact belongs to no agent.'),
      assigneeId: option,
      origin: option,
      doNotDisturb: option,
      doNotDisturbOn: option,
      tags: 'full',
      customFields: partialField(
        'Custom fields are addressed by the id of a field in the location.',
        'Create the fields first, and map their ids.',
      ),
      conversationIds: missingField('Use conversations.list with the contact.'),
      isAnonymized: missingField('There is no anonymization.'),
      createdAt: set,
      updatedAt: set,
      lastActivityAt: set,
    },
    knowledge: {
      kind: partialField('Questions with answers, and pages. Texts and files can only be added in the dashboard.'),
      title: partialField('A page keeps its own title.'),
      url: 'full',
      text: {
        level: 'rejected',
        readable: false,
        reason: 'The API cannot access texts.',
        advice: 'Add them in the dashboard, or as questions with answers.',
      },
      question: 'full',
      answer: 'full',
      fileName: {
        level: 'rejected',
        readable: false,
        reason: 'The API cannot access files.',
        advice: 'Add them in the dashboard.',
      },
      status: set,
      knowledgeBaseId: partialField(
        'Knowledge bases have other ids in another account.',
        'Create the knowledge bases first.',
      ),
      agentId: missingField('Knowledge belongs to the location; each agent names the knowledge bases it uses.'),
      size: missingField('The vendor does not report sizes.'),
      createdAt: set,
      updatedAt: set,
    },
  },
  { attachment: noAttachment },
)

/** How this vendor behaves where vendors differ. */
export const traits: Required<Traits> = {
  anonymousVisitor: { value: 'yes', reason: 'A contact needs no name and no address.' },
  contactLookup: {
    value: 'read',
    reason: 'A contact is found by its verified email or phone, or by the custom field of the option externalIdField.',
  },
  contactKey: {
    value: 'store',
    reason: 'The vendor accepts several contacts with the same external id, so the lock of the store keeps them apart.',
  },
  conversationsPerContact: {
    value: 'one',
    reason: 'A contact has exactly one conversation, which holds every channel.',
  },
  questionContext: { value: 'no', reason: 'An agent reads only the conversation.' },
  answerArrival: {
    value: 'polling',
    reason:
      'The vendor has no endpoint for asking: the question is an inbound message, and the answer is read until it is there.',
  },
  answerSources: {
    value: 'fetched',
    reason: 'A message comes without its sources; they are in its generation, which takes a request to read.',
  },
  streaming: { value: 'whole', reason: 'The vendor does not stream.' },
  answerReach: {
    value: 'contact',
    reason: 'The agent answers over the channel, so the contact may get a real message.',
  },
  questionToOperator: {
    value: 'unanswered',
    reason: 'A paused agent does not answer; the API cannot show whether it is paused for a contact.',
  },
  replyOperator: { value: 'ignored', reason: 'A message that is sent through the API has no operator.' },
  replyControl: { value: 'not-needed', reason: 'A reply is accepted at any time.' },
  replyTakesControl: { value: 'configured', reason: 'The agent’s own setting (sleepOnManualMessage) decides.' },
  replyDelivery: { value: 'vendor', reason: 'The vendor sends the reply over the channel.' },
  handOff: {
    value: 'agent',
    reason: 'The API cannot pause an agent for one contact; the agent hands over by its own actions.',
  },
  sentTexts: { value: 'rewritten', reason: 'The vendor adds footers, short links and quotes.' },
  statusRead: { value: 'no', reason: 'Conversations have no status.' },
  statusWrite: { value: 'no', reason: 'Conversations have no status.' },
  messageTimes: { value: 'yes', reason: 'Every message has a time.' },
  deletes: { value: 'unseen', reason: 'The search lags, so a missing conversation may only be new.' },
  edits: { value: 'never', reason: 'The API cannot change a message.' },
}
