import { useQueryClient } from '@tanstack/react-query'
import { lazy, Suspense, useEffect, useState } from 'react'
import { Refused, type Session } from './api.ts'
import { Boundary } from './boundary.tsx'
import { applyChanges, readAllAgain } from './changes.ts'
import { useOutbox } from './composer/writing.ts'
import { ConversationList } from './list/conversation-list.tsx'
import { followChanges, type LiveState } from './live.ts'
import { useSession } from './queries.ts'
import { usePlace } from './route.ts'
import { SessionContext } from './session.ts'
import { useShortcuts } from './shell/shortcuts.tsx'
import { Sidebar } from './shell/sidebar.tsx'
import { SignIn } from './shell/sign-in.tsx'
import { strings } from './strings.ts'
import { Thread } from './thread/thread.tsx'
import { Failure, Loading } from './widgets.tsx'

const Quality = lazy(() => import('./pages/quality.tsx'))
const Accounts = lazy(() => import('./pages/accounts.tsx'))

export function App() {
  const { data: session, error, refetch } = useSession()
  const [wasSignedIn, setWasSignedIn] = useState(false)
  if (session && !wasSignedIn) setWasSignedIn(true)
  if (session) return <SignedIn session={session} />
  if (session === null) return <SignIn hasEnded={wasSignedIn} />
  if (error instanceof Refused) return <Failure error={error} onRetry={() => void refetch()} />
  return (
    <>
      {error && <OfflineBar />}
      <Loading />
    </>
  )
}

function OfflineBar() {
  return (
    <div className="bar bar-warning" role="status">
      {strings.states.offline}
    </div>
  )
}

function SignedIn({ session }: { session: Session }) {
  const place = usePlace()
  const live = useLive()
  const help = useShortcuts()
  const { page, conversation } = place
  return (
    <SessionContext value={session}>
      <a className="skip" href="#list">
        {strings.skipToList}
      </a>
      {page === undefined && (
        <a className="skip" href="#thread">
          {strings.skipToConversation}
        </a>
      )}
      {live === 'offline' && <OfflineBar />}
      <Sender />
      <div className="shell" data-page={page ?? 'inbox'} data-open={conversation === undefined ? undefined : true}>
        <Sidebar live={live} onHelp={help.open} />
        <Boundary key={page ?? 'inbox'}>
          <Suspense fallback={<Loading />}>
            {page === 'quality' && <Quality />}
            {page === 'accounts' && <Accounts />}
            {page === undefined && (
              <main className="inbox">
                <ConversationList />
                <Boundary key={conversation ?? 'none'}>
                  <Thread conversation={conversation} />
                </Boundary>
              </main>
            )}
          </Suspense>
        </Boundary>
      </div>
      {help.sheet}
    </SessionContext>
  )
}

/** Sends what was written, also while another conversation or none is open. */
function Sender() {
  useOutbox()
  return null
}

/** Follows the changes as long as somebody is signed in. */
function useLive(): LiveState {
  const [state, setState] = useState<LiveState>('connecting')
  const client = useQueryClient()
  useEffect(
    () =>
      followChanges({
        changes: applyChanges,
        reset: readAllAgain,
        state(next) {
          setState(next)
          if (next === 'signed-out') void client.invalidateQueries({ queryKey: ['session'] })
        },
      }),
    [client],
  )
  return state
}
