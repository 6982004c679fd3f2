import type { OperatorOperations } from '@parley/core'
import { configuredOperators } from '@parley/core/operations'
import type { Context } from './protocol.ts'

/** The operators of the configuration, because the API cannot list them. */
export type LangGraphOperators = Pick<OperatorOperations, 'list'>

export const createOperators = (context: Context): LangGraphOperators => ({
  list: (query, options) =>
    context.list('operators.list', query, options, async (call, query, cursor) =>
      configuredOperators(context.settings, call, query, cursor),
    ),
})
