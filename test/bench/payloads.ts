/**
 * A conversation in each vendor's documented format, with texts of a realistic length. Built once and served as bytes,
 * so that the comparison measures clients and not a server.
 */
const at = (index: number): string => new Date(1_767_225_600_000 + index * 61_000).toISOString()
const said = (index: number): string =>
  index % 2 === 0
    ? `Hello, I ordered two weeks ago (number ${10_000 + index}) and the parcel has still not arrived. Can you look?`
    : `Thank you for asking. Your parcel left our depot on Tuesday and the carrier expects to hand it over by Friday. You can follow it with the number in your confirmation; if it is not there by then, answer here and a colleague will send a replacement the same day, free of charge.`

export const agentConversationMessages = (count: number): object => ({
  messages: Array.from({ length: count }, (_, index) => ({
    id: `8f14e45f-ceea-467f-a0e6-${String(index).padStart(12, '0')}`,
    message: said(index),
    rawMessage: said(index),
    conversationId: 'c9f0f895-fb98-4d6b-8d8a-000000000001',
    senderRole: index % 2 === 0 ? 'conversation_user' : 'assistant',
    conversationMessageId: `8f14e45f-ceea-467f-a0e6-${String(index - (index % 2)).padStart(12, '0')}`,
    source: 'live_chat',
    createdAt: at(index),
    isAnonymized: false,
    subagentId: null,
    expandedMessage: null,
    ...(index % 2 === 1 && {
      fullAIResponse: {
        reasoning: [],
        outputText: said(index),
        urlCitations: [{ url: 'https://help.example/delivery', title: 'Delivery times' }],
        fileCitations: [],
      },
    }),
  })),
})

export const liveChatAIConversation = (count: number): object => ({
  status: 'success',
  data: {
    id: 'cm4xk2v9q0001',
    contactId: 'cm4xk2v9q0002',
    agentId: 'clx4agent0001',
    isResolved: false,
    isAgent: false,
    isMuted: false,
    isStarred: false,
    integrationType: 'WHATSAPP',
    lastMessageDate: at(count),
    agent: null,
    createdAt: at(0),
    updatedAt: at(count),
    messages: Array.from({ length: count }, (_, index) => ({
      id: `cm4xk2v9q1${String(index).padStart(8, '0')}`,
      content: said(index),
      role: index % 2 === 0 ? 'user' : 'assistant',
      type: 'TEXT',
      source:
        index % 2 === 0
          ? []
          : [{ id: 'src_1', type: 'WEBSITE', link: 'https://help.example/delivery', distance: 0.21 }],
      agent: null,
      createdAt: at(index),
    })),
  },
})

/** Newest first, in pages of at most 100, as the vendor sends them. */
export const leadConnectorMessages = (count: number, from: number): object => {
  const messages = Array.from({ length: Math.min(100, count - from) }, (_, place) => {
    const index = count - 1 - from - place
    return {
      id: `msg${String(index).padStart(17, '0')}`,
      type: 29,
      messageType: 'TYPE_LIVE_CHAT',
      locationId: 've9EPM428h8vShlRW1KT',
      contactId: 'ocQHyuzHvysMo5N5VsXc',
      conversationId: 'tDtDnQdgm2LXpyiqYvZ6',
      dateAdded: at(index),
      dateUpdated: at(index),
      body: said(index),
      direction: index % 2 === 0 ? 'inbound' : 'outbound',
      status: 'delivered',
      contentType: 'text/plain',
      attachments: [],
      ...(index % 2 === 1 && { source: 'app' }),
    }
  })
  const nextPage = from + messages.length < count
  return { messages: { lastMessageId: messages.at(-1)?.id ?? '', nextPage, messages }, traceId: 'b0a1' }
}

export const leadConnectorSearch = (count: number): object => ({
  conversations: Array.from({ length: count }, (_, index) => ({
    id: `cnv${String(index).padStart(17, '0')}`,
    contactId: `ctc${String(index).padStart(17, '0')}`,
    locationId: 've9EPM428h8vShlRW1KT',
    lastMessageBody: said(index),
    lastMessageType: 'TYPE_SMS',
    lastMessageDirection: index % 2 === 0 ? 'inbound' : 'outbound',
    type: 'TYPE_PHONE',
    unreadCount: index % 3,
    fullName: 'Ada Quill',
    contactName: 'Ada Quill',
    email: 'ada@quill.example',
    phone: '+15550100',
    dateAdded: 1_767_225_600_000,
    dateUpdated: 1_767_225_600_000 + index,
    lastMessageDate: 1_767_312_000_000 - index * 1000,
    sort: [1_767_312_000_000 - index * 1000],
    tags: [],
    followers: [],
    scoring: [],
    messageTypes: [2],
  })),
  total: count,
  traceId: 'b0a1',
})
