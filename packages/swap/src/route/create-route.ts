import {
  type Adapter,
  buildRef,
  ConfigurationError,
  checkFunctionOptions,
  clockOption,
  type EntityKind,
  type Event,
  functionOption,
  invalid,
  isRecord,
  numberOption,
  type OperationName,
  operationNames,
  optional,
  parseRef,
  stateStoreOption,
  supports,
  systemClock,
  textOption,
  tryParseRef,
  type Visitor,
} from '@parley/core'
import { checkVisitor, visitorNames } from '@parley/core/operations'
import { addressedOf, joined, targeted, targetedLists } from './addressed.ts'
import { askingOf } from './asking.ts'
import { fieldsOf, limitsOf, missingOf, traitsOf } from './declared.ts'
import { nameOf, placeOfId } from './ids.ts'
import type { FallbackOptions, Route, RouteOptions } from './route.ts'
import { createRouter, shareProblem } from './router.ts'
import { sidesOf } from './sides.ts'

const defaultFallback: Required<FallbackOptions> = {
  errorRate: 0.5,
  atLeast: 5,
  within: 600_000,
  trialEvery: 30_000,
  recoverAfter: 3,
}

const deciding = [
  'messages.ask',
  'messages.stream',
  'messages.reconcile',
  'contacts.ensure',
  'conversations.list',
] as const

const ofAccount = 'A route sends the conversations of contacts. For this, use the adapter of the account itself.'
const byEnsure = 'contacts.ensure makes a contact, because it decides which account the contact gets.'

/** Why a route lacks operations that both accounts may have. */
const unrouted: Readonly<Partial<Record<OperationName, string>>> = {
  'contacts.create': byEnsure,
  'contacts.upsert': byEnsure,
}

/**
 * An adapter over two accounts: new conversations go to `to` by a share of the contacts, and open ones finish where they
 * began. A contact has one account at a time, in all processes that share the store. An application that takes an adapter
 * takes a route unchanged.
 *
 * ```ts
 * const agent = route({ from: liveChatAI({ store }), to: leadConnector({ store }), share: 0.1, store })
 * const bot = createChatbot({ agent, store })
 * ```
 *
 * - **Ids.** The route has the vendor, the account and the ids of `from`. Ids of `to` begin with `to~`.
 * - **Operations.** It has those that both accounts have and that are about conversations and contacts. Its limits, traits and
 *   fields are the worse ones of both.
 * - **If `to` fails.** A question that certainly was not sent, from a contact who has asked nothing there before, is asked at
 *   `from` at once (for `{ visitor }`). A contact whom `to` has left without an answer twice in a row goes back to `from`
 *   with the next question. If `to` fails more often than `fallback` allows, all contacts do. So no open conversation has more than two
 *   questions in a row without an answer because of `to`. Each request to `to` that a question needs ends within `answerWithin`.
 *   A question is never sent a second time.
 * - **If a contact goes to the other account,** a question in its old conversation is refused like one in a deleted
 *   conversation (`NotFoundError`, nothing was sent). The chatbot and `{ visitor }` then open a new one. The old one stays
 *   readable.
 * - **Lists** have the items of both accounts, and fail if one of them does. `createInbox` reads two accounts that may fail.
 *
 * @throws ConfigurationError for a wrong option; when something is asked: for a share outside of 0 to 1, and for a store that has
 * the contacts of a route between other accounts under the same `name`.
 */
export function route(options: RouteOptions): Route {
  checkFunctionOptions('route', options, {
    from: adapterOption,
    to: adapterOption,
    share: (value) => (typeof value === 'function' ? undefined : shareProblem(value)),
    store: stateStoreOption,
    name: optional(textOption),
    openFor: optional(numberOption(0)),
    answerWithin: optional(numberOption(1)),
    fallback: optional((value) => (value === false || isRecord(value) ? undefined : 'must be an object, or false')),
    onDecision: optional(functionOption),
    clock: optional(clockOption),
  })
  const { from, to, share, store, name = 'default', openFor = 86_400_000, answerWithin = 30_000 } = options
  const { onDecision, clock = systemClock } = options
  const accounts = { from, to }
  if (nameOf(from) === nameOf(to)) throw sameAccount(from)
  const fallback = options.fallback === false ? false : { ...defaultFallback, ...options.fallback }
  if (fallback)
    checkFunctionOptions('route, option "fallback"', fallback, {
      errorRate: numberOption(Number.MIN_VALUE, false, 1),
      atLeast: numberOption(1, true),
      within: numberOption(1),
      trialEvery: numberOption(1),
      recoverAfter: numberOption(1, true),
    })
  const router = createRouter({ name, accounts, share, store, clock, openFor, fallback, onDecision })
  const limits = limitsOf(from, to)
  const sides = sidesOf(accounts, answerWithin)
  const { translations, place } = sides
  const { atTarget, listAtTarget, overBoth } = addressedOf(sides, router, limits.required ?? {})
  const { ask, stream, ensure, reconcile } = askingOf(sides, router)
  const groups: Record<string, Record<string, unknown>> = {}
  const has = (operation: OperationName) => supports(from, operation) && supports(to, operation)
  const add = (operation: OperationName, made: unknown) => {
    if (!has(operation)) return
    const [group, verb] = operation.split('.') as [string, string]
    groups[group] = { ...groups[group], [verb]: made }
  }
  for (const [operation, kind] of Object.entries(targeted) as [OperationName, EntityKind][])
    add(operation, atTarget(operation, kind))
  for (const [operation, kind] of Object.entries(targetedLists) as [OperationName, EntityKind][])
    add(operation, listAtTarget(operation, kind))
  for (const operation of [...joined, 'conversations.list' as const]) add(operation, overBoth(operation))
  add('messages.ask', ask)
  add('messages.stream', stream)
  add('contacts.ensure', ensure)
  add('messages.reconcile', reconcile)

  const isRouted = new Set<OperationName>([
    ...(Object.keys(targeted) as OperationName[]),
    ...(Object.keys(targetedLists) as OperationName[]),
    ...joined,
    ...deciding,
  ])
  const missing = operationNames.filter((operation) => !isRouted.has(operation) || !has(operation))
  const reasons = Object.fromEntries(
    missing
      .filter((operation) => !isRouted.has(operation))
      .map((operation) => [operation, unrouted[operation] ?? ofAccount]),
  )
  const made: Adapter = {
    vendor: from.vendor,
    account: from.account,
    limits,
    unsupported: missingOf(missing, reasons, [from, to]),
    fields: () => fieldsOf(made, from, to),
    traits: () => traitsOf(made, from, to),
    ...groups,
  }
  const eventOf = (event: Event): Event => {
    if (!isRecord(event)) throw invalid(place('route.event'), 'event', 'must be an event')
    const side = ([from, to] as const).findIndex(
      ({ vendor, account }) => event.vendor === vendor && event.account === account,
    )
    if (side < 0) return event
    const translation = translations[side === 0 ? 'from' : 'to']
    const fields = Object.entries(translation.out(event)).map(([field, value]): [string, unknown] => [
      field,
      typeof value === 'string' && tryParseRef(value) ? translation.ref(value) : value,
    ])
    return { ...Object.fromEntries(fields), vendor: from.vendor, account: from.account } as unknown as Event
  }
  return Object.assign(made, {
    route: {
      status: router.status,
      placeOf(entity: { ref: string }) {
        if (!isRecord(entity)) throw invalid(place('route.placeOf'), 'entity', 'must have the ref of an entity')
        const { kind, id, ...of } = parseRef(entity['ref'] as string)
        if (nameOf(of) !== nameOf(from))
          throw invalid(place('route.placeOf'), 'ref', `must be one of the route, which begins with ${nameOf(from)}/`)
        const { side, id: there } = placeOfId(id)
        const { vendor, account } = accounts[side]
        return { side, account: nameOf(accounts[side]), ref: buildRef({ vendor, account, kind, id: there }) }
      },
      event: eventOf,
      forget: async (visitor: Visitor) =>
        router.forget(
          await visitorNames(place('route.forget'), checkVisitor(place('route.forget'), visitor, 'visitor')),
        ),
    },
  })
}

const adapterOption = (value: unknown): string | undefined =>
  isRecord(value) && isRecord(value['limits']) && typeof value['vendor'] === 'string' ? undefined : 'must be an adapter'

const sameAccount = (account: Adapter): ConfigurationError => {
  const problem = `must be another account than from, ${nameOf(account)}`
  return new ConfigurationError({
    message: `route: option "to" ${problem}. Give one of them another name with the option "account".`,
    fields: [{ path: 'to', problem }],
  })
}
