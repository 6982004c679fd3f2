import {
  type Adapter,
  type AdapterIdentity,
  type AdapterOptions,
  absentFrom,
  createTransport,
  isRaw,
  type Operations,
  type RuntimeOptions,
} from '@parley/core'
import { contactsOf } from './contacts.ts'
import { conversationsOf } from './conversations.ts'
import { referenceFields } from './fields.ts'
import { type Messages, messagesOf } from './messages.ts'
import { pageMaker } from './page.ts'
import { readAgent, readContact } from './read.ts'
import { readSide } from './side.ts'

export type ReferenceOptions = AdapterOptions & RuntimeOptions & { token: string }

/** What it has; the rest of the contract follows with the checks for it. */
type Groups = Omit<Operations, 'agents' | 'messages' | 'attachments' | 'knowledge' | 'feedback' | 'webhooks'> & {
  agents: Pick<Operations['agents'], 'list' | 'get'>
  messages: Messages
}

export type Reference = AdapterIdentity & Groups

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
  const agents: Groups['agents'] = {
    list: (query = {}, limits) =>
      pages('agents.list', '/agents', query, limits, readAgent, {
        keep: ({ name }) => !query.search || (name ?? '').toLowerCase().includes(query.search.toLowerCase()),
      }),
    get: (agent, limits) => readSide(transport, 'agents.get', '/agents', agent, limits, readAgent),
  }
  const groups: Groups = {
    agents,
    conversations: conversationsOf(transport, pages),
    contacts: contactsOf(transport, pages, readContact),
    ...messagesOf(transport, pages),
  }
  return {
    ...place,
    ...(groups satisfies Pick<Adapter, keyof Groups>),
    absent: absentFrom(groups, {}, 'There is no such call.'),
    fields: async () => referenceFields,
    limits: {
      pageSize: Object.fromEntries(
        ['agents.list', 'conversations.list', 'contacts.list', 'messages.list'].map((operation) => [
          operation,
          { default: 10, max: 20 },
        ]),
      ),
      filters: ['status'],
      text: { 'conversation.title': 200 },
      rate: [],
      deletesVisible: true,
      notes: [],
    },
  }
}
