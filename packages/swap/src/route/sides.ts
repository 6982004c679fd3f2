import {
  type Adapter,
  amended,
  checkId,
  type EntityKind,
  type ErrorCode,
  isParleyError,
  isRecord,
  type OperationName,
  type OperationOptions,
  requireOperation,
  type SendOptions,
  type Warning,
} from '@parley/core'
import { foreignIds, placeOfId, type Side, translationOf } from './ids.ts'

export type Sides = ReturnType<typeof sidesOf>

/** Calls the operations of both accounts with the ids of the route. */
export function sidesOf(accounts: Readonly<Record<Side, Adapter>>, answerWithin: number) {
  const { from, to } = accounts
  const translations = { from: translationOf('from', from, from), to: translationOf('to', from, to) }
  const place = (operation: string) => ({ vendor: from.vendor, account: from.account, operation })

  const sideOf = (target: unknown, kind: EntityKind, operation: string): Side =>
    placeOfId(checkId(place(operation), target as string, kind, kind)).side
  const targetAt = (side: Side, target: unknown): unknown =>
    typeof target === 'string' ? placeOfId(target).id : translations[side].in(target)

  /**
   * An input for one side. An application that names its agent or its operators names those of one account, so they are left
   * out at the other one. Every other id of the other account is sent, and is none there.
   */
  function inputAt<T>(side: Side, operation: string, input: T): { input: T; warnings: Warning[] } {
    if (!isRecord(input)) return { input, warnings: [] }
    const foreign = foreignIds(input, ['agentId', 'operatorId'], side)
    const kept = Object.fromEntries(Object.entries(input).filter(([field]) => !foreign.includes(field)))
    const message = (path: string) => `${path} is of the other account of the route, so it was left out.`
    const warnings = foreign.map(
      (path): Warning => ({ ...place(operation), code: 'ignored-option', message: message(path), path }),
    )
    return { input: translations[side].in(foreign.length > 0 ? kept : input) as T, warnings }
  }

  function optionsAt<Options extends SendOptions>(side: Side, own: Options | undefined): Options | undefined {
    const onAttempt = own?.onAttempt
    if (typeof onAttempt !== 'function') return own === undefined ? own : translations[side].in(own)
    return {
      ...translations[side].in(own as Options),
      onAttempt: (attempt) => onAttempt(translations[side].attempt(attempt)),
    }
  }

  /** What one side returned, or threw, as what the route does. */
  async function outOf<T>(side: Side, work: () => Promise<T>, warnings: readonly Warning[] = []): Promise<T> {
    try {
      const result = translations[side].out(await work())
      if (warnings.length === 0 || !isRecord(result) || !Array.isArray(result['warnings'])) return result
      return { ...result, warnings: [...warnings, ...(result['warnings'] as Warning[])] }
    } catch (error) {
      throw errorAt(side, error)
    }
  }

  const call = (side: Side, operation: OperationName, args: readonly unknown[]): unknown =>
    (requireOperation(accounts[side], operation) as (...args: readonly unknown[]) => unknown)(...args)

  /** What a question needs of `to` ends within `answerWithin`: the contact, the conversation, its messages and the answer. */
  const timed = <Options extends OperationOptions>(side: Side, own: Options | undefined): Options | undefined => {
    if (side === 'from' || (own !== undefined && !isRecord(own))) return own
    const given = own?.timeout
    return { ...own, timeout: typeof given === 'number' ? Math.min(given, answerWithin) : answerWithin } as Options
  }

  const errorAt = (side: Side, error: unknown): unknown => {
    if (!isParleyError(error) || !error.conversationId) return error
    const { conversationId } = translations[side].out({ conversationId: error.conversationId })
    return conversationId === error.conversationId ? error : amended(error, { conversationId })
  }

  return { accounts, translations, place, sideOf, targetAt, inputAt, optionsAt, outOf, call, timed, errorAt }
}

/** The errors that say something about the account, rather than about the question. */
const faults: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  ...(['network', 'timeout', 'vendor-fault', 'rate-limit', 'response', 'authentication', 'permission'] as const),
])

/** An account with a wrong setting, such as an unknown agent, refuses each question. What Parley refuses has no status. */
const refusals: ReadonlySet<ErrorCode> = new Set<ErrorCode>(['invalid-request', 'not-found'])

export const isFault = (error: unknown): boolean =>
  isParleyError(error) && (faults.has(error.code) || (error.status !== undefined && refusals.has(error.code)))

/** Whether the question itself was certainly not sent. A contact or a conversation may have been made for it. */
export const isUnsent = (error: unknown): boolean =>
  isParleyError(error) && (error.outcome === 'not-done' || error.outcome === 'partly-done')
