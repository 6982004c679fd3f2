import type { RouteDecision, RouteStatus } from '@parley/swap'

export const answerWithin = 20_000
export const openFor = 3_600_000
export const trialEvery = 20_000

/** A question that a visitor asked, and what came of it. */
export interface Said {
  readonly visitor: string
  readonly kind: 'chatbot' | 'program'
  readonly isHasty: boolean
  readonly text: string
  readonly at: number
  outcome: string
  /** Milliseconds. */
  took: number
  /** How many questions ended before this one. */
  ended: number
}

export interface Problem {
  kind: 'doubled' | 'split' | 'unanswered' | 'late' | 'stuck' | 'lost' | 'eager' | 'restless'
  what: string
}

interface Happened {
  said: readonly Said[]
  /** The texts that each account has, oldest first. */
  stored: Readonly<Record<'from' | 'to', readonly string[]>>
  decisions: readonly RouteDecision[]
  state: RouteStatus['state']
}

/**
 * The longest that a question may take: at the new account the contact, its conversations, a new one, its messages and the answer,
 * each within its limit. The old account answers at once.
 */
const longest = 5 * answerWithin + 5_000

/** Whatever breaks at the new account, these hold. */
export function judge({ said, stored, decisions, state }: Happened): Problem[] {
  const problems: Problem[] = []
  const sideOf = (text: string): 'from' | 'to' | undefined =>
    stored.from.includes(text) ? 'from' : stored.to.includes(text) ? 'to' : undefined

  for (const { text, outcome, took } of said) {
    const times = [...stored.from, ...stored.to].filter((each) => each.includes(text)).length
    if (times > 1) problems.push({ kind: 'doubled', what: `${text} is stored ${times} times` })
    if (outcome === 'answered' && times === 0)
      problems.push({ kind: 'lost', what: `${text} is answered, and stored nowhere` })
    if (took > longest) problems.push({ kind: 'late', what: `${text} took ${took} ms` })
  }

  for (const visitor of new Set(said.map((each) => each.visitor))) {
    // Of two questions at the same time, either can come first.
    const own = said
      .filter((each) => each.visitor === visitor)
      .sort((one, other) => one.at - other.at || one.ended - other.ended)
    let side: 'from' | 'to' | undefined
    let before: Said | undefined
    let unanswered = 0
    for (const one of own) {
      const isNew = before && one.at - before.at >= openFor
      before = one
      if (isNew) [side, unanswered] = [undefined, 0]
      const now = sideOf(one.text)
      if (side === 'from' && now === 'to')
        problems.push({ kind: 'split', what: `${visitor} went to the new account with ${one.text}` })
      side = now ?? side
      unanswered = one.outcome === 'answered' ? 0 : unanswered + 1
      if (unanswered > 2 && !one.isHasty)
        problems.push({
          kind: 'unanswered',
          what: `${visitor} has ${unanswered} questions in a row without an answer, the last is ${one.text}`,
        })
    }
  }
  let began: number | undefined
  let [tried, trials] = [0, 0]
  for (const { kind, side, reason, at } of decisions) {
    const now = Date.parse(at)
    if (kind === 'fallback-began') [began, tried, trials] = [now, now, 0]
    else if (began === undefined) continue
    else if (kind === 'fallback-ended') {
      if (trials < 3) problems.push({ kind: 'restless', what: `a fallback ended at ${at} after ${trials} trials` })
      began = undefined
    } else if (side === 'to' && reason === 'share' && now > began)
      problems.push({ kind: 'eager', what: `a contact went to the failing account at ${at}` })
    else if (reason === 'trial') {
      trials += 1
      if (now - tried < trialEvery)
        problems.push({ kind: 'eager', what: `a trial at ${at} came ${now - tried} ms after the last` })
      tried = now
    }
  }
  if (state !== 'normal') problems.push({ kind: 'stuck', what: 'the new account works again, and is still left out' })
  if (!stored.to.some((text) => text.startsWith('Later')))
    problems.push({ kind: 'stuck', what: 'no later contact came to the new account' })
  return problems
}
