import type { Patch } from '../tools/patched-sources.ts'
import type { Problem } from './simulation/judge.ts'

/** A rule of the route, and a change of the sources that removes it. */
export interface RouteSafeguard {
  readonly name: string
  /** The seeds that find that it is missing. */
  readonly seeds: readonly number[]
  readonly finds: Problem['kind']
  readonly patches: readonly Patch[]
}

const router = 'packages/swap/src/route/router.ts'
const health = 'packages/swap/src/route/health.ts'
const asking = 'packages/swap/src/route/asking.ts'
const addressed = 'packages/swap/src/route/addressed.ts'
const sides = 'packages/swap/src/route/sides.ts'

export const safeguards: readonly RouteSafeguard[] = [
  {
    name: 'a question that may have been sent is not asked at the other account',
    seeds: [3],
    finds: 'doubled',
    patches: [
      { file: asking, find: '!turn.wasAsked && !hasBegun && isUnsent(error)', replace: '!hasBegun' },
      {
        file: asking,
        find: 'await finished(turn, answer, own?.signal)',
        replace:
          "await finished(turn, answer, own?.signal)\n          if (answer.outcome === 'unknown') throw errorOf(place(operation), 'network', 'lost.')",
      },
    ],
  },
  {
    name: 'the account of a contact is remembered',
    seeds: [2],
    finds: 'unanswered',
    patches: [
      {
        file: router,
        find: '      if (isPin(value)) return value',
        replace: '      if (isPin(value) && value.failures < 0) return value',
      },
    ],
  },
  {
    name: 'an open conversation stays with its account',
    seeds: [1],
    finds: 'split',
    patches: [{ file: router, find: 'if (now - pin.at < openFor)', replace: 'if (now - pin.at < 0)' }],
  },
  {
    name: 'a conversation from before the route goes on',
    seeds: [1],
    finds: 'split',
    patches: [
      {
        file: router,
        find: 'if (await run(() => rememberedConversation(store, names)))',
        replace: 'if (names.length > 9)',
      },
    ],
  },
  {
    name: 'a contact without an answer goes back',
    seeds: [3],
    finds: 'unanswered',
    patches: [
      { file: router, find: 'if (pin.failures >= (pin.isAsked ? patience : 1))', replace: 'if (pin.failures < 0)' },
    ],
  },
  {
    name: 'what cannot be read of a new contact counts',
    seeds: [44],
    finds: 'unanswered',
    patches: [
      {
        file: addressed,
        find: "if (side === 'to' && isFault(error)) await router.unread(",
        replace: 'if (!isFault(error) && isFault(error)) await router.unread(',
      },
    ],
  },
  {
    name: 'the new account has a time limit',
    seeds: [3],
    finds: 'late',
    patches: [
      {
        file: sides,
        find: "if (side === 'from' || (own",
        replace: 'if (side || (own',
      },
    ],
  },
  {
    name: 'no contact comes to a failing account',
    seeds: [2],
    finds: 'eager',
    patches: [
      {
        file: router,
        find: 'if (!(await health()).fallback) return',
        replace: 'if (names.length > 0 || !(await health()).fallback) return',
      },
    ],
  },
  {
    name: 'trials have a pause',
    seeds: [27],
    finds: 'eager',
    patches: [{ file: router, find: 'if (now < down.nextTrial)', replace: 'if (now < 0)' }],
  },
  {
    name: 'a fallback ends only after several trials',
    seeds: [2],
    finds: 'restless',
    patches: [{ file: health, find: 'if (answered >= recoverAfter)', replace: 'if (answered >= 1)' }],
  },
  {
    name: 'a fallback ends',
    seeds: [2],
    finds: 'stuck',
    patches: [{ file: health, find: 'if (answered >= recoverAfter) return { results: [] }', replace: '' }],
  },
  {
    name: 'a question from before the fallback says nothing about now',
    seeds: [86],
    finds: 'restless',
    patches: [
      {
        file: health,
        find: 'if (at < down.since || (isAnswered && !isTrial)) return { results, fallback: down }',
        replace: '',
      },
    ],
  },
]
