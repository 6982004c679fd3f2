import type { FieldLimit, NativeEndpoint, NativeEndpoints, NativeGiven } from '@parley/core'
import type { AgentConversationEndpoints } from './types.ts'

/** "Create conversation", "Update conversation". */
const texts: Readonly<Record<string, FieldLimit>> = { title: { maxLength: 255 }, context: { maxLength: 256_000 } }

const upload: Pick<NativeEndpoint, 'required'> = { required: { body: ['fileName', 'contentType'] } }

/** These responses contain the agent's keys, its prompt, and its webhooks' headers. */
const secrets =
  'The response contains secrets: keys and headers of `skills`, `aiConfig.instructions`. Remove them before logging.'
const secretKey = 'The response contains the new agent’s key in plain text, as `agentApiKey`.'
const fileSearch = 'With `isFileSearchEnabled`, `fileSearchMaxNumResults` is required.'

/** Writing limits sets all four limits. */
const limitAmounts: Pick<NativeEndpoint, 'required'> = {
  required: {
    body: ['tokensAmountPerMonth', 'smsAmountPerMonth', 'emailsAmountPerMonth', 'secondsAmountPerMonth'],
  },
}

/** "Create agent", "Update agent". */
function checkFileSearch({ body }: NativeGiven): { path: string; problem: string } | undefined {
  const isMissing = (body('fileSearchMaxNumResults') ?? null) === null
  return body('isFileSearchEnabled') === true && isMissing
    ? { path: 'body.fileSearchMaxNumResults', problem: 'is required with isFileSearchEnabled' }
    : undefined
}

/** These endpoints need the organization's key instead of the agent's. */
const organization: Pick<NativeEndpoint, 'credential'> = { credential: 'organizationKey' }

/** The response waits for the model, or for the processing of a file. */
const slow: Pick<NativeEndpoint, 'timeout'> = { timeout: 120_000 }

const perChannel: Readonly<Record<string, readonly string[]>> = {
  email: ['email', 'emailSubject', 'emailIntroduction'],
  sms: ['phoneNumber', 'smsIntroduction'],
  voice: ['phoneNumber', 'firstMessage'],
}

/** "Start conversation": each channel requires more fields than the common ones. */
function checkStart({ body }: NativeGiven): { path: string; problem: string } | undefined {
  const channel = String(body('channel'))
  const names = Object.hasOwn(perChannel, channel) ? perChannel[channel] : undefined
  const missing = names?.find((name) => [undefined, null, ''].includes(body(name) as undefined))
  return missing === undefined ? undefined : { path: `body.${missing}`, problem: `is required for ${channel}` }
}

/** All endpoints, in the order of the vendor's index. */
export const endpoints: NativeEndpoints<AgentConversationEndpoints> = {
  'GET /conversations': { summary: 'List conversations' },
  'POST /conversations': {
    summary: 'Create a conversation',
    required: { body: ['conversationUserId'] },
    limits: texts,
  },
  'DELETE /conversations': {
    summary: 'Delete all conversations of a user with the agent',
    required: { body: ['conversationUserId'] },
    answer: 'none',
    // A repeated delete would also remove conversations that were opened in between.
    idempotent: false,
  },
  'GET /conversations/states': { summary: 'List the workflow states of conversations' },
  'GET /conversations/{id}': { summary: 'Get a conversation' },
  'PUT /conversations/{id}': { summary: 'Change a conversation', limits: texts },
  'POST /conversations/start': {
    summary: 'Start a conversation by email, SMS or call',
    required: { body: ['firstName', 'lastName', 'channel'] },
    check: checkStart,
    notes: Object.entries(perChannel).map(
      ([channel, names]) => `The channel ${channel} also requires ${names.map((name) => `\`${name}\``).join(', ')}.`,
    ),
  },
  'GET /conversations/{id}/messages': { summary: 'List all messages of a conversation' },
  'POST /conversations/{id}/messages': {
    summary: 'Ask the agent on behalf of the user, and wait for the answer',
    required: { body: ['message'] },
    ...slow,
  },
  'POST /conversations/{id}/messages/async': {
    summary: 'Ask the agent on behalf of the user',
    required: { body: ['message'] },
  },
  'GET /conversations/{id}/messages/{questionMessageId}/response-on': { summary: 'Get the answer to a question' },
  'PUT /conversations/{id}/mode': { summary: 'Set whether a person or the agent answers' },
  'POST /conversations/{id}/send-manual-message': {
    summary: 'Write to the user as a person',
    required: { body: ['message'] },
    notes: ['An empty 400: the mode is not `manual`, or it is a voice conversation.'],
  },
  'POST /conversations/{id}/message-files/upload-url': {
    summary: 'Get a URL for uploading a message’s file',
    ...upload,
  },
  'GET /conversations/{id}/message-files/{fileId}/signed-url': { summary: 'Get a URL for reading a message’s file' },

  'POST /users': {
    summary: 'Create a user',
    required: { body: ['firstName', 'lastName', 'phoneNumber | email | fkId'] },
  },
  'GET /users/search': {
    summary: 'Find a user and their conversations',
    required: { query: ['email | phoneNumber | fkId'] },
  },
  'GET /users/{id}': { summary: 'Get a user' },
  'DELETE /users/{id}': { summary: 'Delete a user', answer: 'none' },
  'GET /users/{id}/limits': { summary: 'Get a user’s monthly limits' },
  'POST /users/{id}/limits': { summary: 'Create a user’s monthly limits', ...limitAmounts },
  'PUT /users/{id}/limits': { summary: 'Change a user’s monthly limits', ...limitAmounts },
  'DELETE /users/{id}/limits': { summary: 'Delete a user’s monthly limits', answer: 'none' },
  'GET /agents/users': { summary: 'List the agent’s users' },

  'GET /agents/by-api-key': { summary: 'Get the agent', notes: [secrets] },
  'GET /agents/statistic': { summary: 'Get usage totals' },
  'GET /agents/limits': { summary: 'Get the agent’s use of its monthly limits' },
  'POST /agents/limits': { summary: 'Create the agent’s monthly limits', ...limitAmounts },
  'PUT /agents/limits': { summary: 'Change the agent’s monthly limits', ...limitAmounts },
  'DELETE /agents/limits': { summary: 'Delete the agent’s monthly limits', answer: 'none' },
  'POST /agents': {
    summary: 'Create an agent',
    required: { body: ['roleId', 'name', 'publicName', 'outputJsonSchema', 'tags'] },
    check: checkFileSearch,
    notes: [fileSearch, secretKey, secrets],
    ...organization,
  },
  'PUT /agents/{id}': {
    summary: 'Change an agent',
    required: { body: ['outputJsonSchema'] },
    check: checkFileSearch,
    notes: [fileSearch, secrets],
    ...organization,
  },
  'GET /agents/{id}/users': { summary: 'List an agent’s users', ...organization },
  'GET /agent-roles/by-api-key': { summary: 'List the roles of agents', ...organization },
  'GET /platform-users': { summary: 'List teammates', ...organization },
  'POST /agents/webhooks': {
    summary: 'Create a webhook',
    required: { body: ['title', 'description', 'url', 'triggerCondition'] },
    notes: ['A URL that is not HTTPS on a public host is refused with a 400.'],
  },

  'POST /agent-files/upload': {
    summary: 'Upload a file as knowledge',
    body: 'form',
    required: { body: ['file'] },
    ...slow,
  },
  'GET /agent-files/by-api-key': { summary: 'List the agent’s files' },
  'DELETE /agent-files': { summary: 'Delete files', required: { body: ['fileIds'] }, answer: 'none' },
  'DELETE /agent-files/{id}/delete': { summary: 'Delete a file', answer: 'none' },
  'DELETE /agent-files/{id}/delete-from-vector-store': {
    summary: 'Remove a file from the vector store',
    answer: 'none',
  },
  'PUT /agent-files/{id}/add-to-vector-store': {
    summary: 'Add a file to the vector store, and wait until it is processed',
    answer: 'none',
    ...slow,
  },
  'PUT /agent-files/{id}/add-to-vector-store/async': { summary: 'Add a file to the vector store', answer: 'none' },

  'POST /prompts': {
    summary: 'Ask the agent without a conversation, and wait for the answer',
    required: { body: ['prompt'] },
    ...slow,
  },
  'POST /prompts/async': { summary: 'Ask the agent without a conversation', required: { body: ['prompt'] } },
  'GET /prompts/{id}/response-on': { summary: 'Get the answer to a prompt' },
  'POST /prompts/upload-url': { summary: 'Get a URL for uploading a prompt’s file', ...upload },

  'POST /conversation-message-feedbacks': {
    summary: 'Rate an answer',
    required: { body: ['conversationMessageId', 'userId', 'voteType', 'question'] },
  },
  'POST /resource-usage': {
    summary: 'Log usage of a resource',
    required: { body: ['type', 'amount'] },
    answer: 'none',
  },
}
