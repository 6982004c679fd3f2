import { CircleCheck, OctagonAlert, TriangleAlert } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { type AccountStatus, ask, client } from '../api.ts'
import { duration, moment, number, percent, wholeTime } from '../format.ts'
import { queries, useAccounts } from '../queries.ts'
import { useSignedIn } from '../session.ts'
import { needsAttention } from '../shell/sidebar.tsx'
import { strings } from '../strings.ts'
import { Empty, Failure, Loading } from '../widgets.tsx'

type StreamStatus = AccountStatus['streams'][number]

/** How each account is, and what to do about it. */
// biome-ignore lint/style/noDefaultExport: `lazy` of React loads it by its default export.
export default function Accounts() {
  const { data, error, refetch } = useAccounts()
  return (
    <main className="page" id="list">
      <h1>{strings.accounts.title}</h1>
      {error && <Failure error={error} onRetry={() => void refetch()} />}
      {!data && !error && <Loading />}
      {data && !data.isSyncing && <p className="bar bar-warning">{strings.accounts.notSyncing}</p>}
      {data?.items.length === 0 && <Empty>{strings.accounts.none}</Empty>}
      {data?.items.map((account) => (
        <Account key={account.account} account={account} />
      ))}
    </main>
  )
}

function Account({ account: { account, ...status } }: { account: AccountStatus }) {
  const { accounts } = strings
  const { error, streams, records, quarantined, missing, postponed, oldestVerified, sweepPeriod } = status
  const isBroken = needsAttention({ account, ...status })
  const isFailing = status.state === 'active' && streams.some(({ state }) => state === 'waiting' || state === 'stalled')
  return (
    <section className="card" aria-label={account} data-state={status.state}>
      <header className="card-head">
        <StateIcon isBroken={isBroken} isWaiting={status.state === 'paused' || isFailing} />
        <h2>{account}</h2>
        <span>
          {isFailing ? accounts.failing : accounts.states[status.state]}
          {status.pausedUntil && ` ${accounts.until(moment(status.pausedUntil))}`}
        </span>
      </header>
      {error && <Trouble error={error} />}
      {missing > 0 && (
        <div className="trouble" role="status">
          <p>{accounts.missing(missing)}</p>
        </div>
      )}
      <Remedies account={account} isStopped={status.state === 'stopped'} missing={missing} />
      <Progress streams={streams} />
      <dl className="figures">
        <Fact name={accounts.conversations}>{number(records['conversations'] ?? 0)}</Fact>
        <Fact name={accounts.messages}>{number(records['messages'] ?? 0)}</Fact>
        <Fact name={accounts.contacts}>{number(records['contacts'] ?? 0)}</Fact>
        <Fact name={accounts.agents}>{number(records['agents'] ?? 0)}</Fact>
        {quarantined > 0 && <Fact name={accounts.quarantined}>{number(quarantined)}</Fact>}
        {postponed > 0 && <Fact name={accounts.postponed}>{number(postponed)}</Fact>}
        {oldestVerified && <Fact name={accounts.oldestVerified}>{moment(oldestVerified)}</Fact>}
        <Fact name={accounts.sweep}>
          {sweepPeriod === null ? accounts.noSweep : accounts.every(duration(sweepPeriod))}
        </Fact>
      </dl>
      <details className="streams">
        <summary>{accounts.streams}</summary>
        <div className="table-frame">
          <table>
            <thead>
              <tr>
                {Object.values(accounts.columns).map((name) => (
                  <th key={name} scope="col">
                    {name}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {streams.map((stream) => (
                <Stream key={stream.stream} stream={stream} />
              ))}
            </tbody>
          </table>
        </div>
      </details>
    </section>
  )
}

function StateIcon({ isBroken, isWaiting }: { isBroken: boolean; isWaiting: boolean }) {
  if (isBroken) return <OctagonAlert aria-hidden="true" className="bad" />
  return isWaiting ? (
    <TriangleAlert aria-hidden="true" className="warn" />
  ) : (
    <CircleCheck aria-hidden="true" className="good" />
  )
}

/** What went wrong, and what to do about it. */
function Trouble({ error }: { error: NonNullable<AccountStatus['error']> }) {
  return (
    <div className="trouble" role="status">
      <p>{error.message}</p>
      <p>
        <strong>{strings.accounts.action}</strong> {error.action}
      </p>
      <small>
        {error.code}, {wholeTime(error.at)}
      </small>
    </div>
  )
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}

/** How far the account is read, while something is known to be left. */
function Progress({ streams }: { streams: readonly StreamStatus[] }) {
  const left = streams.reduce((sum, stream) => sum + (stream.left ?? 0), 0)
  if (left === 0) return null
  const read = streams.reduce((sum, { counts, left }) => sum + (left === undefined ? 0 : readIn(counts)), 0)
  const speed = streams.reduce((sum, { perSecond }) => sum + (perSecond ?? 0), 0)
  return (
    <div className="progress">
      <progress value={read} max={read + left} aria-label={strings.accounts.progress} />
      <span>
        {percent(read / (read + left))} · {strings.accounts.left(left)}
        {speed > 0 && ` · ${strings.accounts.timeLeft(duration((left / speed) * 1000))}`}
      </span>
    </div>
  )
}

const readIn = ({ added, updated, unchanged }: StreamStatus['counts']): number => added + updated + unchanged

function Stream({ stream: { stream, state, counts, left, lag, nextAt, error } }: { stream: StreamStatus }) {
  const { accounts } = strings
  return (
    <tr data-state={state}>
      <th scope="row">{accounts.streamNames[stream]}</th>
      <td>
        {accounts.streamStates[state]}
        {error && <small className="error"> {error.message}</small>}
      </td>
      <td>{number(readIn(counts))}</td>
      <td>{left === undefined ? '' : number(left)}</td>
      <td>{lag === null ? '' : accounts.ago(duration(lag))}</td>
      <td>{nextAt === null || state === 'running' ? '' : moment(nextAt)}</td>
    </tr>
  )
}

const remedies = {
  resume: '/v1/accounts/{account}/resume',
  acceptDeletions: '/v1/accounts/{account}/accept-deletions',
  reset: '/v1/accounts/{account}/reset',
} as const

/** What an admin can do about the account. What is costly is asked again. */
function Remedies({ account, isStopped, missing }: { account: string; isStopped: boolean; missing: number }) {
  const { role } = useSignedIn()
  const [asked, setAsked] = useState<keyof typeof remedies>()
  const [error, setError] = useState<string>()
  if (role !== 'admin') return null
  const { accounts } = strings
  const offered = (['resume', 'acceptDeletions', 'reset'] as const).filter(
    (name) => name === 'reset' || (name === 'resume' ? isStopped : missing > 0),
  )
  const act = async (name: keyof typeof remedies) => {
    setAsked(undefined)
    setError(undefined)
    try {
      await ask(client.POST(remedies[name], { params: { path: { account } } }))
    } catch (failure) {
      setError(failure instanceof Error ? failure.message : String(failure))
    }
    await queries.invalidateQueries({ queryKey: ['accounts'] })
  }
  return (
    <div className="remedies">
      {asked === undefined ? (
        offered.map((name) => (
          <button
            key={name}
            type="button"
            className="button button-small"
            onClick={() => (name === 'resume' ? void act(name) : setAsked(name))}
          >
            {accounts.remedies[name]}
          </button>
        ))
      ) : (
        <>
          <p>{accounts.confirm[asked as 'reset' | 'acceptDeletions']}</p>
          <button type="button" className="button button-small" onClick={() => void act(asked)}>
            {accounts.remedies[asked]}
          </button>
          <button type="button" className="button button-small" onClick={() => setAsked(undefined)}>
            {strings.cancel}
          </button>
        </>
      )}
      {error !== undefined && (
        <p className="error" role="alert">
          {error}
        </p>
      )}
    </div>
  )
}
