/** The parts of the emulated account that a call needs. */
export interface Scene {
  readonly ids: Readonly<Record<string, string>>
  /** Creates an object that the call needs. The request is not compared. */
  native(route: string, input?: object): Promise<Record<string, unknown>>
  advance(milliseconds: number): Promise<void>
}

export interface Parts {
  readonly path?: Readonly<Record<string, string>>
  readonly query?: Readonly<Record<string, unknown>>
  readonly body?: object
}

/** One method of the official client, and the endpoint of `native` that is the same. */
export interface SdkCall {
  readonly sdk: readonly [service: string, method: string]
  readonly route: string
  readonly given?: (scene: Scene) => Parts | Promise<Parts>
  /** Parameters with another name in the client. */
  readonly names?: Readonly<Record<string, string>>
  /** The model of the response, or of its one field that is declared as `any`. */
  readonly model?: string | readonly [field: string, model: string]
  /** Values that the vendor is known to send differently than declared. */
  readonly lies?: readonly string[]
  /** Fields that only the newest pages have, or that another page's text requires. */
  readonly newer?: readonly string[]
}

const action = {
  type: 'stopBot',
  name: 'Stop when angry',
  details: {
    stopBotDetectionType: 'Custom',
    stopBotTriggerCondition: 'is angry',
    reactivateEnabled: false,
    enabled: true,
    stopBotExamples: ['enough', 'stop it'],
    finalMessage: 'As you wish.',
  },
}
const followup = {
  type: 'advancedFollowup',
  name: 'Ask once more',
  details: {
    enabled: true,
    scenarioId: 'contactIsBusy',
    followupSequence: [{ id: 1, followupTimeUnit: 'hours', followupTime: 24 }],
  },
}
const agent = { name: 'Night desk', personality: 'Calm', goal: 'Offer a slot', instructions: 'Never quote prices.' }

const actions = '/conversation-ai/agents/{agentId}/actions'

async function actionPath({ ids, native }: Scene, body: object = action) {
  const agentId = ids['agentId'] ?? ''
  const made = await native(`POST ${actions}`, { path: { agentId }, body })
  return { agentId, actionId: (made['data'] as { id: string }).id }
}

const agentPath = ({ ids }: Scene) => ({ path: { agentId: ids['agentId'] ?? '' } })

const agentCalls: readonly SdkCall[] = [
  { sdk: ['conversation-ai', 'createAgent'], route: 'POST /conversation-ai/agents', given: () => ({ body: agent }) },
  {
    sdk: ['conversation-ai', 'searchAgent'],
    route: 'GET /conversation-ai/agents/search',
    given: () => ({ query: { limit: 2, query: 'e' } }),
  },
  { sdk: ['conversation-ai', 'getAgent'], route: 'GET /conversation-ai/agents/{agentId}', given: agentPath },
  {
    sdk: ['conversation-ai', 'updateAgent'],
    route: 'PUT /conversation-ai/agents/{agentId}',
    given: (scene) => ({ ...agentPath(scene), body: { autoPilotMaxMessages: 40, name: 'Day desk' } }),
  },
  { sdk: ['conversation-ai', 'deleteAgent'], route: 'DELETE /conversation-ai/agents/{agentId}', given: agentPath },
  {
    sdk: ['conversation-ai', 'createAction'],
    route: `POST ${actions}`,
    given: (scene) => ({ ...agentPath(scene), body: action }),
    model: ['data', 'ActionDataDTO'],
  },
  { sdk: ['conversation-ai', 'listActions'], route: `GET ${actions}/list`, given: agentPath },
  {
    sdk: ['conversation-ai', 'getActionById'],
    route: `GET ${actions}/{actionId}`,
    given: async (scene) => ({ path: await actionPath(scene) }),
    model: ['data', 'ActionDataDTO'],
  },
  {
    sdk: ['conversation-ai', 'updateAction'],
    route: `PUT ${actions}/{actionId}`,
    given: async (scene) => ({ path: await actionPath(scene), body: { ...action, name: 'Stop at once' } }),
    model: ['data', 'ActionDataDTO'],
  },
  {
    sdk: ['conversation-ai', 'deleteAction'],
    route: `DELETE ${actions}/{actionId}`,
    given: async (scene) => ({ path: await actionPath(scene) }),
    model: ['data', 'DeleteActionDataDTO'],
  },
  {
    sdk: ['conversation-ai', 'updateFollowupSettings'],
    route: 'PATCH /conversation-ai/agents/{agentId}/followup-settings',
    given: async (scene) => {
      const { agentId, actionId } = await actionPath(scene, followup)
      return { path: { agentId }, body: { actionIds: [actionId], followupSettings: { dynamicChannelSwitching: true } } }
    },
    model: ['data', 'ActionDataDTO'],
  },
  {
    sdk: ['conversation-ai', 'getGenerationDetails'],
    route: 'GET /conversation-ai/generations',
    given: ({ ids }) => ({ query: { messageId: ids['answerId'], source: 'conversation' } }),
  },
]

const conversation = ({ ids }: Scene) => ({ path: { conversationId: ids['conversationId'] ?? '' } })

const conversationCalls: readonly SdkCall[] = [
  {
    sdk: ['conversations', 'searchConversation'],
    route: 'GET /conversations/search',
    given: ({ ids }) => ({
      query: {
        locationId: ids['locationId'],
        status: 'all',
        sortBy: 'last_message_date',
        sort: 'desc',
        limit: 100,
        startDate: 1,
      },
    }),
    lies: [
      'conversations[].email is null, not string',
      'conversations[].lastMessageBody is missing',
      'conversations[].phone is missing',
    ],
    newer: ['conversations[].sort'],
  },
  {
    sdk: ['conversations', 'getConversation'],
    route: 'GET /conversations/{conversationId}',
    given: conversation,
    lies: ['inbox is missing', 'unreadCount is missing'],
  },
  {
    sdk: ['conversations', 'createConversation'],
    route: 'POST /conversations/',
    given: async ({ ids, native }) => {
      const locationId = ids['locationId'] ?? ''
      const made = await native('POST /contacts/upsert', { body: { locationId, email: 'new@shop.example' } })
      return { body: { locationId, contactId: (made['contact'] as { id: string }).id } }
    },
    model: ['conversation', 'ConversationCreateResponseDto'],
  },
  {
    sdk: ['conversations', 'updateConversation'],
    route: 'PUT /conversations/{conversationId}',
    given: (scene) => ({
      ...conversation(scene),
      body: { locationId: scene.ids['locationId'], unreadCount: 0, starred: true },
    }),
    model: ['conversation', 'ConversationDto'],
    lies: ['conversation.lastMessageType is number, not string'],
  },
  {
    sdk: ['conversations', 'deleteConversation'],
    route: 'DELETE /conversations/{conversationId}',
    given: conversation,
  },
  {
    sdk: ['conversations', 'getMessages'],
    route: 'GET /conversations/{conversationId}/messages',
    given: (scene) => ({ ...conversation(scene), query: { limit: 5, type: 'TYPE_SMS,TYPE_EMAIL' } }),
    lies: ['lastMessageId is missing', 'messages is object, not list', 'nextPage is missing'],
    newer: ['messages[].from', 'messages[].to'],
  },
  {
    sdk: ['conversations', 'exportMessagesByLocation'],
    route: 'GET /conversations/messages/export',
    given: ({ ids }) => ({
      query: { locationId: ids['locationId'], limit: 50, sortBy: 'createdAt', sortOrder: 'asc', channel: 'SMS' },
    }),
    newer: ['messages[].altId', 'messages[].from', 'messages[].to'],
  },
]

const messageId = ({ ids }: Scene) => ids['messageId'] ?? ''

async function sent({ ids, native }: Scene, more: object) {
  return native('POST /conversations/messages', { body: { contactId: ids['contactId'], message: 'Hello', ...more } })
}

/** Some minutes after the story ended. */
const later = 1_900_000_000

const messageCalls: readonly SdkCall[] = [
  {
    sdk: ['conversations', 'getMessage'],
    route: 'GET /conversations/messages/{id}',
    given: (scene) => ({ path: { id: messageId(scene) } }),
    lies: [
      'contactId is missing',
      'contentType is missing',
      'conversationId is missing',
      'dateAdded is missing',
      'direction is missing',
      'id is missing',
      'locationId is missing',
      'messageType is missing',
      'type is missing',
    ],
    newer: ['from', 'to'],
  },
  {
    sdk: ['conversations', 'getEmailById'],
    route: 'GET /conversations/messages/email/{id}',
    given: ({ ids }) => ({ path: { id: ids['emailId'] ?? '' } }),
  },
  {
    sdk: ['conversations', 'sendANewMessage'],
    route: 'POST /conversations/messages',
    given: ({ ids }) => ({
      body: { type: 'SMS', contactId: ids['contactId'], message: 'Hello', status: 'pending', subType: {} },
    }),
    lies: ['status is missing'],
  },
  {
    sdk: ['conversations', 'addAnInboundMessage'],
    route: 'POST /conversations/messages/inbound',
    given: ({ ids }) => ({
      body: {
        type: 'SMS',
        message: 'Hello',
        conversationId: ids['conversationId'],
        contactId: ids['contactId'],
        conversationProviderId: ids['conversationProviderId'],
      },
    }),
    lies: ['message is missing'],
  },
  {
    sdk: ['conversations', 'addAnOutboundMessage'],
    route: 'POST /conversations/messages/outbound',
    given: ({ ids }) => ({
      body: {
        type: 'Call',
        conversationId: ids['conversationId'],
        conversationProviderId: ids['conversationProviderId'],
        call: { from: '+15550199', status: 'completed' },
      },
    }),
    lies: ['message is missing'],
  },
  {
    sdk: ['conversations', 'updateMessageStatus'],
    route: 'PUT /conversations/messages/{messageId}/status',
    given: async (scene) => {
      const { conversationProviderId } = scene.ids
      const made = await sent(scene, { type: 'SMS', conversationProviderId })
      await scene.advance(6_000)
      return { path: { messageId: String(made['messageId']) }, body: { status: 'delivered' } }
    },
    lies: ['status is missing'],
  },
  {
    sdk: ['conversations', 'cancelScheduledMessage'],
    route: 'DELETE /conversations/messages/{messageId}/schedule',
    given: async (scene) => {
      const made = await sent(scene, { type: 'SMS', scheduledTimestamp: later })
      return { path: { messageId: String(made['messageId']) } }
    },
  },
  {
    sdk: ['conversations', 'cancelScheduledEmailMessage'],
    route: 'DELETE /conversations/messages/email/{emailMessageId}/schedule',
    given: async (scene) => {
      const more = { type: 'Email', contactId: scene.ids['emailContactId'], html: '<p>Hello</p>' }
      const made = await sent(scene, { ...more, scheduledTimestamp: later })
      return { path: { emailMessageId: String(made['emailMessageId']) } }
    },
  },
  {
    sdk: ['conversations', 'addMessageAttachments'],
    route: 'PUT /conversations/messages/{messageId}/attachments',
    given: async ({ ids, native }) => {
      const { conversationId, conversationProviderId } = ids
      const body = { type: 'Call', conversationId, conversationProviderId }
      const made = await native('POST /conversations/messages/outbound', { body })
      return {
        path: { messageId: String(made['messageId']) },
        body: { attachments: ['https://files.shop.example/call.wav'] },
      }
    },
  },
  {
    sdk: ['conversations', 'getMessageTranscription'],
    route: 'GET /conversations/locations/{locationId}/messages/{messageId}/transcription',
    given: ({ ids }) => ({ path: { locationId: ids['locationId'] ?? '', messageId: ids['callId'] ?? '' } }),
    lies: ['all is list, not object'],
  },
  {
    sdk: ['conversations', 'downloadMessageTranscription'],
    route: 'GET /conversations/locations/{locationId}/messages/{messageId}/transcription/download',
    given: ({ ids }) => ({ path: { locationId: ids['locationId'] ?? '', messageId: ids['callId'] ?? '' } }),
  },
  {
    sdk: ['conversations', 'liveChatAgentTyping'],
    route: 'POST /conversations/providers/live-chat/typing',
    given: ({ ids }) => ({
      body: {
        locationId: ids['locationId'],
        isTyping: true,
        visitorId: 'visitor',
        conversationId: ids['conversationId'],
      },
    }),
  },
]

const preferences = '/conversations/preferences'
const inLocation = ({ ids }: Scene) => ({ query: { locationId: ids['locationId'] } })
const newSubtype = { name: 'Tips', channel: 'email', language: 'en' }

const preferenceCalls: readonly SdkCall[] = [
  {
    sdk: ['conversations', 'getAllCustomSubtypes'],
    route: `GET ${preferences}/custom-subtypes`,
    given: inLocation,
  },
  {
    sdk: ['conversations', 'createCustomSubtype'],
    route: `POST ${preferences}/custom-subtypes`,
    given: (scene) => ({ ...inLocation(scene), body: newSubtype }),
  },
  {
    sdk: ['conversations', 'updateCustomSubtype'],
    route: `PUT ${preferences}/custom-subtypes/{id}`,
    given: async (scene) => {
      const made = await scene.native(`POST ${preferences}/custom-subtypes`, { ...inLocation(scene), body: newSubtype })
      return { ...inLocation(scene), path: { id: String(made['id']) }, body: { archived: true } }
    },
  },
  {
    sdk: ['conversations', 'getContactUnsubscriptionStatus'],
    route: `GET ${preferences}/unsubscriptions/status`,
    given: ({ ids }) => ({ query: { locationId: ids['locationId'], contactId: ids['contactId'] } }),
  },
  {
    sdk: ['conversations', 'userSubscriptionChange'],
    route: `POST ${preferences}/unsubscriptions/user-change`,
    given: ({ ids }) => ({
      body: {
        locationId: ids['locationId'],
        contactId: ids['contactId'],
        email: 'nia@shop.example',
        subscription_action: { type: 'default', subtype_name: 'One on One', subtype_status: 'unsubscribed' },
      },
    }),
  },
]

const contactId = ({ ids }: Scene) => ({ path: { contactId: ids['contactId'] ?? '' } })

const peopleCalls: readonly SdkCall[] = [
  { sdk: ['contacts', 'getContact'], route: 'GET /contacts/{contactId}', given: contactId },
  {
    sdk: ['contacts', 'upsertContact'],
    route: 'POST /contacts/upsert',
    given: ({ ids }) => ({ body: { locationId: ids['locationId'], email: 'nia@shop.example', tags: ['vip'] } }),
  },
  {
    sdk: ['contacts', 'searchContactsAdvanced'],
    route: 'POST /contacts/search',
    given: ({ ids }) => ({ body: { locationId: ids['locationId'], page: 1, pageLimit: 5 } }),
  },
  {
    sdk: ['contacts', 'getDuplicateContact'],
    route: 'GET /contacts/search/duplicate',
    given: ({ ids }) => ({ query: { locationId: ids['locationId'], number: '+1 555 0199' } }),
  },
  {
    sdk: ['contacts', 'updateContact'],
    route: 'PUT /contacts/{contactId}',
    given: (scene) => ({ ...contactId(scene), body: { assignedTo: scene.ids['userId'] } }),
  },
  {
    sdk: ['contacts', 'getContacts'],
    route: 'GET /contacts/',
    given: ({ ids }) => ({ query: { locationId: ids['locationId'], limit: 5 } }),
  },
  {
    sdk: ['users', 'getUser'],
    route: 'GET /users/{userId}',
    given: ({ ids }) => ({ path: { userId: ids['userId'] ?? '' } }),
  },
  {
    sdk: ['users', 'searchUsers'],
    route: 'GET /users/search',
    given: ({ ids }) => ({
      query: { companyId: ids['companyId'], locationId: ids['locationId'], skip: '1', limit: '2' },
    }),
  },
  {
    sdk: ['users', 'getUserByLocation'],
    route: 'GET /users/',
    given: ({ ids }) => ({ query: { locationId: ids['locationId'] } }),
  },
  {
    sdk: ['files', 'getFileBySlug'],
    route: 'GET /files/d/{slug}',
    given: async ({ ids, native }) => {
      const form = new FormData()
      form.append('locationId', ids['locationId'] ?? '')
      form.append('conversationId', ids['conversationId'] ?? '')
      form.append('isSecureAttachment', 'true')
      form.append('fileAttachment', new File(['hello'], 'note.txt', { type: 'text/plain' }))
      const made = await native('POST /conversations/messages/upload', { body: form })
      const url = (made['uploadedFiles'] as Record<string, string>)['note.txt'] ?? ''
      return { path: { slug: url.split('/').at(-1) ?? '' } }
    },
  },
]

const base = ({ ids }: Scene) => ({ path: { id: ids['knowledgeBaseId'] ?? '' } })
const inBase = ({ ids: { locationId, knowledgeBaseId } }: Scene) => ({ locationId, knowledgeBaseId })
const pages = '/knowledge-bases/crawler'

async function crawled({ native, ...scene }: Scene): Promise<string> {
  const body = { ...inBase({ native, ...scene }), url: 'https://shop.example/new', option: 'Exact' }
  const made = await native(`POST ${pages}`, { body })
  return (made['data'] as { operationId: string }).operationId
}

const knowledgeCalls: readonly SdkCall[] = [
  {
    sdk: ['knowledge-base', 'listAllKnowledgeBasesPaginated'],
    route: 'GET /knowledge-bases/',
    given: ({ ids }) => ({ query: { locationId: ids['locationId'], limit: 1 } }),
    model: ['data', 'GetAllKnowledgeBasesPaginatedDataDTO'],
  },
  {
    sdk: ['knowledge-base', 'getKnowledgeBaseById'],
    route: 'GET /knowledge-bases/{id}',
    given: base,
    names: { id: 'knowledgeBaseId' },
    model: ['data', 'GetKnowledgeBaseByIdDataDTO'],
  },
  {
    sdk: ['knowledge-base', 'createKnowledgeBase'],
    route: 'POST /knowledge-bases/',
    given: ({ ids }) => ({ body: { name: 'Bikes', locationId: ids['locationId'] } }),
    model: ['data', 'KnowledgeBaseDataDTO'],
  },
  {
    sdk: ['knowledge-base', 'updateKnowledgeBase'],
    route: 'PUT /knowledge-bases/{id}',
    given: (scene) => ({ ...base(scene), body: { description: 'All about bikes' } }),
  },
  {
    sdk: ['knowledge-base', 'deleteKnowledgeBase'],
    route: 'DELETE /knowledge-bases/{id}',
    given: base,
    names: { id: 'knowledgeBaseId' },
  },
  {
    sdk: ['knowledge-base', 'list'],
    route: 'GET /knowledge-bases/faqs',
    given: (scene) => ({ query: { ...inBase(scene), limit: 2 } }),
    // Only an FAQ that was created from a page has one.
    lies: ['faqs[].trainedUrlId is null, not string'],
  },
  {
    sdk: ['knowledge-base', 'create'],
    route: 'POST /knowledge-bases/faqs',
    given: (scene) => ({ body: { ...inBase(scene), question: 'Where?', answer: 'Here.' } }),
    model: ['faq', 'FaqResponseDTO'],
    lies: ['faq.trainedUrlId is null, not string'],
  },
  {
    sdk: ['knowledge-base', 'update'],
    route: 'PUT /knowledge-bases/faqs/{id}',
    given: ({ ids }) => ({ path: { id: ids['faqId'] ?? '' }, body: { question: 'Where?', answer: 'There.' } }),
  },
  {
    sdk: ['knowledge-base', 'delete'],
    route: 'DELETE /knowledge-bases/faqs/{id}',
    given: ({ ids }) => ({ path: { id: ids['faqId'] ?? '' } }),
  },
  {
    sdk: ['knowledge-base', 'getAllWebsiteUrlsDataByKnowledgeBase'],
    route: `GET ${pages}`,
    given: (scene) => ({ query: { ...inBase(scene), page: 1, pageLength: 2 } }),
  },
  {
    sdk: ['knowledge-base', 'discoverWebsite'],
    route: `POST ${pages}`,
    given: (scene) => ({ body: { ...inBase(scene), url: 'https://shop.example/new', option: 'Path' } }),
    model: ['data', 'DiscoverWebsiteDataDTO'],
  },
  {
    sdk: ['knowledge-base', 'getCrawlingStatusForLatestOperation'],
    route: `GET ${pages}/status`,
    given: async (scene) => ({ query: { ...inBase(scene), operationId: await crawled(scene) } }),
    model: ['data', 'CrawlingStatusDataDTO'],
  },
  {
    sdk: ['knowledge-base', 'trainDiscoveredUrls'],
    route: `POST ${pages}/train`,
    given: async (scene) => {
      const operationId = await crawled(scene)
      return { body: { ...inBase(scene), operationId, urlIds: [operationId] } }
    },
  },
  {
    sdk: ['knowledge-base', 'deleteTrainedUrlsForKnowledgeBase'],
    route: `DELETE ${pages}`,
    given: async (scene) => ({ body: { ...inBase(scene), urlIds: [await crawled(scene)] } }),
  },
]

export const sdkCalls: readonly SdkCall[] = [
  ...agentCalls,
  ...conversationCalls,
  ...messageCalls,
  ...preferenceCalls,
  ...peopleCalls,
  ...knowledgeCalls,
]
