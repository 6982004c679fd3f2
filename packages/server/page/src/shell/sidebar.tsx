import { ChartNoAxesColumn, CircleAlert, Inbox, Keyboard, LogOut, Trash2 } from 'lucide-react'
import type { ReactNode } from 'react'
import { type AccountStatus, ask, client, type SavedView } from '../api.ts'
import { fixedViews, viewOf } from '../list/views.ts'
import type { LiveState } from '../live.ts'
import { queries, useAccounts, useSavedViews } from '../queries.ts'
import { addressOf, go, type Place, usePlace } from '../route.ts'
import { useSignedIn } from '../session.ts'
import { strings } from '../strings.ts'
import { Avatar } from '../widgets.tsx'
import { type Theme, useTheme } from './theme.ts'

/** A link that changes the page without loading it again. */
export function Link({
  to,
  children,
  ...rest
}: {
  to: Place
  children: ReactNode
  className?: string
  'aria-current'?: 'page' | undefined
}) {
  return (
    <a
      {...rest}
      href={addressOf(to)}
      onClick={(event) => {
        if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return
        event.preventDefault()
        go(to)
      }}
    >
      {children}
    </a>
  )
}

/** Whether somebody has to do something about an account. */
export const needsAttention = ({ state, error, missing }: AccountStatus): boolean =>
  state === 'stopped' || error !== undefined || missing > 0

export function Sidebar({ live, onHelp }: { live: LiveState; onHelp: () => void }) {
  const place = usePlace()
  const { data: saved } = useSavedViews()
  const { data: accounts } = useAccounts()
  const [theme, setTheme] = useTheme()
  const { person } = useSignedIn()
  const current =
    place.page === undefined && !place.filter && !place.search ? viewOf(place.view, saved?.items).id : undefined
  const broken = accounts?.items.filter(needsAttention).length ?? 0
  const name = person.name ?? person.id
  return (
    <nav className="sidebar" aria-label={strings.nav.label}>
      <div className="sidebar-head">
        <Inbox aria-hidden="true" />
        <span>{strings.appName}</span>
        <span
          className="live"
          data-state={live}
          title={live === 'live' ? strings.states.live : strings.states.connecting}
        >
          <span className="hidden">{live === 'live' ? strings.states.live : strings.states.connecting}</span>
        </span>
      </div>
      <div className="sidebar-views">
        <h2 className="hidden">{strings.views.title}</h2>
        <ul>
          {fixedViews.map((view) => (
            <li key={view.id}>
              <NavLink to={{ view: view.id }} isCurrent={view.id === current}>
                {view.name}
              </NavLink>
            </li>
          ))}
        </ul>
        {saved && saved.items.length > 0 && (
          <>
            <h2>{strings.views.saved}</h2>
            <ul>
              {saved.items.map((view) => (
                <SavedViewLink
                  key={view.id}
                  view={view}
                  isCurrent={view.id === current}
                  isOwn={view.by.id === person.id}
                />
              ))}
            </ul>
          </>
        )}
      </div>
      <ul className="sidebar-foot">
        <li>
          <NavLink to={{ page: 'quality' }} isCurrent={place.page === 'quality'}>
            <ChartNoAxesColumn aria-hidden="true" />
            {strings.nav.quality}
          </NavLink>
        </li>
        <li>
          <NavLink to={{ page: 'accounts' }} isCurrent={place.page === 'accounts'}>
            <CircleAlert aria-hidden="true" />
            {strings.nav.accounts}
            {broken > 0 && (
              <span className="count count-warning">
                <span aria-hidden="true">{broken}</span>
                <span className="hidden">{strings.nav.accountsProblems(broken)}</span>
              </span>
            )}
          </NavLink>
        </li>
        <li>
          <button type="button" className="nav-link" onClick={onHelp}>
            <Keyboard aria-hidden="true" />
            {strings.nav.shortcuts}
          </button>
        </li>
        <li className="sidebar-person">
          <Avatar name={name} kind="operator" />
          <span className="ellipsis">{name}</span>
          <select
            className="select-quiet"
            aria-label={strings.nav.theme}
            value={theme}
            onChange={({ target }) => setTheme(target.value as Theme)}
          >
            {Object.entries(strings.nav.themes).map(([value, label]) => (
              <option key={value} value={value}>
                {label}
              </option>
            ))}
          </select>
          <button type="button" className="icon-button" aria-label={strings.nav.signOut} onClick={() => void signOut()}>
            <LogOut aria-hidden="true" />
          </button>
        </li>
      </ul>
    </nav>
  )
}

function NavLink({ to, isCurrent, children }: { to: Place; isCurrent: boolean; children: ReactNode }) {
  return (
    <Link to={to} className="nav-link" aria-current={isCurrent ? 'page' : undefined}>
      {children}
    </Link>
  )
}

function SavedViewLink({ view, isCurrent, isOwn }: { view: SavedView; isCurrent: boolean; isOwn: boolean }) {
  return (
    <li className="saved-view">
      <NavLink to={{ view: view.id }} isCurrent={isCurrent}>
        <span className="ellipsis">{view.name}</span>
        {view.isShared && <small>{strings.views.shared}</small>}
      </NavLink>
      {isOwn && (
        <button
          type="button"
          className="icon-button"
          aria-label={strings.views.delete(view.name)}
          onClick={() => void deleteView(view.id)}
        >
          <Trash2 aria-hidden="true" />
        </button>
      )}
    </li>
  )
}

async function deleteView(view: string): Promise<void> {
  await ask(client.DELETE('/v1/saved-views/{view}', { params: { path: { view } } }))
  await queries.invalidateQueries({ queryKey: ['views'] })
}

async function signOut(): Promise<void> {
  await ask(client.DELETE('/v1/session'))
  queries.clear()
  location.assign('/')
}
