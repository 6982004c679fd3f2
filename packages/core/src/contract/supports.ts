import { InvalidRequestError, UnsupportedError } from '../errors/kinds.ts'
import { didYouMean } from '../input/similar.ts'
import { isRecord } from '../read/reading.ts'
import type { Adapter, FilterSupport, OperationName, OperationOf, UnsupportedReasons, With } from './adapter.ts'
import type { ConversationFilter } from './options.ts'

type AnyOperation = (...args: never[]) => unknown

/** The operation with this name, including nested ones such as `agents.actions.list`. */
function findOperation(groups: object, operation: string): AnyOperation | undefined {
  if (typeof operation !== 'string') return undefined
  let found: unknown = groups
  // The name may come from outside (a command line), and every object has a `toString`.
  for (const step of operation.split('.'))
    found = isRecord(found) && !(step in Object.prototype) ? found[step] : undefined
  return typeof found === 'function' ? (found as AnyOperation) : undefined
}

/**
 * Whether this adapter supports an operation. Narrows the adapter's type, so that you can call it without a `?`.
 *
 * ```ts
 * if (supports(adapter, 'messages.reply')) await adapter.messages.reply(conversation, { text })
 * ```
 */
export const supports = <A extends Adapter, Name extends OperationName>(
  adapter: A,
  operation: Name,
): adapter is A & With<Name> => findOperation(adapter, operation) !== undefined

/**
 * The operation itself.
 *
 * @throws UnsupportedError when the vendor does not support it; the message says why.
 */
export function requireOperation<Name extends OperationName>(adapter: Adapter, operation: Name): OperationOf<Name> {
  if (!isRecord(adapter) || typeof operation !== 'string') {
    const [path, problem] = isRecord(adapter) ? ['operation', 'must be a string'] : ['adapter', 'must be an adapter']
    throw new InvalidRequestError({ message: `requireOperation: ${path} ${problem}.`, fields: [{ path, problem }] })
  }
  const found = findOperation(adapter, operation)
  if (found) return found as OperationOf<Name>
  const rest = operationNames.includes(operation)
    ? `. ${unsupportedReason(adapter, operation)}`
    : `${didYouMean(operation, operationNames)}.`
  throw new UnsupportedError({
    message: `${adapter.vendor} does not support ${operation}${rest}`,
    vendor: adapter.vendor,
    account: adapter.account,
    operation,
  })
}

/**
 * Why the vendor does not support an operation: its own reason in `adapter.unsupported`, or the reason of its group, or
 * that there is no endpoint for it. `undefined`: the adapter has the operation.
 */
export function unsupportedReason(adapter: Adapter, operation: OperationName): string | undefined {
  if (findOperation(adapter, operation)) return undefined
  const { unsupported, vendor } = adapter
  const group = operation.slice(0, operation.lastIndexOf('.')) as keyof UnsupportedReasons
  return unsupported?.[operation] ?? unsupported?.[group] ?? `${vendor} has no endpoint for this.`
}

/** How this adapter answers a filter of `conversations.list`. */
export const filterSupport = ({ limits }: Pick<Adapter, 'limits'>, filter: ConversationFilter): FilterSupport =>
  limits.filters[filter] ?? 'local'

/** Every operation of the contract once; the compiler refuses a name that is missing or that does not exist. */
const all: Record<OperationName, true> = {
  'agents.list': true,
  'agents.get': true,
  'agents.create': true,
  'agents.update': true,
  'agents.delete': true,
  'agents.actions.list': true,
  'agents.actions.get': true,
  'agents.actions.attach': true,
  'agents.actions.update': true,
  'agents.actions.remove': true,
  'agents.followUp.update': true,
  'agents.workingHours.get': true,
  'agents.workingHours.set': true,
  'agents.workingHours.clear': true,
  'conversations.list': true,
  'conversations.get': true,
  'conversations.create': true,
  'conversations.start': true,
  'conversations.update': true,
  'conversations.assign': true,
  'conversations.close': true,
  'conversations.delete': true,
  'conversations.deleteForContact': true,
  'messages.list': true,
  'messages.get': true,
  'messages.ask': true,
  'messages.reply': true,
  'messages.note': true,
  'messages.stream': true,
  'messages.provideInput': true,
  'messages.export': true,
  'messages.cancel': true,
  'messages.setStatus': true,
  'messages.reconcile': true,
  'sources.list': true,
  'contacts.list': true,
  'contacts.search': true,
  'contacts.get': true,
  'contacts.create': true,
  'contacts.upsert': true,
  'contacts.delete': true,
  'contacts.ensure': true,
  'operators.list': true,
  'control.get': true,
  'control.takeOver': true,
  'control.release': true,
  'generations.get': true,
  'attachments.upload': true,
  'attachments.url': true,
  'attachments.read': true,
  'knowledge.list': true,
  'knowledge.add': true,
  'knowledge.remove': true,
  'feedback.list': true,
  'feedback.give': true,
  'feedback.suggestions': true,
  'feedback.dismiss': true,
  'webhooks.create': true,
}

/** The names of all operations of the contract, in the order of its groups. The capability matrix is built from it. */
export const operationNames: readonly OperationName[] = /* @__PURE__ */ Object.keys(all) as OperationName[]
