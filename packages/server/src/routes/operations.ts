import { isRecord, type OperationName, tryParseRef } from '@parley/core'
import * as z from 'zod'
import { nothingThere } from '../access.ts'
import * as inputs from '../inputs.ts'
import { type Call, type Method, type Route, route } from '../route.ts'
import { account, cursor, deleted, instant, limit, model, pageOf, pageOverAccounts, refOf, word } from '../schemas.ts'
import { bytesOf, withFiles } from './commands.ts'

// The operations of the contract over HTTP, one line each: those that are neither commands of the desk nor its lists.

/** The operations that have no route of their own, and why. */
export const notServed: Readonly<Partial<Record<OperationName, string>>> = {
  'conversations.start': 'It reaches a contact past the outbox.',
  'conversations.assign': 'The command `assign` does it.',
  'conversations.close': 'The command `close` does it.',
  'messages.ask': 'It can reach a contact past the outbox.',
  'messages.stream': 'It can reach a contact past the outbox.',
  'messages.reply': 'The command `reply` does it.',
  'messages.note': 'The command `note` does it.',
  'messages.reconcile': 'The outbox does it by itself.',
  'control.takeOver': 'The command `takeOver` does it.',
  'control.release': 'The command `release` does it.',
}

const params = {
  agent: refOf('agent'),
  action: refOf('action'),
  conversation: refOf('conversation'),
  message: refOf('message'),
  contact: refOf('contact'),
  attachment: refOf('attachment'),
  knowledge: refOf('knowledge'),
  suggestion: refOf('suggestion'),
  account,
}
type ParamName = keyof typeof params

const paging = { limit: limit.exactOptional(), cursor: cursor.exactOptional() }
const accounts = { accounts: z.array(account).max(1000).exactOptional() }
const period = { since: instant.exactOptional(), until: instant.exactOptional() }
const search = { search: word(1000).exactOptional() }
const sourceKind = z.enum(['website', 'faq', 'file', 'text', 'rich-text', 'video', 'image', 'notion'])

interface Operation {
  query?: Record<string, z.ZodType>
  body?: z.ZodType
  result?: z.ZodType
  maxBody?: number
  /** How the body becomes the input. */
  input?: (body: Record<string, unknown>, params: Record<string, string>) => unknown
  /** Whether the query is part of the options, and no argument of its own. */
  queryInOptions?: true
  /** Gives the result a form that JSON has. */
  answer?: (result: unknown) => unknown
}

/**
 * A route for an operation. Its arguments are the parts of the path in their order, then the query or the body, then the options. A
 * write leaves an entry in the audit.
 */
function operation(
  name: OperationName,
  line: string,
  role: Route['role'],
  summary: string,
  { query, body, result, maxBody, input = (given) => given, queryInOptions, answer = (value) => value }: Operation = {},
): Route {
  const [method, path] = line.split(' ') as [Method, string]
  const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, param]) => param as ParamName)
  const first = names[0]
  const isWrite = role !== 'reader'
  return route({
    id: name,
    method,
    path,
    summary,
    role,
    account: first === undefined ? 'accounts' : first === 'account' ? { name: first } : { ref: first },
    params: Object.fromEntries(names.map((param) => [param, params[param]])),
    ...(query && { query }),
    ...(body && { body }),
    ...(result && { result }),
    ...(maxBody && { maxBody }),
    async run({ params: given, query: asked, body: sent, call }) {
      const values = given as Record<string, string>
      const { accounts: _, ...own } = { ...(asked as object), ...(isRecord(sent) && !isWrite && sent) } as Record<
        string,
        unknown
      >
      const listed = { ...own, ...(first === undefined && call.accounts && { accounts: call.accounts }) }
      const isList = (query !== undefined || (body !== undefined && !isWrite)) && !queryInOptions
      const args = [
        ...(name === 'conversations.create' ? [] : names.map((param) => values[param])),
        ...(isList ? [listed] : []),
        ...(body && isWrite ? [input(sent as Record<string, unknown>, values)] : []),
        { ...call.options, ...(queryInOptions && own) },
      ]
      const isSafe = call.caller.role === 'admin' || !name.startsWith('agents.')
      const work = async () => {
        const done = answer(await call.run(name, args))
        return isSafe ? done : withoutSecrets(done)
      }
      return isWrite ? call.desk.audited(name, values[first ?? ''] ?? name, work) : work()
    },
  })
}

/** The calls that an agent makes of an API have its secrets. */
const withoutSecrets = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(withoutSecrets)
  if (!isRecord(value)) return value
  const { attributes, ...rest } = value
  const shown = value['kind'] === 'api-call' || attributes === undefined ? rest : value
  return Object.fromEntries(Object.entries(shown).map(([key, item]) => [key, withoutSecrets(item)]))
}

/** Bytes come as base64. */
const withBytes = ({ content, ...rest }: Record<string, unknown>): unknown =>
  typeof content === 'string' ? { ...rest, content: bytesOf(content) } : rest

const [agent, action, workingHours, contact, message] = [
  model('agent'),
  model('action'),
  model('workingHours'),
  model('contact'),
  model('message'),
]

export const operationRoutes: readonly Route[] = [
  operation('agents.list', 'get /v1/agents', 'reader', 'The AI agents of all accounts.', {
    query: { ...search, ...accounts, ...paging },
    result: pageOverAccounts(agent),
  }),
  operation('agents.get', 'get /v1/agents/{agent}', 'reader', 'One agent.', { result: agent }),
  operation('agents.create', 'post /v1/accounts/{account}/agents', 'admin', 'Creates an agent.', {
    body: inputs.newAgent,
    result: agent,
  }),
  operation('agents.update', 'patch /v1/agents/{agent}', 'admin', 'Changes an agent.', {
    body: inputs.agentChange,
    result: agent,
  }),
  operation('agents.delete', 'delete /v1/agents/{agent}', 'admin', 'Deletes an agent. This cannot be undone.', {
    result: deleted,
  }),
  operation('agents.actions.list', 'get /v1/agents/{agent}/actions', 'reader', 'The actions of an agent.', {
    query: paging,
    result: pageOf(action),
  }),
  operation('agents.actions.get', 'get /v1/agents/{agent}/actions/{action}', 'reader', 'One action.', {
    result: action,
  }),
  operation('agents.actions.attach', 'post /v1/agents/{agent}/actions', 'admin', 'Gives an agent an action.', {
    body: inputs.newAction,
    result: action,
  }),
  operation('agents.actions.update', 'patch /v1/agents/{agent}/actions/{action}', 'admin', 'Changes an action.', {
    body: inputs.actionChange,
    result: action,
  }),
  operation('agents.actions.remove', 'delete /v1/agents/{agent}/actions/{action}', 'admin', 'Removes an action.', {
    result: deleted,
  }),
  operation('agents.followUp.update', 'put /v1/agents/{agent}/follow-up', 'admin', 'Changes the follow-ups.', {
    body: inputs.followUpSettings,
    result: z.strictObject({ items: z.array(action) }),
    answer: (items) => ({ items }),
  }),
  operation('agents.workingHours.get', 'get /v1/agents/{agent}/working-hours', 'reader', 'When an agent works.', {
    result: z.nullable(workingHours),
  }),
  operation('agents.workingHours.set', 'put /v1/agents/{agent}/working-hours', 'admin', 'Sets the working hours.', {
    body: inputs.workingHoursInput,
    result: workingHours,
  }),
  operation(
    'agents.workingHours.clear',
    'delete /v1/agents/{agent}/working-hours',
    'admin',
    'Removes the working hours.',
    { result: deleted },
  ),
  operation(
    'conversations.create',
    'post /v1/contacts/{contact}/conversations',
    'operator',
    'Opens a conversation. Nothing reaches the contact.',
    {
      body: inputs.newConversation,
      result: model('conversation'),
      input: (body, { contact }) => ({ ...body, contact }),
    },
  ),
  operation('conversations.update', 'patch /v1/conversations/{conversation}', 'operator', 'Changes a conversation.', {
    body: inputs.conversationChange,
    result: model('conversation'),
  }),
  operation('conversations.delete', 'delete /v1/conversations/{conversation}', 'admin', 'Deletes a conversation.', {
    result: deleted,
  }),
  operation(
    'conversations.deleteForContact',
    'delete /v1/contacts/{contact}/conversations',
    'admin',
    'Deletes every conversation of a contact. This cannot be undone.',
    { result: deleted },
  ),
  operation('messages.get', 'get /v1/messages/{message}', 'reader', 'One complete message.', { result: message }),
  operation(
    'messages.provideInput',
    'post /v1/conversations/{conversation}/input',
    'operator',
    'Gives an agent what it waits for.',
    { body: inputs.providedInput, result: z.looseObject({ outcome: z.string() }) },
  ),
  operation('messages.export', 'get /v1/accounts/{account}/messages', 'admin', 'All messages of an account.', {
    query: {
      conversationId: word(2000).exactOptional(),
      contactId: word(2000).exactOptional(),
      ...period,
      by: z.enum(['createdAt', 'updatedAt']).exactOptional(),
      order: z.enum(['asc', 'desc']).exactOptional(),
      ...paging,
    },
    result: pageOf(message),
  }),
  operation('messages.cancel', 'delete /v1/messages/{message}', 'operator', 'Cancels a scheduled message.', {
    result: deleted,
  }),
  operation('messages.setStatus', 'put /v1/messages/{message}/status', 'operator', 'Reports a delivery.', {
    body: inputs.messageStatus,
  }),
  operation('sources.list', 'get /v1/messages/{message}/sources', 'reader', 'The sources of an answer.', {
    query: paging,
    result: pageOf(model('source')),
  }),
  operation('generations.get', 'get /v1/messages/{message}/generation', 'reader', 'How an answer was generated.', {
    result: model('generation'),
  }),
  operation('control.get', 'get /v1/conversations/{conversation}/control', 'reader', 'Who answers the contact.', {
    result: z.looseObject({ holder: z.string(), basis: z.string() }),
  }),
  operation('contacts.list', 'get /v1/contacts', 'reader', 'The contacts of all accounts.', {
    query: { ...accounts, ...paging },
    result: pageOverAccounts(contact),
  }),
  operation('contacts.search', 'post /v1/contacts/search', 'reader', 'Finds contacts.', {
    body: z.strictObject({ ...inputs.contactSearch, ...accounts, ...paging }),
    result: pageOverAccounts(contact),
  }),
  operation('contacts.get', 'get /v1/contacts/{contact}', 'reader', 'One contact.', { result: contact }),
  operation('contacts.create', 'post /v1/accounts/{account}/contacts', 'operator', 'Creates a contact.', {
    body: inputs.newContact,
    result: contact,
  }),
  operation('contacts.upsert', 'put /v1/accounts/{account}/contacts', 'operator', 'Creates or changes a contact.', {
    body: inputs.contactChange,
    result: contact,
  }),
  operation(
    'contacts.ensure',
    'post /v1/accounts/{account}/contacts/ensure',
    'operator',
    'The contact of a visitor, made if there is none.',
    {
      body: inputs.visitor,
      result: z.strictObject({ contact, isNew: z.boolean().exactOptional(), warnings: z.array(z.unknown()) }),
    },
  ),
  operation('contacts.delete', 'delete /v1/contacts/{contact}', 'admin', 'Deletes a contact at the vendor.', {
    result: deleted,
  }),
  operation('operators.list', 'get /v1/operators', 'reader', 'The human teammates of all accounts.', {
    query: { ...search, ...accounts, ...paging },
    result: pageOverAccounts(model('operator')),
  }),
  operation(
    'attachments.upload',
    'post /v1/conversations/{conversation}/attachments',
    'operator',
    'Uploads a file for a reply.',
    {
      body: z.strictObject({ fileName: word(500), contentType: word(200).exactOptional(), content: z.base64() }),
      result: z.looseObject({ uploadId: z.string().exactOptional(), url: z.string().exactOptional() }),
      maxBody: withFiles,
      input: withBytes,
    },
  ),
  ...attachmentRoutes(),
  operation('knowledge.list', 'get /v1/knowledge', 'reader', 'What the agents answer from.', {
    query: {
      knowledgeBaseId: word(2000).exactOptional(),
      kind: sourceKind.exactOptional(),
      ...search,
      ...accounts,
      ...paging,
    },
    result: pageOverAccounts(model('knowledge')),
  }),
  operation('knowledge.add', 'post /v1/accounts/{account}/knowledge', 'admin', 'Adds knowledge.', {
    body: inputs.newKnowledge,
    result: model('knowledge'),
    maxBody: withFiles,
    input: withBytes,
  }),
  operation('knowledge.remove', 'delete /v1/knowledge/{knowledge}', 'admin', 'Removes knowledge.', {
    query: { kind: sourceKind.exactOptional(), knowledgeBaseId: word(2000).exactOptional() },
    queryInOptions: true,
    result: deleted,
  }),
  operation('feedback.list', 'get /v1/accounts/{account}/feedback', 'reader', 'The ratings of answers.', {
    query: { ...period, ...paging },
    result: pageOf(model('feedback')),
  }),
  operation('feedback.give', 'post /v1/messages/{message}/feedback', 'operator', 'Rates an answer.', {
    body: inputs.rating,
    result: model('feedback'),
  }),
  operation('feedback.suggestions', 'get /v1/suggestions', 'reader', 'Suggestions for missing knowledge.', {
    query: { ...period, ...accounts, ...paging },
    result: pageOverAccounts(model('suggestion')),
  }),
  operation('feedback.dismiss', 'delete /v1/suggestions/{suggestion}', 'admin', 'Dismisses a suggestion for good.', {
    result: deleted,
  }),
  operation('webhooks.create', 'post /v1/accounts/{account}/webhooks', 'admin', 'Makes the vendor call an address.', {
    body: inputs.newWebhook,
    result: model('webhook'),
  }),
]

/**
 * Files are addressed by their message, and what is fetched is what the message says. An attachment from a caller could name any
 * address.
 */
function attachmentRoutes(): Route[] {
  const at = '/v1/messages/{message}/attachments/{attachment}'
  const attachmentOf = async (call: Call, given: { message: string; attachment: string }) => {
    const parts = [tryParseRef(given.message), tryParseRef(given.attachment)]
    if (parts[0]?.account !== parts[1]?.account) throw nothingThere()
    const { attachments = [] } = await call.inbox.messages.get(given.message, call.options)
    const found = attachments.find(({ ref }) => ref === given.attachment)
    if (found) return found
    throw nothingThere()
  }
  return [
    route({
      id: 'attachments.url',
      method: 'get',
      path: `${at}/url`,
      summary: 'An address from which the file can be fetched now.',
      role: 'reader',
      account: { ref: 'message' },
      params: { message: params.message, attachment: params.attachment },
      result: z.strictObject({ url: z.string(), expiresAt: z.string().exactOptional() }),
      run: async ({ params: given, call }) => call.inbox.attachments.url(await attachmentOf(call, given), call.options),
    }),
    route({
      id: 'attachments.read',
      method: 'get',
      path: `${at}/content`,
      summary: 'The bytes of the file.',
      role: 'reader',
      account: { ref: 'message' },
      params: { message: params.message, attachment: params.attachment },
      answers: 'application/octet-stream',
      async run({ params: given, call }) {
        const { bytes, fileName = 'file' } = await call.inbox.attachments.read(
          await attachmentOf(call, given),
          call.options,
        )
        // Nothing that a customer sent is shown by a browser as a page of this server.
        return new Response(new Uint8Array(bytes), {
          headers: {
            'content-type': 'application/octet-stream',
            'cache-control': 'no-store',
            'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(fileName.replaceAll(/\p{Surrogate}/gu, '_'))}`,
          },
        })
      },
    }),
  ]
}
