import { operationNames, type Warning, type WarningCode } from '@parley/core'
import { type Check, checksOf } from '../check.ts'
import { ensure, ensureSame } from '../support/ensure.ts'
import { collectPages, everything } from '../support/reading.ts'

export const warningChecks: readonly Check[] = checksOf('warnings', [
  {
    name: 'every warning is plain data with its origin',
    async run(bench) {
      const told: Warning[] = []
      const adapter = await bench.open({ account: 'warned', onWarning: (warning) => told.push(warning) })
      await everything(bench, adapter)
      await adapter.conversations?.list?.({ status: 'open', channel: 'email', unread: true, isStarred: true })
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
      ensure(told.length > 0, 'There was no warning at all.')
    },
  },
  {
    name: 'onWarning receives the warnings of every page',
    needs: ['conversations.list'],
    async run(bench) {
      const told: Warning[] = []
      const adapter = await bench.open({ onWarning: (warning) => told.push(warning) })
      const list = adapter.conversations?.list
      if (!list) return
      const queries = [{}, { status: 'open' }, { channel: 'email' }, { unread: true }, { assigneeId: null }] as const
      let seen = 0
      for (const query of queries) {
        told.length = 0
        const warnings = (await collectPages(list(query), 2)).flatMap((page) => page.warnings)
        ensureSame(told.map(sentence), warnings.map(sentence), 'The warnings that onWarning received')
        seen += warnings.length
      }
      ensure(seen > 0, 'No page of conversations, filtered in five ways, has a warning.')
    },
  },
])

const codes: Record<WarningCode, true> = {
  'unknown-term': true,
  'unreadable-field': true,
  'bad-item': true,
  'local-filter': true,
  'ignored-option': true,
  'no-streaming': true,
  degraded: true,
}

const sentence = ({ code, path, message }: Warning): string => [code, path, message].join(' ')
