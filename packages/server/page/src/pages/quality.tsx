import { useQuery } from '@tanstack/react-query'
import { Download } from 'lucide-react'
import { type ReactNode, useMemo, useState } from 'react'
import { ask, client, type Quality as Report } from '../api.ts'
import { duration, moment, number, percent } from '../format.ts'
import { useAccounts } from '../queries.ts'
import { strings } from '../strings.ts'
import { Empty, Failure, Loading } from '../widgets.tsx'
import { Chart, type Series } from './chart.tsx'

type Counts = Report['total']
type Unit = Report['unit']

const words = strings.quality
const dayLength = 86_400_000
const ranges = ['7', '30', '90', '365'] as const
const unitOf: Readonly<Record<(typeof ranges)[number], Unit>> = { 7: 'day', 30: 'day', 90: 'week', 365: 'month' }

/** What was answered, by whom, how fast and from which sources. */
// biome-ignore lint/style/noDefaultExport: `lazy` of React loads it by its default export.
export default function Quality() {
  const [range, setRange] = useState<(typeof ranges)[number]>('30')
  const [account, setAccount] = useState('')
  const { data: accounts } = useAccounts()
  const query = useMemo(
    () => ({
      // From the beginning of a day on, so that the same days are asked for again.
      since: new Date(Math.floor(Date.now() / dayLength) * dayLength - Number(range) * dayLength).toISOString(),
      unit: unitOf[range],
      timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
      ...(account && { accounts: [account] }),
    }),
    [range, account],
  )
  const { data, error, refetch } = useQuery({
    queryKey: ['quality', query],
    queryFn: ({ signal }) => ask(client.GET('/v1/quality', { params: { query }, signal })),
    // It counts many records, so it is not counted again with each change.
    staleTime: 60_000,
  })
  return (
    <main className="page" id="list">
      <header className="page-head">
        <h1>{words.title}</h1>
        <select
          className="input"
          aria-label={words.range}
          value={range}
          onChange={({ target }) => setRange(target.value as typeof range)}
        >
          {ranges.map((days) => (
            <option key={days} value={days}>
              {words.lastDays(Number(days))}
            </option>
          ))}
        </select>
        <select
          className="input"
          aria-label={strings.filters.account}
          value={account}
          onChange={({ target }) => setAccount(target.value)}
        >
          <option value="">{words.allAccounts}</option>
          {accounts?.items.map(({ account }) => (
            <option key={account}>{account}</option>
          ))}
        </select>
        <a className="button" href={`/v1/quality.csv?${new URLSearchParams(parametersOf(query))}`} download>
          <Download aria-hidden="true" />
          CSV
        </a>
      </header>
      {error && <Failure error={error} onRetry={() => void refetch()} />}
      {!data && !error && <Loading />}
      {data && <ReportView report={data} />}
    </main>
  )
}

const parametersOf = ({
  accounts = [],
  ...rest
}: { accounts?: string[] } & Record<string, unknown>): [string, string][] => [
  ...Object.entries(rest).map(([name, value]): [string, string] => [name, String(value)]),
  ...accounts.map((account): [string, string] => ['accounts', account]),
]

const answersOf = ({ answers }: Counts): number =>
  answers.agent + answers.operator + answers.automation + answers.unknown

/** The share of the answers that an AI agent gave, of those whose author is known. `null`: there is none. */
function shareOfAgents({ answers: { agent, operator, automation } }: Counts): number | null {
  const known = agent + operator + automation
  return known === 0 ? null : agent / known
}

function ReportView({ report }: { report: Report }) {
  const { total, periods, agents, coverage, handOffsSince } = report
  const times = useMemo(() => periods.map(({ start }) => Date.parse(start) / 1000), [periods])
  const byAgent = useMemo<Series[]>(
    () =>
      agents
        .slice(0, 8)
        .map(({ account, name, periods: values }) => ({ name: name ?? words.unnamedAgent(account), values })),
    [agents],
  )
  const series = useMemo(() => {
    const of = (name: string, value: (counts: Counts) => number | null): Series => ({
      name,
      values: periods.map(({ counts }) => value(counts)),
    })
    return {
      share: [of(words.shareOfAgents, shareOfAgents)],
      first: [
        of(words.median, ({ firstAnswers }) => firstAnswers.median),
        of(words.percentile90, ({ firstAnswers }) => firstAnswers.percentile90),
      ],
      handOffs: [
        of(words.toOperator, ({ handOffs }) => handOffs.toOperator),
        of(words.toAgent, ({ handOffs }) => handOffs.toAgent),
      ],
      uncited: [of(words.uncited, ({ sources }) => sources.uncited), of(words.cited, ({ sources }) => sources.cited)],
      ratings: [of(words.up, ({ ratings }) => ratings.up), of(words.down, ({ ratings }) => ratings.down)],
    }
  }, [periods])
  if (answersOf(total) === 0 && total.firstAnswers.conversations === 0) return <Empty>{words.nothing}</Empty>
  const share = shareOfAgents(total)
  const { firstAnswers, sources, handOffs, ratings } = total
  return (
    <>
      <dl className="tiles">
        <Tile name={words.shareOfAgents}>{share === null ? words.unknown : percent(share)}</Tile>
        <Tile name={words.answers}>{number(answersOf(total))}</Tile>
        <Tile name={words.firstAnswer}>
          {firstAnswers.median === null ? words.unknown : duration(firstAnswers.median)}
        </Tile>
        <Tile name={words.unanswered}>{number(firstAnswers.unanswered)}</Tile>
        <Tile name={words.toOperator}>
          {handOffs.toOperator === null ? words.unknown : number(handOffs.toOperator)}
        </Tile>
        <Tile name={words.uncited}>
          {sources.cited + sources.uncited === 0
            ? words.unknown
            : words.ofAll(number(sources.uncited), number(sources.cited + sources.uncited))}
        </Tile>
        <Tile name={words.ratings}>{words.votes(number(ratings.up), number(ratings.down))}</Tile>
      </dl>
      <div className="charts">
        <Chart label={words.byAgent} times={times} series={byAgent} />
        <Chart label={words.shareOfAgents} times={times} series={series.share} format={percent} />
        <Chart label={words.firstAnswer} times={times} series={series.first} format={duration} />
        <Chart label={words.handOffs} times={times} series={series.handOffs} />
        <Chart label={words.sources} times={times} series={series.uncited} />
        <Chart label={words.ratings} times={times} series={series.ratings} />
      </div>
      <details className="streams">
        <summary>{words.table}</summary>
        <Table report={report} />
      </details>
      <ul className="page-notes">
        {handOffsSince && <li>{words.handOffsSince(moment(handOffsSince))}</li>}
        {coverage.map(({ account, isComplete, since, untimed, hasControl }) => (
          <li key={account}>
            {[
              isComplete
                ? strings.search.complete(account)
                : since === null
                  ? strings.search.nothing(account)
                  : strings.search.since(account, moment(since)),
              untimed > 0 && words.untimed(untimed),
              !hasControl && words.noControl,
            ]
              .filter(Boolean)
              .join('. ')}
          </li>
        ))}
      </ul>
    </>
  )
}

function Tile({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="tile">
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}

function Table({ report: { periods } }: { report: Report }) {
  const { columns } = words
  return (
    <div className="table-frame">
      <table>
        <thead>
          <tr>
            {Object.values(columns).map((name) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {periods.map(({ date, counts: { answers, firstAnswers, sources, handOffs, ratings } }) => (
            <tr key={date}>
              <th scope="row">{date}</th>
              <td>{number(answers.agent)}</td>
              <td>{number(answers.operator)}</td>
              <td>{number(answers.automation)}</td>
              <td>{number(answers.unknown)}</td>
              <td>{firstAnswers.median === null ? '' : duration(firstAnswers.median)}</td>
              <td>{number(firstAnswers.unanswered)}</td>
              <td>{handOffs.toOperator === null ? '' : number(handOffs.toOperator)}</td>
              <td>{number(sources.uncited)}</td>
              <td>{number(ratings.up)}</td>
              <td>{number(ratings.down)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
