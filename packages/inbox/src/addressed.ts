import {
  type Adapter,
  type AskInput,
  accountName,
  type EntityKind,
  isRecord,
  type OperationName,
  type OperationOf,
  type Page,
  type Paged,
  pagedOf,
  type RefParts,
  readable,
  requireOperation,
  type SendAttempt,
} from '@parley/core'
import type { Accounts } from './accounts.ts'
import { argumentsOf, placeOf, refIn, refParts, wrongArgument } from './ref-parts.ts'

/** The kinds of entities that each operation accepts. The id in a ref of another kind would mean something else. */
const targetKinds = {
  'conversations.create': 'contact',
  'conversations.get': 'conversation',
  'conversations.update': 'conversation',
  'conversations.close': 'conversation',
  'conversations.delete': 'conversation',
  'messages.list': 'conversation',
  'messages.get': 'message',
  'messages.ask': 'conversation',
  'messages.stream': 'conversation',
  'messages.cancel': 'message',
  'messages.reply': 'conversation',
  'messages.note': 'conversation',
  'messages.provideInput': 'conversation',
  'sources.list': 'message',
  'contacts.get': 'contact',
  'contacts.delete': 'contact',
  'control.get': 'conversation',
  'control.takeOver': 'conversation',
  'control.release': 'conversation',
  'generations.get': 'message',
  'attachments.upload': 'conversation',
  'attachments.url': 'attachment',
  'attachments.read': 'attachment',
  'knowledge.remove': 'knowledge',
  'feedback.give': 'message',
  'feedback.dismiss': 'suggestion',
} as const satisfies { readonly [Name in OperationName]?: EntityKind }

type Addressed = keyof typeof targetKinds
type Entity = string | { ref: string }

/** Changes the arguments after the target, in the account with this name. */
type Change = (account: string, args: readonly unknown[]) => readonly unknown[]

/**
 * An operation of the contract, addressed by ref. It finds the account and turns the ref into the vendor's id. An
 * entity is passed on unchanged, which can save the adapter a request.
 */
export const addressed = <Name extends Addressed>(
  accounts: Accounts,
  name: Name,
  change: Change = (_, args) => args,
): OperationOf<Name> =>
  // Asynchronous, so that an unknown account or an unsupported operation is a rejection like any other error.
  (async (...given: unknown[]) => {
    const [target, ...rest] = argumentsOf(name, given)()
    const { owner, id } = addressOf(target, name)
    const adapter = accounts.of(owner)
    const args = change(accountName(adapter.vendor, adapter.account), rest)
    return (requireOperation(adapter, name) as (...args: unknown[]) => unknown)(id, ...args)
  }) as OperationOf<Name>

/** An operation in an account, which its first argument names. */
export const inAccount = <Name extends 'contacts.ensure' | 'knowledge.add'>(
  accounts: Accounts,
  name: Name,
): ((account: string, ...args: Parameters<OperationOf<Name>>) => ReturnType<OperationOf<Name>>) =>
  // Asynchronous, like every operation that is addressed.
  (async (...given: unknown[]) => {
    const [account, ...rest] = argumentsOf(name, given)()
    if (typeof account !== 'string') throw wrongArgument(name, 'account', 'must be an account, vendor:account')
    const [chosen] = accounts.chosen([account])
    return (requireOperation(chosen?.adapter as Adapter, name) as (...args: unknown[]) => unknown)(...rest)
  }) as never

/** The same for a stream. */
export const addressedStream = (accounts: Accounts): OperationOf<'messages.stream'> =>
  async function* (...given) {
    const [target, ...rest] = argumentsOf('messages.stream', given)()
    const { owner, id } = addressOf(target, 'messages.stream')
    yield* requireOperation(accounts.of(owner), 'messages.stream')(id as string, ...(rest as [AskInput]))
  }

/** The same for a list. */
export const addressedList = <Name extends 'messages.list' | 'sources.list'>(
  accounts: Accounts,
  name: Name,
): OperationOf<Name> =>
  ((...given: unknown[]) => {
    const args = argumentsOf(name, given)
    return lazily(() => {
      const [target, ...rest] = args()
      const { owner, id } = addressOf(target, name)
      return (requireOperation(accounts.of(owner), name) as (...args: unknown[]) => Paged<unknown>)(id, ...rest)
    })
  }) as unknown as OperationOf<Name>

/** The parts of a ref or of an entity's ref. @throws InvalidRequestError when it has the wrong kind. */
function checkRef(target: Entity, kinds: readonly EntityKind[], operation: string, path: string): RefParts {
  const wanted = kinds.join(' or ')
  const parts = refParts(
    refIn(target, operation, path),
    operation,
    path,
    `the ref of a ${wanted}, or an entity with one`,
  )
  if (kinds.includes(parts.kind)) return parts
  throw wrongArgument(operation, path, `must be the ref of a ${wanted}, not of a ${parts.kind}`)
}

/**
 * The owner of a target, and the argument for the account's adapter. A new conversation is addressed by its contact,
 * because the contact determines the account.
 */
function addressOf(target: unknown, name: Addressed): { owner: Entity; id: unknown } {
  const kind = targetKinds[name]
  const opened = readable(placeOf(name), kind, () =>
    isRecord(target) && !('ref' in target) && 'contact' in target ? { ...target } : undefined,
  )
  if (opened) {
    const contact = opened['contact'] as Entity
    if (contact === null)
      throw wrongArgument(name, 'contact', 'is required: it determines the account of the new conversation')
    const { id } = checkRef(contact, ['contact'], name, 'contact')
    return { owner: contact, id: { ...opened, contact: typeof contact === 'string' ? id : contact } }
  }
  const { id } = checkRef(target as Entity, [kind], name, kind)
  return { owner: target as Entity, id: typeof target === 'string' ? id : target }
}

/**
 * An attempt has the vendor's id of its conversation but not the account, so the target must be the same conversation.
 * An attempt whose conversation is not known yet can be reconciled by its contact or by the account's name.
 *
 * @throws InvalidRequestError
 */
export function checkAttempt(accounts: Accounts, target: Entity, attempt: SendAttempt): void {
  const conversationId = readable(placeOf('messages.reconcile'), 'attempt', () => attempt?.conversationId ?? null)
  if (conversationId === null && typeof target === 'string' && accounts.names.includes(target)) return
  const { kind, id } = checkRef(
    target,
    conversationId === null ? ['conversation', 'contact'] : ['conversation'],
    'messages.reconcile',
    'conversation',
  )
  if (kind === 'contact' || conversationId === null || conversationId === id) return
  throw wrongArgument('messages.reconcile', 'attempt.conversationId', 'must be the id of the given conversation')
}

/** A list that is created on first use, so that an error while creating it is an error while reading it. */
export const lazily = <Item, P extends Page<Item> = Page<Item>>(make: () => Paged<Item, P>): Paged<Item, P> =>
  pagedOf<Item, P>({
    first: async () => make(),
    async *pages() {
      yield* make().pages()
    },
    async *items() {
      yield* make()
    },
  })
