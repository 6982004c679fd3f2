import type { Quality, QualityCounts } from '@parley/inbox'
import * as z from 'zod'
import { csvOf } from '../csv.ts'
import { type Call, type Route, route } from '../route.ts'
import { account, instant, periodUnit, quality, word } from '../schemas.ts'

const query = {
  since: instant.exactOptional(),
  until: instant.exactOptional(),
  unit: periodUnit.exactOptional(),
  timeZone: word(100).exactOptional(),
  accounts: z.array(account).max(1000).exactOptional(),
}

type Query = z.output<z.ZodObject<typeof query>>

const report = ({ accounts: _, ...asked }: Query, { desk, accounts, options }: Call): Promise<Quality> =>
  desk.quality({ ...asked, ...(accounts && { accounts }) }, options)

export const qualityRoutes: readonly Route[] = [
  route({
    id: 'quality.get',
    method: 'get',
    path: '/v1/quality',
    summary: 'How well the contacts were answered, over time.',
    role: 'reader',
    account: 'accounts',
    query,
    result: quality,
    run: ({ query, call }) => report(query, call),
  }),
  route({
    id: 'quality.table',
    method: 'get',
    path: '/v1/quality.csv',
    summary:
      'The same as a table for a spreadsheet: a line for each period, and a column for the answers of each agent.',
    role: 'reader',
    account: 'accounts',
    query,
    answers: 'text/csv',
    run: async ({ query, call }) =>
      new Response(csvOf(tableOf(await report(query, call))), {
        headers: {
          'content-type': 'text/csv; charset=utf-8; header=present',
          'cache-control': 'no-store',
          'content-disposition': 'attachment; filename="quality.csv"',
        },
      }),
  }),
]

type Cell = string | number | null

/** The columns of the table that each report has. */
const columns: readonly (readonly [name: string, of: (counts: QualityCounts) => Cell])[] = [
  ['answers by agents', ({ answers }) => answers.agent],
  ['answers by operators', ({ answers }) => answers.operator],
  ['messages by automations', ({ answers }) => answers.automation],
  ['messages by unknown authors', ({ answers }) => answers.unknown],
  ['agents’ answers with sources', ({ sources }) => sources.cited],
  ['agents’ answers without sources', ({ sources }) => sources.uncited],
  ['agents’ answers of which it is not known', ({ sources }) => sources.unknown],
  ['new conversations', ({ firstAnswers }) => firstAnswers.conversations],
  ['first answered by agents', ({ firstAnswers }) => firstAnswers.agent],
  ['first answered by operators', ({ firstAnswers }) => firstAnswers.operator],
  ['unanswered', ({ firstAnswers }) => firstAnswers.unanswered],
  ['median time to first answer (ms)', ({ firstAnswers }) => firstAnswers.median],
  ['90th percentile (ms)', ({ firstAnswers }) => firstAnswers.percentile90],
  ['hand-offs to operators', ({ handOffs }) => handOffs.toOperator],
  ['hand-offs to agents', ({ handOffs }) => handOffs.toAgent],
  ['ratings up', ({ ratings }) => ratings.up],
  ['ratings down', ({ ratings }) => ratings.down],
  ['other ratings', ({ ratings }) => ratings.other],
]

function tableOf({ unit, periods, agents }: Quality): Cell[][] {
  const names = agents.map(({ account, agent, name }) => `answers: ${name ?? agent ?? `unknown agent of ${account}`}`)
  return [
    [unit, ...columns.map(([name]) => name), ...names],
    ...periods.map(({ date, counts }, index) => [
      date,
      ...columns.map(([, of]) => of(counts)),
      ...agents.map(({ periods: own }) => own[index] ?? 0),
    ]),
  ]
}
