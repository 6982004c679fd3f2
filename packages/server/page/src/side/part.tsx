import type { UseQueryResult } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { Refused } from '../api.ts'
import { strings } from '../strings.ts'
import { withoutDirection } from '../thread/disguise.ts'
import { Loading } from '../widgets.tsx'

/** A part of the details that is shown, and its data read, only when somebody opens it. */
export function ClosedPart({ title, children }: { title: string; children: () => ReactNode }) {
  const [isOpen, setOpen] = useState(false)
  return (
    <details className="details-part" onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>{title}</summary>
      {isOpen && <div>{children()}</div>}
    </details>
  )
}

/** What was read, or how the reading is going on. */
export function Read<Data>({
  query,
  children,
}: {
  query: Pick<UseQueryResult<Data>, 'data' | 'error' | 'refetch'>
  children: (data: Data) => ReactNode
}) {
  const { data, error, refetch } = query
  if (data !== undefined) return <>{children(data)}</>
  if (!error) return <Loading />
  return (
    <div className="details-error" role="alert">
      <p className="error">{error instanceof Refused ? error.message : strings.states.offline}</p>
      <button type="button" className="button button-small" onClick={() => void refetch()}>
        {strings.tryAgain}
      </button>
    </div>
  )
}

/** Names and values. Those without a value are left out. */
export function Facts({ facts }: { facts: readonly (readonly [name: string, value: ReactNode])[] }) {
  const known = facts.filter(([, value]) => value !== undefined && value !== null && value !== '' && value !== false)
  if (known.length === 0) return null
  return (
    <dl className="facts">
      {known.map(([name, value]) => (
        <div key={name} style={{ display: 'contents' }}>
          <dt>{name}</dt>
          <dd dir="auto">{typeof value === 'string' ? withoutDirection(value) : value}</dd>
        </div>
      ))}
    </dl>
  )
}

/** Data of which only the application knows the meaning. */
export function Data({ value }: { value: Readonly<Record<string, unknown>> }) {
  return <Facts facts={Object.entries(value).map(([name, each]) => [name, textOf(each)])} />
}

const textOf = (value: unknown): string => {
  if (typeof value === 'boolean') return value ? strings.details.yes : strings.details.no
  return typeof value === 'object' && value !== null ? JSON.stringify(value, null, 1) : String(value ?? '')
}
