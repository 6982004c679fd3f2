import type { Check } from '../check.ts'
import { settleRow } from '../support/settling.ts'
import { settlingRows } from './settling-rows.ts'

/** What became of a message, by every row of the table in `Settlement`. */
export const settlingChecks: readonly Check[] = settlingRows.map((row) => ({
  group: 'settling',
  name: row.name,
  needs: ['messages.settle'],
  run: (bench) => settleRow(bench, row),
}))
