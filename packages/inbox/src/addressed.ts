import {
  type Adapter,
  accountName,
  checkId,
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
  tryParseRef,
} from '@parley/core'
import type { Accounts } from './accounts.ts'
import type { InAccount } from './inbox.ts'
import { argumentsOf, longestRef, placeOf, refIn, refParts, wrongArgument } from './ref-parts.ts'

/** The operations that are merged over the accounts. */
type Merged =
  | 'agents.list'
  | 'conversations.list'
  | 'contacts.list'
  | 'contacts.search'
  | 'operators.list'
  | 'knowledge.list'
  | 'feedback.suggestions'

/** The operations of a whole account: nothing in their arguments names it. */
type OfAccount =
  | 'agents.create'
  | 'conversations.start'
  | 'messages.export'
  | 'contacts.create'
  | 'contacts.upsert'
  | 'contacts.ensure'
  | 'knowledge.add'
  | 'feedback.list'
  | 'webhooks.create'

/** Every other operation has a target, whose ref names the account. `checkAttempt` has the rule of `messages.reconcile`. */
type Addressed = Exclude<OperationName, Merged | OfAccount | 'messages.reconcile'>

/** The kind of target that each operation accepts. The id in a ref of another kind would mean something else. */
const targetKinds: Readonly<Record<Addressed, EntityKind>> = {
  'agents.get': 'agent',
  'agents.update': 'agent',
  'agents.delete': 'agent',
  'agents.actions.list': 'agent',
  'agents.actions.get': 'agent',
  'agents.actions.attach': 'agent',
  'agents.actions.update': 'agent',
  'agents.actions.remove': 'agent',
  'agents.followUp.update': 'agent',
  'agents.workingHours.get': 'agent',
  'agents.workingHours.set': 'agent',
  'agents.workingHours.clear': 'agent',
  'conversations.create': 'contact',
  'conversations.get': 'conversation',
  'conversations.update': 'conversation',
  'conversations.assign': 'conversation',
  'conversations.close': 'conversation',
  'conversations.delete': 'conversation',
  'conversations.deleteForContact': 'contact',
  'messages.list': 'conversation',
  'messages.get': 'message',
  'messages.ask': 'conversation',
  'messages.stream': 'conversation',
  'messages.cancel': 'message',
  'messages.reply': 'conversation',
  'messages.note': 'conversation',
  'messages.provideInput': 'conversation',
  'messages.setStatus': 'message',
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
}

/** The operations whose second argument is an action of the target. */
const ofActions: ReadonlySet<Addressed> = new Set([
  'agents.actions.get',
  'agents.actions.update',
  'agents.actions.remove',
] as const)

type Entity = string | { ref: string }

const call = (adapter: Adapter, name: OperationName, args: readonly unknown[]): unknown =>
  (requireOperation(adapter, name) as (...args: readonly unknown[]) => unknown)(...args)

/** Changes the arguments after the target, in the account with this name. */
type Change = (account: string, args: readonly unknown[]) => readonly unknown[]

/**
 * Calls the operation in the account of the target. Refs become the vendor's ids. An entity is passed on unchanged, which
 * can save the adapter a request.
 */
function callByRef(
  accounts: Accounts,
  name: Addressed,
  [target, ...rest]: readonly unknown[],
  change: Change = (_, args) => args,
): unknown {
  const { owner, id } = addressOf(target, name)
  const adapter = accounts.of(owner)
  const account = accountName(adapter.vendor, adapter.account)
  const args = ofActions.has(name) ? [actionOf(rest[0], account, name), ...rest.slice(1)] : rest
  return call(adapter, name, [id, ...change(account, args)])
}

/** Calls the operation in the account that the first argument names. */
function callByAccount(accounts: Accounts, name: OfAccount, [account, ...rest]: readonly unknown[]): unknown {
  if (typeof account !== 'string') throw wrongArgument(name, 'account', 'must be an account, vendor:account')
  const [chosen] = accounts.chosen([account])
  return call(chosen?.adapter as Adapter, name, rest)
}

/** An operation of the contract, addressed by ref. */
export const addressed = <Name extends Addressed>(accounts: Accounts, name: Name, change?: Change): OperationOf<Name> =>
  // Asynchronous, so that an unknown account or an unsupported operation is a rejection like any other error.
  (async (...given: unknown[]) => callByRef(accounts, name, argumentsOf(name, given)(), change)) as OperationOf<Name>

/** The same for a list. */
export const addressedList = <Name extends 'messages.list' | 'sources.list' | 'agents.actions.list'>(
  accounts: Accounts,
  name: Name,
): OperationOf<Name> =>
  ((...given: unknown[]) => {
    const args = argumentsOf(name, given)
    return lazily(() => callByRef(accounts, name, args()) as Paged<unknown>)
  }) as unknown as OperationOf<Name>

/** The same for a stream. */
export const addressedStream = (accounts: Accounts): OperationOf<'messages.stream'> =>
  async function* (...given) {
    const args = argumentsOf('messages.stream', given)()
    yield* callByRef(accounts, 'messages.stream', args) as ReturnType<OperationOf<'messages.stream'>>
  }

/** An operation of an account, which its first argument names. */
export const inAccount = <Name extends OfAccount>(accounts: Accounts, name: Name): InAccount<OperationOf<Name>> =>
  // Asynchronous, like every operation that is addressed.
  (async (...given: unknown[]) => callByAccount(accounts, name, argumentsOf(name, given)())) as never

/** The same for a list. It goes over the whole account, so it lets all other requests go first. */
export const inAccountList = <Name extends 'messages.export' | 'feedback.list'>(
  accounts: Accounts,
  name: Name,
): InAccount<OperationOf<Name>> =>
  ((...given: unknown[]) => {
    const args = argumentsOf(name, given)
    return lazily(() => {
      const [account, query = {}, options = {}] = args()
      // The operation refuses options that are no object.
      const own = isRecord(options) ? { ...options, priority: options['priority'] ?? 'backfill' } : options
      return callByAccount(accounts, name, [account, query, own]) as Paged<unknown>
    })
  }) as never

/** The ref of a target, if it is one of this kind in an account of the inbox, and its adapter would accept the target. */
export function refOf(accounts: Accounts, target: unknown, kind: EntityKind): string | undefined {
  try {
    const ref = isRecord(target) ? target['ref'] : target
    const parts = tryParseRef(ref)
    if (
      parts?.kind !== kind ||
      (ref as string).length > longestRef ||
      !accounts.names.includes(accountName(parts.vendor, parts.account))
    )
      return undefined
    const { vendor, account } = parts
    if (ref !== target) checkId({ vendor, account, operation: `${kind}s.get` }, target as { id: string }, kind)
    return ref as string
  } catch {
    // An entity that the adapter refuses, or one that cannot be read.
    return undefined
  }
}

/** The parts of a ref or of an entity's ref. @throws InvalidRequestError when it has the wrong kind. */
export function checkRef(target: Entity, kinds: readonly EntityKind[], operation: string, path: string): RefParts {
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

/** The adapter's argument for an action: an entity, or the id in a ref of the agent's account. */
function actionOf(action: unknown, account: string, name: Addressed): unknown {
  const parts = checkRef(action as Entity, ['action'], name, 'action')
  if (accountName(parts.vendor, parts.account) !== account)
    throw wrongArgument(name, 'action', 'must belong to the account of the agent')
  return typeof action === 'string' ? parts.id : action
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

/** A list that is made when it is read. `prepare` returns a function, because a promise of a list is its first page. */
export const later = <Item, P extends Page<Item>>(prepare: () => Promise<() => Paged<Item, P>>): Paged<Item, P> =>
  pagedOf<Item, P>({
    first: async () => (await prepare())(),
    async *pages() {
      yield* (await prepare())().pages()
    },
    async *items() {
      yield* (await prepare())()
    },
  })

/** A list that is created on first use, so that an error while creating it is an error while reading it. */
export const lazily = <Item, P extends Page<Item> = Page<Item>>(make: () => Paged<Item, P>): Paged<Item, P> =>
  later(async () => make)
