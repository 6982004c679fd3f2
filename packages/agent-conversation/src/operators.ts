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
  type PayloadReader,
} from '@parley/core'
import { configuredOperators, operatorsPage } from '@parley/core/operations'
import type { Context } from './protocol.ts'
import { readFullName } from './read/contact.ts'
import type { AgentConversationPlatformUserPayload } from './wire.ts'

type Listed = Operator<AgentConversationPlatformUserPayload>

/**
 * With the organisation's key (`organizationKey`) its teammates, "Platform users", all of them; otherwise those of the
 * configuration.
 */
export type AgentConversationOperators = Pick<OperatorOperations<Listed>, 'list'>

export const createOperators = (context: Context): AgentConversationOperators => ({
  list: (query, options) => {
    const { organization } = context
    return (organization ?? context).list('operators.list', query, options, async (call, own, cursor) => {
      return organization
        ? listPlatformUsers(call, own, cursor)
        : (configuredOperators(context.settings, call, own, cursor) as Page<Listed>)
    })
  },
})

/** "Platform users" sends them whole. */
async function listPlatformUsers(call: Call, query: OperatorQuery, cursor: string | undefined): Promise<Page<Listed>> {
  const pageOf = operatorsPage(call, query, cursor)
  return pageOf(await call.read({ path: '/platform-users' }, readOperators))
}

/** "Platform users": a list, in some editions inside an envelope. */
function readOperators(body: unknown, reading: PayloadReader): Listed[] {
  const list = isRecord(body) ? body['data'] : body
  if (!Array.isArray(list)) throw new DecodeError('')
  return reading.items(list, 'data', (raw) => ({
    ...(reading.entity('operator', reading.id(raw), raw) as Listed),
    ...compact<Omit<Operator, keyof Entity>>({
      name: readFullName(raw, reading),
      email: reading.text(raw, 'email'),
      phone: reading.text(raw, 'phoneNumber'),
      role: reading.text(raw, 'role'),
    }),
  }))
}
