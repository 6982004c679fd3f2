import type { FieldSupport, FieldTable, Traits } from '@parley/core'
import { droppedField, fieldTableFrom, missingField, partialField } from '@parley/core/fields'

/** A field of an agent, which the agent's own key cannot write. */
const byOrganisation = (isReadable = true): FieldSupport => ({
  level: 'rejected',
  ...(!isReadable && { readable: false, manualSteps: 'the agent in the console.' }),
  reason: 'Only the organisation’s key can write agents.',
  advice: 'Set it in the console, or with adapter.native and the organisation’s key.',
})
/** A field that is returned with an agent but cannot be written. */
const inConsole = (reason: string, advice = 'Set it in the console.'): FieldSupport => ({
  level: 'rejected',
  reason,
  advice,
})
const hiddenOfAgent: FieldSupport = {
  level: 'rejected',
  readable: false,
  reason: 'The vendor has no such field of an agent, or does not show it.',
  advice: 'Configure the agent in the console.',
  manualSteps: 'the agent and its skills in the console.',
}

const set = droppedField('The vendor sets this value.', 'Keep the old one in the conversation’s customFields.')
const cited = droppedField('Only answers of the vendor’s own agent have citations.', 'Append them to the text.')
const file = droppedField('The uploaded file determines this.')

/** What the agent-conversation API does with each field of the contract. */
export const fieldTable: FieldTable = fieldTableFrom(
  {
    agent: {
      name: byOrganisation(),
      displayName: byOrganisation(),
      description: byOrganisation(),
      businessName: inConsole(
        'The business name is the organisation’s name.',
        'Set the organisation’s name in the console.',
      ),
      status: byOrganisation(),
      channels: inConsole('Actions are the agent’s skills, which the API cannot write.'),
      instructions: byOrganisation(false),
      model: byOrganisation(),
      avatarUrl: byOrganisation(),
      knowledgeBaseIds: inConsole(
        'The vendor gives each agent a collection of its own.',
        'Add the knowledge with knowledge.add.',
      ),
      tags: byOrganisation(),
      attributes: inConsole(
        'The role, the organisation and a setting of the agent determine the instructions.',
        'Choose the role in the console, or as roleId with adapter.native and the organisation’s key.',
      ),
    },
    conversation: {
      agentId: partialField('Every conversation belongs to the key’s agent.'),
      contact: 'full',
      title: 'full',
      summary: droppedField('The vendor writes its own summary.', 'Pass the old summary as context.'),
      status: droppedField('This can be set but not read.', 'Keep it in your own store.'),
      channel: droppedField('The messages determine the channel; only calls show it.'),
      control: droppedField('Each conversation begins with the agent.', 'control.takeOver sets it.'),
      assignee: droppedField('The teammate who takes over in the console becomes the assignee.'),
      unreadCount: { level: 'rejected', readable: false, reason: 'The vendor does not mark messages as read.' },
      isStarred: { level: 'rejected', readable: false, reason: 'Conversations cannot be starred.' },
      isAnonymized: set,
      state: partialField(
        'States are addressed by the id of a state in the organisation.',
        'Create the states first, and map their ids.',
      ),
      lastMessage: missingField('A conversation does not show its last message.'),
      lastActivityAt: set,
      qualityScore: droppedField('The vendor calculates its own scores.'),
      feedback: droppedField('Only messages can be rated.', 'Use feedback.give.'),
      customFields: 'full',
      createdAt: set,
      updatedAt: set,
    },
    message: {
      conversationId: 'full',
      contactId: missingField('Only the conversation names its contact; messages do not.'),
      type: 'full',
      direction: 'full',
      author: partialField(
        'The vendor shows that a person wrote the message, but not which person.',
        'Keep the author in your own store.',
      ),
      channel: droppedField('A message has the channel of its conversation.'),
      text: 'full',
      inReplyTo: partialField('Only a reply can name the message that it answers.'),
      attachments: partialField('The files are uploaded again and get new ids.'),
      sources: cited,
      sourcesState: cited,
      reasoning: cited,
      feedback: partialField('The vote and its comment are written again with feedback.give.'),
      isAnonymized: set,
      createdAt: set,
    },
    attachment: {
      url: missingField('Each address is requested separately and expires.', 'Call attachments.url each time.'),
      access: file,
      conversationId: partialField('The attachment gets the id of its conversation at this vendor.'),
      fileName: partialField('The upload sets this value.'),
      contentType: missingField('The upload sets this value, but it cannot be read.'),
      size: file,
      expiresAt: missingField('The vendor does not say when an address expires.'),
    },
    source: {
      kind: cited,
      title: cited,
      url: cited,
      fileName: cited,
      fileId: cited,
    },
    contact: {
      name: 'full',
      firstName: 'full',
      lastName: 'full',
      email: 'full',
      phone: 'full',
      companyName: missingField('The vendor has no such field.', 'Keep it in customFields.'),
      externalId: 'full',
      country: missingField('The vendor has no such field.', 'Keep it in customFields.'),
      timezone: missingField('The vendor has no such field.', 'Keep it in customFields.'),
      origin: partialField('Written with a vendor option of contacts.create.'),
      tags: missingField('There are no tags.', 'Keep them in customFields.'),
      customFields: 'full',
      conversationIds: droppedField('The ids are those of this vendor.'),
      isAnonymized: set,
    },
    knowledge: {
      kind: partialField('Only files are accepted.', 'Put texts, pages and questions into files.'),
      title: {
        level: 'rejected',
        readable: false,
        reason: 'Only files are accepted.',
        advice: 'Use the title as the file name.',
      },
      url: {
        level: 'rejected',
        reason: 'Pages are not accepted; a file’s url is its own.',
        advice: 'Save the page as a file.',
      },
      text: {
        level: 'rejected',
        readable: false,
        reason: 'Only files are accepted.',
        advice: 'Put the text into a file.',
      },
      question: {
        level: 'rejected',
        readable: false,
        reason: 'Only files are accepted.',
        advice: 'Put the question and answer into a file.',
      },
      answer: {
        level: 'rejected',
        readable: false,
        reason: 'Only files are accepted.',
        advice: 'Put the question and answer into a file.',
      },
      fileName: 'full',
      status: set,
      agentId: partialField('Every file belongs to the key’s agent.'),
      createdAt: set,
    },
  },
  { agent: hiddenOfAgent },
)

/** How this vendor behaves where vendors differ. */
export const traits: Required<Traits> = {
  anonymousVisitor: {
    value: 'placeholder',
    reason: 'A contact needs a first and a last name; the option placeholderName fills them.',
  },
  contactLookup: { value: 'read', reason: 'A contact is found by its external id, email or phone.' },
  contactKey: {
    value: 'vendor',
    reason: 'The vendor refuses a second contact with the same external id, email or phone.',
  },
  conversationsPerContact: { value: 'many', reason: 'Every conversation that is created is another one.' },
  questionContext: { value: 'yes', reason: 'A question can have a context.' },
  answerArrival: {
    value: 'polling',
    reason: 'The question is stored at once, and the answer is read until it is there.',
  },
  answerSources: { value: 'inline', reason: 'The agent’s messages have their citations.' },
  streaming: { value: 'whole', reason: 'The vendor does not stream.' },
  answerReach: { value: 'caller', reason: 'A question over the API is answered to the caller.' },
  questionToOperator: { value: 'unanswered', reason: 'In manual mode the agent does not answer.' },
  replyOperator: { value: 'optional', reason: 'The vendor credits the reply to the teammate that is named.' },
  replyControl: { value: 'needed', reason: 'The vendor refuses a reply while the agent is in control.' },
  replyTakesControl: { value: 'no', reason: 'A reply leaves the agent in control; only control.takeOver stops it.' },
  replyDelivery: { value: 'vendor', reason: 'The vendor sends the reply over the conversation’s channel.' },
  handOff: { value: 'operation', reason: 'The mode of a conversation can be set.' },
  sentTexts: { value: 'kept', reason: 'Texts read back as they were sent.' },
  statusRead: { value: 'no', reason: 'No response has a status.' },
  statusWrite: { value: 'yes', reason: 'The status can be set, although it cannot be read.' },
  messageTimes: { value: 'yes', reason: 'Every message has a time.' },
  deletes: {
    value: 'unseen',
    reason: 'Only a 404 on a get proves that a conversation is gone; lists may hide archived ones.',
  },
  edits: { value: 'never', reason: 'The API cannot change a message.' },
}
