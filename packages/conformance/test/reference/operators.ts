import { compact, type Operations, type Transport } from '@parley/core'
import { operatorsPage } from '@parley/core/operations'
import { object } from './read.ts'

export const operatorsOf = (transport: Transport): Operations['operators'] => ({
  list: (query, options) =>
    transport.list('operators.list', query, options, async (call, own, cursor) => {
      const pageOf = operatorsPage(call, own, cursor)
      return pageOf(
        await call.read({ path: '/staff' }, (body, reading) =>
          reading.items(object(body)['items'], 'items', (raw) => ({
            ...reading.entity('operator', reading.id(raw), raw),
            ...compact({ name: reading.text(raw, 'name'), email: reading.text(raw, 'mail') }),
          })),
        ),
      )
    }),
})
