import {
  type Call,
  compact,
  DecodeError,
  type Entity,
  isRecord,
  type Operator,
  type OperatorOperations,
  type OperatorQuery,
  type Page,
  type Payload,
  type PayloadReader,
} from '@parley/core'
import { operatorsPage } from '@parley/core/operations'
import type { LeadConnectorUserPayload } from './native/types-people.ts'
import type { Context } from './protocol.ts'

export type LeadConnectorOperator = Operator<LeadConnectorUserPayload>

/**
 * The users of the location, all of them, by the endpoint that takes a location alone (`GET /users/`). The vendor calls it
 * deprecated, but its successor demands the id of the company, which a location's token does not show.
 */
export type LeadConnectorOperators = Pick<OperatorOperations<LeadConnectorOperator>, 'list'>

export const createOperators = (context: Context): LeadConnectorOperators => ({
  list: (query, options) =>
    context.list('operators.list', query, options, (call, own, cursor) => listUsers(context, call, own, cursor)),
})

async function listUsers(
  context: Context,
  call: Call,
  query: OperatorQuery,
  cursor: string | undefined,
): Promise<Page<LeadConnectorOperator>> {
  const pageOf = operatorsPage(call, query, cursor)
  const spec = context.spec('users', { path: '/users/', query: { locationId: context.locationId } })
  return pageOf(
    await call.read(spec, (body, reading) => {
      if (!isRecord(body)) throw new DecodeError('')
      return reading
        .items(body['users'], 'users', (raw) => ({
          operator: readOperator(raw, reading),
          isDeleted: raw['deleted'] === true,
        }))
        .flatMap(({ operator, isDeleted }) => (isDeleted ? [] : [operator]))
    }),
  )
}

const readOperator = (raw: Payload, reading: PayloadReader): LeadConnectorOperator => ({
  ...(reading.entity('operator', reading.id(raw), raw) as LeadConnectorOperator),
  ...compact<Omit<Operator, keyof Entity>>({
    name: reading.text(raw, 'name'),
    email: reading.text(raw, 'email'),
    phone: reading.text(raw, 'phone'),
    role: reading.nested(raw, 'roles', (roles) => reading.text(roles, 'role') ?? undefined) ?? undefined,
  }),
})
