import { operationNames, type Warning, type WarningCode } from '@parley/core'
import type { Check } from '../check.ts'
import { ensure } from '../support/ensure.ts'
import { everything } from '../support/everything.ts'

const codes: Record<WarningCode, true> = {
  'unknown-term': true,
  'unreadable-field': true,
  'bad-item': true,
  'local-filter': true,
  'ignored-option': true,
  'no-streaming': true,
  degraded: true,
}

export const warningsAreData: Check = {
  group: 'warnings',
  name: 'every warning is plain data that says where it comes from',
  async run(bench) {
    const told: Warning[] = []
    const adapter = await bench.open({ account: 'warned', onWarning: (warning) => told.push(warning) })
    await everything(bench, adapter)
    await adapter.conversations?.list?.({ status: 'open', channel: 'email', isUnread: true, isStarred: true })
    for (const warning of told) {
      const { code, message, vendor, account, operation } = warning
      ensure(code in codes, `There is no warning "${code}".`)
      ensure(message.length > 10, `A warning says only "${message}".`)
      ensure(vendor === adapter.vendor && account === 'warned', `"${message}" is of ${vendor} "${account}".`)
      ensure(
        (operationNames as readonly string[]).includes(operation),
        `"${message}" is of the operation "${operation}".`,
      )
      const { raw: _, ...rest } = warning
      ensure(
        JSON.stringify(JSON.parse(JSON.stringify(rest))) === JSON.stringify(rest),
        `"${message}" is no plain data.`,
      )
    }
    ensure(told.length > 0, 'Nothing was ever warned of.')
  },
}
