import {
  type Adapter,
  type AdapterIdentity,
  type AdapterOptions,
  absentFrom,
  createTransport,
  isRaw,
  type Operations,
  operationNames,
  type RuntimeOptions,
} from '@parley/core'
import { agentsOf } from './agents.ts'
import { contactsOf } from './contacts.ts'
import { conversationsOf } from './conversations.ts'
import { referenceFields } from './fields.ts'
import { filesOf } from './files.ts'
import { knowledgeOf } from './knowledge.ts'
import { messagesOf } from './messages.ts'
import { pageMaker } from './page.ts'
import { readContact } from './read.ts'

export type ReferenceOptions = AdapterOptions & RuntimeOptions & { token: string }

/** All of the contract. */
export type Reference = AdapterIdentity & Operations

/** An adapter that has everything the contract knows, over a vendor that does. */
export function reference(options: ReferenceOptions): Reference {
  const transport = createTransport(
    {
      vendor: 'reference',
      baseUrl: options.baseUrl ?? 'https://reference.example',
      authorize: (credential) => ({ authorization: `Bearer ${credential}` }),
      readProblem: ({ status, body }) =>
        status < 400 ? undefined : isRaw(body) ? { vendorCode: String(body['code']) } : {},
    },
    { ...options, credential: options.token },
  )
  const place = { vendor: 'reference', account: transport.settings.account }
  const pages = pageMaker(transport)
  const groups: Operations = {
    agents: agentsOf(transport, pages),
    conversations: conversationsOf(transport, pages),
    contacts: contactsOf(transport, pages, readContact),
    ...messagesOf(transport, pages),
    ...filesOf(transport),
    ...knowledgeOf(transport, pages),
  }
  return {
    ...place,
    ...(groups satisfies Pick<Adapter, keyof Operations>),
    absent: absentFrom(groups, {}, 'There is no such call.'),
    fields: async () => referenceFields,
    limits: {
      pageSize: Object.fromEntries(
        operationNames
          .filter((name) => /list$|export$|suggestions$/.test(name))
          .map((name) => [name, { default: 10, max: 20 }]),
      ),
      filters: ['status'],
      text: { 'conversation.title': 200 },
      rate: [],
      deletesVisible: true,
      notes: [],
    },
  }
}
