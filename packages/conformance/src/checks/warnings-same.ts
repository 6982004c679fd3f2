import type { Warning } from '@parley/core'
import type { Check } from '../check.ts'
import { collectPages } from '../support/collect.ts'
import { ensure, ensureSame } from '../support/ensure.ts'

export const warningsAreToldTwice: Check = {
  group: 'warnings',
  name: 'what a page warns of, onWarning is told as well',
  needs: ['conversations.list'],
  async run(bench) {
    const told: Warning[] = []
    const adapter = await bench.open({ onWarning: (warning) => told.push(warning) })
    const list = adapter.conversations?.list
    if (!list) return
    const queries = [{}, { status: 'open' }, { channel: 'email' }, { isUnread: true }, { assigneeId: null }] as const
    let seen = 0
    for (const query of queries) {
      told.length = 0
      const warnings = (await collectPages(list(query), 2)).flatMap((page) => page.warnings)
      ensureSame(told.map(sentence), warnings.map(sentence), 'What onWarning was told')
      seen += warnings.length
    }
    ensure(seen > 0, 'No page of the list of conversations, filtered in five ways, warns of anything.')
  },
}

const sentence = ({ code, path, message }: Warning): string => [code, path, message].join(' ')
