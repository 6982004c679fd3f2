import type { OperatorQuery } from '../contract/options.ts'
import type { Page } from '../contract/results.ts'
import { checkPlain, idProblem, invalid, vendorOptions } from '../input/check.ts'
import type { Operator } from '../model/operator.ts'
import { pageOfWhole } from '../paging/whole.ts'
import type { Call, OperationContext } from '../transport/protocol.ts'
import type { TransportSettings } from '../transport/settings.ts'

/** `operators.list` of a vendor that cannot list them: those of the configuration, in its order. */
export function configuredOperators(
  { operators, operatorId }: TransportSettings,
  call: Call,
  query: OperatorQuery,
  cursor: string | undefined,
): Page<Operator> {
  const { vendor, account, reading } = call
  const isNamed = operatorId === undefined || operators.some(({ id }) => id === operatorId)
  const all = isNamed ? operators : [...operators, { id: operatorId }]
  if (all.length === 0)
    reading.warn('degraded', `${vendor} cannot list operators; name them in the configuration (option operators).`)
  const found = all.map((each): Operator => ({ ref: reading.ref('operator', each.id), vendor, account, ...each }))
  return operatorsPage(call, query, cursor)(found)
}

/** Pages of a list that is read whole, without those that do not match the query. Checked before anything is asked. */
export function operatorsPage(
  call: Call,
  query: OperatorQuery,
  cursor: string | undefined,
): <O extends Operator>(all: readonly O[]) => Page<O> {
  vendorOptions(call, query.vendor, {})
  const pageOf = pageOfWhole(call, query.limit, cursor)
  const wanted = query.search?.trim().toLowerCase() ?? ''
  return (all) =>
    pageOf(all.filter(({ name, email }) => `${name ?? ''}\n${email ?? ''}`.toLowerCase().includes(wanted)))
}

/**
 * The operator of `conversations.assign`. A missing one is refused, because a variable that is `undefined` by mistake must
 * not take the conversation from its operator.
 *
 * @throws InvalidRequestError
 */
export function checkAssignee(call: OperationContext, operatorId: unknown): string | null {
  if (operatorId === null) return null
  const problem = idProblem(operatorId)
  if (problem) throw invalid(call, 'operatorId', `${problem}, or null for nobody`)
  checkPlain(call, { operatorId })
  return operatorId as string
}
