import {
  argumentsNow,
  checkId,
  type EntityKind,
  invalid,
  isRecord,
  type OperationName,
  type OperationOptions,
  type Page,
  type Paged,
  type SendOptions,
  type Warning,
} from '@parley/core'
import { foreignIds, nameOf, placeOfId, type Side } from './ids.ts'
import { joinedList, mappedList, mergedConversations } from './lists.ts'
import type { Router } from './router.ts'
import { isFault, type Sides } from './sides.ts'

/** Operations with a target, whose id says which account has it. */
export const targeted = {
  'agents.get': 'agent',
  'conversations.get': 'conversation',
  'conversations.create': 'contact',
  'conversations.update': 'conversation',
  'conversations.assign': 'conversation',
  'conversations.close': 'conversation',
  'conversations.delete': 'conversation',
  'conversations.deleteForContact': 'contact',
  'messages.get': 'message',
  'messages.reply': 'conversation',
  'messages.note': 'conversation',
  'messages.provideInput': 'conversation',
  'messages.cancel': 'message',
  'messages.setStatus': 'message',
  'contacts.get': 'contact',
  'contacts.delete': 'contact',
  'control.get': 'conversation',
  'control.takeOver': 'conversation',
  'control.release': 'conversation',
  'generations.get': 'message',
  'attachments.upload': 'conversation',
  'attachments.url': 'attachment',
  'attachments.read': 'attachment',
  'feedback.give': 'message',
  'feedback.dismiss': 'suggestion',
} as const satisfies Partial<Record<OperationName, EntityKind>>

export const targetedLists = {
  'messages.list': 'conversation',
  'sources.list': 'message',
} as const satisfies Partial<Record<OperationName, EntityKind>>

export const joined = [
  ...(['agents.list', 'contacts.list', 'contacts.search', 'operators.list'] as const),
  ...(['messages.export', 'feedback.list', 'feedback.suggestions'] as const),
] satisfies OperationName[]

/** The filters that are ids. */
const filters = ['agentId', 'contactId', 'conversationId', 'assigneeId'] as const

/** The operations whose arguments name an entity, or whose lists are those of both accounts. */
export function addressedOf(
  sides: Sides,
  router: Router,
  required: Readonly<Partial<Record<string, readonly string[]>>>,
) {
  const { accounts, translations, place, sideOf, targetAt, inputAt, optionsAt, outOf, call, timed } = sides

  const atTarget =
    (operation: OperationName, kind: EntityKind) =>
    async (...given: unknown[]): Promise<unknown> => {
      const [target, ...rest] = given
      const owner = operation === 'conversations.create' && isRecord(target) ? target['contact'] : target
      const side = sideOf(owner, kind, operation)
      if (operation === 'conversations.create') {
        const { input, warnings } = inputAt(side, operation, target)
        const made = isRecord(input) ? { ...input, contact: targetAt(side, owner) } : input
        const names = await router.namesOf('contact', checkId(place(operation), owner as string, kind, kind))
        try {
          const args = [made, timed(side, rest[0] as OperationOptions | undefined)]
          const conversation = await outOf(side, () => call(side, operation, args) as Promise<unknown>, warnings)
          await router.link('conversation', (conversation as { id: string }).id, names)
          return conversation
        } catch (error) {
          if (isFault(error)) await router.failed(side, names)
          throw error
        }
      }
      const warnings: Warning[] = []
      const args = rest.map((arg, index) => {
        if (typeof arg === 'string') return operatorAt(side, operation, arg)
        if (index === rest.length - 1 && isRecord(arg) && 'onAttempt' in arg) return optionsAt(side, arg as SendOptions)
        const changed = inputAt(side, operation, arg)
        warnings.push(...changed.warnings)
        return changed.input
      })
      return outOf(side, () => call(side, operation, [targetAt(side, target), ...args]) as Promise<unknown>, warnings)
    }

  /** The second argument of `conversations.assign`. */
  function operatorAt(side: Side, operation: string, operatorId: string): string {
    const { side: owner, id } = placeOfId(operatorId)
    if (owner === side) return id
    throw invalid(
      place(operation),
      'operatorId',
      `must be of the account of the conversation, ${nameOf(accounts[side])}`,
    )
  }

  const listAtTarget =
    (operation: OperationName, kind: EntityKind) =>
    (...given: unknown[]): Paged<unknown> => {
      const [target, ...rest] = given
      const taken = argumentsNow(place(operation), rest)
      let side: Side = 'from'
      const list = (): Paged<unknown> => {
        side = sideOf(target, kind, operation)
        if ('error' in taken) throw taken.error
        const [query, own] = taken.args
        return call(side, operation, [
          targetAt(side, target),
          query,
          timed(side, own as OperationOptions),
        ]) as Paged<unknown>
      }
      const first = async (): Promise<Page<unknown>> => {
        const page = list()
        if (operation !== 'messages.list') return page
        return noteUnread(
          side,
          'conversation',
          checkId(place(operation), target as string, kind, kind),
          async () => page,
        )
      }
      return mappedList<unknown>(list, (value) => translations[side].out(value), first)
    }

  /** The accounts that a query is for: an id in it belongs to one of them. */
  const sidesFor = (query: unknown): readonly Side[] =>
    (['from', 'to'] as const).filter((side) => !isRecord(query) || foreignIds(query, filters, side).length === 0)

  const readSide =
    (operation: OperationName, own: unknown) =>
    async <Item>(side: Side, query: object): Promise<Page<Item>> => {
      const { contactId } = query as { contactId?: unknown }
      const read = (options: unknown = own) =>
        call(side, operation, [translations[side].in(query), options]) as Promise<Page<Item>>
      if (operation !== 'conversations.list' || typeof contactId !== 'string') return outOf(side, read)
      const timely = () => read(timed(side, own as OperationOptions | undefined))
      const page = await outOf(side, () => noteUnread(side, 'contact', contactId, timely))
      // Who asks in a conversation that was found so is this contact.
      const names = await router.namesOf('contact', contactId)
      for (const { id } of page.items as readonly { id: string }[]) await router.link('conversation', id, names)
      return page
    }

  /** Takes note if something of a contact cannot be read. */
  async function noteUnread<T>(
    side: Side,
    kind: 'contact' | 'conversation',
    id: string,
    read: () => Promise<T>,
  ): Promise<T> {
    try {
      return await read()
    } catch (error) {
      if (side === 'to' && isFault(error)) await router.unread(await router.namesOf(kind, id))
      throw error
    }
  }

  const overBoth =
    (operation: OperationName) =>
    (...given: unknown[]): Paged<unknown> => {
      const taken = argumentsNow(place(operation), given)
      const [query, own] = ('args' in taken ? taken.args : given) as [object | undefined, unknown]
      const read = readSide(operation, own)
      const scope = { ...place(operation), scope: nameOf(accounts.to), required: required[operation] }
      return operation === 'conversations.list'
        ? (mergedConversations(scope, query, sidesFor(query), read) as Paged<unknown>)
        : joinedList<unknown, object>(scope, query, sidesFor(query), read)
    }

  return { atTarget, listAtTarget, overBoth }
}
