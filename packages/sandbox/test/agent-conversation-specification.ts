import * as z from 'zod'

/**
 * The answers that the vendor's OpenAPI document declares, copied by hand from it: neither the emulator's code nor the
 * adapter's types are used. Strict: a field that it does not declare is as wrong as one that is missing.
 */

const text = z.string()
const number = z.number()
const flag = z.boolean()
const id = z.uuid()
/** With or without milliseconds. */
const dateTime = z.iso.datetime()
const customData = z.strictObject({ customData: z.record(text, z.unknown()) })

const user = z.strictObject({
  ...{ id, firstName: text, lastName: text, isAnonymized: flag },
  ...{ email: text.optional(), phoneNumber: text.optional(), fkId: text.optional(), fkUserId: text.optional() },
  ...{ context: text.optional(), source: text.optional(), metadata: customData.optional() },
})

const assignedUser = z.strictObject({
  ...{ id, firstName: text, lastName: text, email: text },
  ...{ avatarUrl: text.nullable(), phoneNumber: text.nullable() },
})

const vote = {
  id,
  voteType: z.enum(['up', 'down']),
  question: text.nullable(),
  answer: text.nullable(),
  comment: text.nullable(),
}
const messageFeedback = z.strictObject({ ...vote, userEmail: text.nullish() })
const conversationFeedback = messageFeedback.extend({ createdAt: text, updatedAt: text })
const givenFeedback = z.strictObject({ ...vote, conversationMessageId: id, createdAt: text, updatedAt: text })

const conversation = z.strictObject({
  ...{ id, conversationUserId: id, aiConversationId: text, user, isAnonymized: flag },
  ...{ createdAt: dateTime, updatedAt: dateTime },
  ...{ title: text.optional(), score: number.optional(), summary: text.optional(), metadata: customData.optional() },
  ...{ aiCallId: id.optional(), mode: z.enum(['manual', 'ai']).optional(), conversationStateId: id.optional() },
  assignedUser: assignedUser.nullish(),
})
const conversationWithFeedbacks = conversation.extend({ feedbacks: z.array(conversationFeedback) })

const message = z.strictObject({
  ...{ id, message: text, conversationId: id, conversationMessageId: id, createdAt: dateTime, isAnonymized: flag },
  senderRole: z.enum(['conversation_user', 'assistant', 'manual_assistant']),
  source: z.enum(['email', 'sms', 'live_chat', 'copilot', 'api', 'voice', 'ms_teams']),
  rawMessage: text.optional(),
  conversationMessageFeedbacks: z.array(messageFeedback).optional(),
  fullAIResponse: z
    .strictObject({
      reasoning: z.array(text).nullish(),
      outputText: text.nullish(),
      urlCitations: z.array(z.strictObject({ url: text, title: text })).nullish(),
      fileCitations: z.array(z.strictObject({ fileId: text, filename: text })).nullish(),
    })
    .optional(),
  subagentId: id.nullish(),
  expandedMessage: text.nullish(),
  files: z
    .array(
      z.strictObject({
        ...{ id, fileName: text, openAIFileId: text, createdAt: text, updatedAt: text },
        size: number.nullish(),
      }),
    )
    .optional(),
})

const response = z.strictObject({
  status: z.enum(['pending', 'completed', 'failed']),
  message: message.nullable(),
  error: text.nullable(),
})

const state = z.strictObject({
  ...{ id, name: text, description: text.nullable(), color: text.nullable(), isPersistent: flag },
  ...{ createdAt: text, updatedAt: text },
})

const pageOf = <Item extends z.ZodType>(item: Item) =>
  z.strictObject({
    ...{ currentPage: number, pageSize: number, totalItems: number, totalPages: number },
    ...{ hasNextPage: flag, hasPreviousPage: flag, data: z.array(item) },
  })

const agent = z.strictObject({
  ...{ organizationId: id, organizationName: text, id, name: text, publicName: text, role: text },
  ...{ description: text.optional(), vectorStoreId: text, avatarUrl: text.optional() },
  aiConfig: z.strictObject({
    ...{ id: id.optional(), model: text.optional(), temperature: number.optional(), topP: number.optional() },
    ...{ instructions: text.optional(), isCodeInterpreterEnabled: flag.optional() },
    ...{ isFileSearchEnabled: flag.optional(), fileSearchMaxNumResults: number.optional() },
    reasoningEffort: z.enum(['low', 'medium', 'high', 'xhigh', 'minimal', 'none', 'max']).optional(),
    reasoningMode: z.enum(['standard', 'pro']).optional(),
    ...{ isOutputJsonSchemaEnabled: flag.optional(), outputJsonSchema: text.optional() },
  }),
  status: z.enum(['active', 'inactive', 'draft']),
  tags: z.array(text).nullish(),
  skills: z.array(z.looseObject({ systemName: text, status: z.enum(['active', 'inactive']) })),
  restrictDocumentsToOwnerOnly: flag.optional(),
})

const amounts = {
  tokensAmountPerMonth: number,
  smsAmountPerMonth: number,
  emailsAmountPerMonth: number,
  secondsAmountPerMonth: number,
}
const agentLimits = z.strictObject({ ...amounts, id, agentId: id, isOrganizationDefault: flag })
const userLimits = z.strictObject({ ...amounts, id, userId: id, isOrganizationDefault: flag })

const agentFile = z.strictObject({
  ...{ id, fileName: text, url: text, createdAt: text },
  ...{ vectorStoreFileId: text.optional(), isUploadedToVectorStore: flag.nullish() },
  vectorStoreUploadStatus: z.enum(['processing', 'done', 'failed']).nullish(),
  uploadedToVectorStoreAt: text.optional(),
})

const promptResult = z.strictObject({
  ...{ status: z.enum(['pending', 'completed', 'failed']), totalTokens: number },
  ...{ response: text.nullable(), error: text.nullable() },
})

const uploadUrl = z.strictObject({ signedUrl: z.url(), storagePath: text })
const webhook = z.strictObject({
  ...{ id, agentId: id, title: text, description: text, url: text, headers: z.record(text, text).optional() },
  triggerCondition: z.enum([
    ...(['each_message', 'end_dialog', 'start_dialog', 'chat_currently_unavailable'] as const),
    ...(['auto_archive_conversation', 'manual'] as const),
  ]),
  ...{ status: z.enum(['active', 'inactive']), createdAt: text, updatedAt: text },
})
const nothing = z.null()
/** No body is declared. */
const anything = z.unknown()

export const problems = {
  400: z.strictObject({
    ...{ status: z.literal(500), name: z.literal('BAD_REQUEST'), message: z.literal('INVALID_REQUEST') },
    details: z.array(text),
  }),
  403: z.strictObject({
    ...{ status: z.literal(403), name: z.literal('FORBIDDEN_ERROR'), message: z.literal('INVALID_CREDENTIALS') },
    details: z.array(text),
  }),
  404: z.strictObject({
    ...{ status: z.literal(404), name: z.literal('ENTITY_NOT_FOUND_ERROR'), message: z.literal('ENTITY_NOT_FOUND') },
    details: z.array(text),
  }),
  500: z.strictObject({ status: z.literal(500), message: z.literal('Internal Server Error') }),
} as const

/** By endpoint: the status and the body of what goes well. */
export const specification: Readonly<Record<string, readonly [status: number, body: z.ZodType]>> = {
  'GET /conversations': [200, pageOf(conversationWithFeedbacks)],
  'POST /conversations': [201, conversation],
  'DELETE /conversations': [204, nothing],
  // One object is declared where all states are listed.
  'GET /conversations/states': [200, state],
  'GET /conversations/{id}': [200, conversationWithFeedbacks],
  'PUT /conversations/{id}': [200, conversation],
  'POST /conversations/start': [201, z.strictObject({ conversationId: id })],
  'GET /conversations/{id}/messages': [200, z.strictObject({ messages: z.array(message) })],
  'POST /conversations/{id}/messages': [201, message],
  'POST /conversations/{id}/messages/async': [201, message],
  'GET /conversations/{id}/messages/{questionMessageId}/response-on': [200, response],
  'PUT /conversations/{id}/mode': [200, conversation],
  'POST /conversations/{id}/send-manual-message': [200, message],
  'POST /conversations/{id}/message-files/upload-url': [200, uploadUrl],
  'GET /conversations/{id}/message-files/{fileId}/signed-url': [
    200,
    z.strictObject({ signedUrl: z.url(), fileId: id }),
  ],
  'POST /users': [201, user],
  'GET /users/search': [200, z.strictObject({ user, conversationIds: z.array(id) })],
  'GET /users/{id}': [200, user],
  'DELETE /users/{id}': [204, nothing],
  'GET /users/{id}/limits': [200, userLimits],
  'POST /users/{id}/limits': [201, userLimits],
  'PUT /users/{id}/limits': [200, userLimits],
  'DELETE /users/{id}/limits': [200, anything],
  // An agent is declared, by mistake: its twin below has the page.
  'GET /agents/users': [200, pageOf(user)],
  'GET /agents/by-api-key': [200, agent],
  'GET /agents/statistic': [
    200,
    z.strictObject({
      ...{ tokensUsed: number, tokensPerConversation: number, vapiSecondsUsed: number, averageCallDuration: number },
      ...{ smsUsed: number, smsPerConversation: number, emailsUsed: number, emailsPerConversation: number },
    }),
  ],
  'GET /agents/limits': [
    200,
    z.strictObject({ emailsAmount: number, smsAmount: number, tokensAmount: number, secondsAmount: number }),
  ],
  'POST /agents/limits': [201, agentLimits],
  'PUT /agents/limits': [200, agentLimits],
  'DELETE /agents/limits': [200, anything],
  'POST /agents': [201, agent.extend({ agentApiKey: text.nullable() })],
  'PUT /agents/{id}': [200, agent],
  'GET /agents/{id}/users': [200, pageOf(user)],
  'GET /agent-roles/by-api-key': [200, z.array(z.strictObject({ id, name: text, description: text }))],
  'GET /platform-users': [
    200,
    z.array(z.strictObject({ id, email: z.email(), phoneNumber: text, firstName: text, lastName: text })),
  ],
  'POST /agents/webhooks': [201, webhook],
  'POST /agent-files/upload': [200, agentFile],
  'GET /agent-files/by-api-key': [200, agentFile],
  'DELETE /agent-files': [200, anything],
  'DELETE /agent-files/{id}/delete': [200, anything],
  'DELETE /agent-files/{id}/delete-from-vector-store': [200, anything],
  'PUT /agent-files/{id}/add-to-vector-store': [200, anything],
  'PUT /agent-files/{id}/add-to-vector-store/async': [200, anything],
  'POST /prompts': [200, promptResult],
  'POST /prompts/async': [200, z.strictObject({ promptId: id })],
  'GET /prompts/{id}/response-on': [200, promptResult.nullable()],
  'POST /prompts/upload-url': [200, uploadUrl],
  'POST /conversation-message-feedbacks': [201, givenFeedback],
  'POST /resource-usage': [201, nothing],
}
