import type { OperationName } from './adapter.ts'

/** Every operation of the contract once; the compiler refuses a name that is missing or that does not exist. */
const all: Record<OperationName, true> = {
  'agents.list': true,
  'agents.get': true,
  'conversations.list': true,
  'conversations.get': true,
  'conversations.create': true,
  'conversations.start': true,
  'conversations.update': true,
  'conversations.close': true,
  'conversations.delete': true,
  'conversations.deleteAllOf': true,
  'messages.list': true,
  'messages.get': true,
  'messages.ask': true,
  'messages.reply': true,
  'messages.note': true,
  'messages.settle': true,
  'sources.of': true,
  'contacts.list': true,
  'contacts.search': true,
  'contacts.get': true,
  'contacts.create': true,
  'contacts.upsert': true,
  'contacts.delete': true,
  'control.get': true,
  'control.takeOver': true,
  'control.release': true,
  'generations.get': true,
}

/** The names of all operations of the contract, in the order of its groups. What the capability matrix is made from. */
export const operationNames: readonly OperationName[] = /* @__PURE__ */ Object.keys(all) as OperationName[]
