import {
  Bookmark,
  ChartNoAxesColumn,
  CheckCheck,
  CircleAlert,
  Clock,
  Headset,
  Inbox,
  Keyboard,
  Layers,
  type LucideIcon,
  Mail,
  Menu,
  Plug,
  SunMoon,
  Trash2,
  UserRound,
  UserRoundX,
} from 'lucide-react'
import { type ReactNode, useEffect, useState } from 'react'
import { type AccountStatus, ask, client, type SavedView } from '../api.ts'
import { fixedViews, viewOf } from '../list/views.ts'
import type { LiveState } from '../live.ts'
import { queries, useAccounts, useSavedViews } from '../queries.ts'
import { type Place, usePlace } from '../route.ts'
import { useSignedIn } from '../session.ts'
import { strings } from '../strings.ts'
import { Avatar } from '../widgets.tsx'
import { Dialog } from './dialog.tsx'
import { Link } from './link.tsx'
import { SignOut } from './sign-out.tsx'
import { type Theme, useTheme } from './theme.ts'

/** Whether somebody has to do something about an account. */
export const needsAttention = ({ state, error, missing }: AccountStatus): boolean =>
  state === 'stopped' || error !== undefined || missing > 0

const icons: Readonly<Record<string, LucideIcon>> = {
  open: Inbox,
  mine: UserRound,
  unassigned: UserRoundX,
  unread: Mail,
  person: Headset,
  sends: CircleAlert,
  snoozed: Clock,
  closed: CheckCheck,
  all: Layers,
}

function ViewIcon({ id }: { id: string }) {
  const Icon = icons[id] ?? Bookmark
  return <Icon aria-hidden="true" />
}

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
  // On a phone, the menu is closed until it is asked for, and after each choice.
  const [isOpen, setOpen] = useState(false)
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new place closes it.
  useEffect(() => setOpen(false), [place])
  return (
    <nav className="sidebar" aria-label={strings.nav.label} data-menu={isOpen || undefined}>
      <div className="sidebar-head">
        <button
          type="button"
          className="icon-button sidebar-menu"
          aria-label={strings.nav.openMenu}
          aria-expanded={isOpen}
          onClick={() => setOpen(!isOpen)}
        >
          <Menu aria-hidden="true" />
        </button>
        <Inbox aria-hidden="true" className="sidebar-logo" />
        <span className="nav-text">{strings.appName}</span>
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
              <NavLink to={{ view: view.id }} isCurrent={view.id === current} title={view.name}>
                <ViewIcon id={view.id} />
                <span className="nav-text">{view.name}</span>
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
          <NavLink to={{ page: 'quality' }} isCurrent={place.page === 'quality'} title={strings.nav.quality}>
            <ChartNoAxesColumn aria-hidden="true" />
            <span className="nav-text">{strings.nav.quality}</span>
          </NavLink>
        </li>
        <li>
          <NavLink to={{ page: 'accounts' }} isCurrent={place.page === 'accounts'} title={strings.nav.accounts}>
            <Plug aria-hidden="true" />
            <span className="nav-text">{strings.nav.accounts}</span>
            {broken > 0 && (
              <span className="count count-warning">
                <span aria-hidden="true">{broken}</span>
                <span className="hidden">{strings.nav.accountsProblems(broken)}</span>
              </span>
            )}
          </NavLink>
        </li>
        <li>
          <button type="button" className="nav-link" onClick={onHelp} title={strings.nav.shortcuts}>
            <Keyboard aria-hidden="true" />
            <span className="nav-text">{strings.nav.shortcuts}</span>
          </button>
        </li>
        <li className="nav-link sidebar-theme">
          <label className="hidden" htmlFor="theme">
            {strings.nav.theme}
          </label>
          <SunMoon aria-hidden="true" />
          <select
            id="theme"
            className="select-quiet"
            value={theme}
            onChange={({ target }) => setTheme(target.value as Theme)}
          >
            {Object.entries(strings.nav.themes).map(([value, label]) => (
              <option key={value} value={value}>
                {label}
              </option>
            ))}
          </select>
        </li>
        <li className="sidebar-person">
          <Avatar name={name} kind="operator" />
          <span className="nav-text ellipsis" dir="auto">
            {name}
          </span>
          <SignOut />
        </li>
      </ul>
    </nav>
  )
}

function NavLink({
  to,
  isCurrent,
  title,
  children,
}: {
  to: Place
  isCurrent: boolean
  title: string
  children: ReactNode
}) {
  return (
    <Link to={to} className="nav-link" title={title} aria-current={isCurrent ? 'page' : undefined}>
      {children}
    </Link>
  )
}

function SavedViewLink({ view, isCurrent, isOwn }: { view: SavedView; isCurrent: boolean; isOwn: boolean }) {
  const [isAsked, setAsked] = useState(false)
  return (
    <li className="saved-view">
      <NavLink to={{ view: view.id }} isCurrent={isCurrent} title={view.name}>
        <Bookmark aria-hidden="true" />
        <span className="nav-text ellipsis" dir="auto">
          {view.name}
        </span>
        {view.isShared && <small>{strings.views.shared}</small>}
      </NavLink>
      {isOwn && (
        <button
          type="button"
          className="icon-button"
          aria-label={strings.views.delete(view.name)}
          onClick={() => setAsked(true)}
        >
          <Trash2 aria-hidden="true" />
        </button>
      )}
      {isAsked && (
        <Dialog title={strings.views.deleteSure(view.name, view.isShared)} onClose={() => setAsked(false)}>
          <div className="form-foot">
            <button type="button" className="button" onClick={() => setAsked(false)}>
              {strings.cancel}
            </button>
            <button type="button" className="button button-danger" onClick={() => void deleteView(view.id)}>
              {strings.views.deleteYes}
            </button>
          </div>
        </Dialog>
      )}
    </li>
  )
}

async function deleteView(view: string): Promise<void> {
  await ask(client.DELETE('/v1/saved-views/{view}', { params: { path: { view } } }))
  await queries.invalidateQueries({ queryKey: ['views'] })
}
