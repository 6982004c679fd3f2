import {
  type Adapter,
  type AdapterIdentity,
  type AdapterOptions,
  createTransport,
  isRecord,
  type Operations,
  operationNames,
  type RuntimeOptions,
  type Transport,
  vendorOptions,
} from '@parley/core'
import { agentsOf } from './agents.ts'
import { contactsOf } from './contacts.ts'
import { conversationsOf, filters } from './conversations.ts'
import { referenceFields } from './fields.ts'
import { filesOf } from './files.ts'
import { knowledgeOf } from './knowledge.ts'
import { messagesOf } from './messages.ts'
import { operatorsOf } from './operators.ts'
import { pageMaker, requiredFields } from './page.ts'
import { readContact } from './read.ts'
import { referenceTraits } from './traits.ts'

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
        status < 400 ? undefined : isRecord(body) ? { vendorCode: String(body['code']) } : {},
    },
    { ...options, credential: options.token },
  )
  const place = { vendor: 'reference', account: transport.settings.account }
  const pages = pageMaker(transport)
  const contacts = contactsOf(transport, pages, readContact)
  const groups: Operations = {
    agents: agentsOf(transport, pages),
    conversations: conversationsOf(transport, pages),
    contacts,
    operators: operatorsOf(transport),
    ...messagesOf(transport, pages, contacts),
    ...filesOf(transport),
    ...knowledgeOf(transport, pages),
  }
  checkVendorOptions(transport, groups)
  return {
    ...place,
    ...(groups satisfies Pick<Adapter, keyof Operations>),
    unsupported: {},
    fields: async () => referenceFields,
    traits: async () => referenceTraits,
    limits: {
      pageSize: Object.fromEntries(
        operationNames
          .filter((name) => /list$|export$|suggestions$/.test(name))
          .map((name) => [name, { default: 10, max: 20 }]),
      ),
      filters,
      required: requiredFields,
      text: { 'conversation.title': 200 },
      rate: [],
      notes: [],
    },
  }
}

/** Operations that take options of their vendor, which has some for questions only. Lists look at theirs themselves. */
const withOptions: Readonly<Record<string, readonly string[]>> = {
  agents: ['create', 'update'],
  conversations: ['create', 'start', 'update'],
  contacts: ['create', 'upsert'],
  messages: ['reply', 'note', 'setStatus'],
  attachments: ['upload'],
  knowledge: ['add'],
  feedback: ['give'],
  webhooks: ['create'],
}

function checkVendorOptions(transport: Transport, groups: Operations): void {
  // biome-ignore lint/suspicious/noExplicitAny: whatever the operation is, its input is an object
  const all = groups as Record<string, any>
  for (const [group, names] of Object.entries(withOptions)) {
    for (const name of names) {
      const run = all[group][name]
      all[group][name] = async (...args: readonly ({ vendor?: object } | null | undefined)[]) => {
        const call = transport.begin(`${group}.${name}`)
        // An entity has a vendor too: its name.
        for (const arg of args) if (typeof arg?.vendor === 'object') vendorOptions(call, arg.vendor, {})
        return run(...args)
      }
    }
  }
}
