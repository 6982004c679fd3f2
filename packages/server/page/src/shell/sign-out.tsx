import { LogOut } from 'lucide-react'
import { useState } from 'react'
import { ask, client, Refused } from '../api.ts'
import { drafts, outbox } from '../composer/writing.ts'
import { queries } from '../queries.ts'
import { useSignedIn } from '../session.ts'
import { strings } from '../strings.ts'
import { Dialog } from './dialog.tsx'

const words = strings.signOut

/**
 * Signs out, and removes from this browser what the person wrote and did not send, because others may use the browser. A session
 * that merely expires removes nothing: the person comes back and goes on.
 */
export function SignOut() {
  const { id } = useSignedIn().person
  const [unsent, setUnsent] = useState<{ drafts: number; sends: number }>()
  const [problem, setProblem] = useState<string>()
  const begin = () => {
    setProblem(undefined)
    const found = { drafts: drafts.conversations(id).length, sends: outbox.list().length }
    if (found.drafts + found.sends === 0) void signOut()
    else setUnsent(found)
  }
  const signOut = async () => {
    try {
      await endSession()
    } catch (error) {
      setUnsent((before) => before ?? { drafts: 0, sends: 0 })
      return setProblem(error instanceof Refused ? error.message : strings.states.offline)
    }
    drafts.removeAll(id)
    outbox.removeAll(id)
    queries.clear()
    location.assign('/')
  }
  return (
    <>
      <button type="button" className="icon-button" aria-label={words.title} title={words.title} onClick={begin}>
        <LogOut aria-hidden="true" />
      </button>
      {unsent && (
        <Dialog title={words.title} onClose={() => setUnsent(undefined)}>
          <div className="form">
            {unsent.drafts > 0 && <p>{words.drafts(unsent.drafts)}</p>}
            {unsent.sends > 0 && <p>{words.sends(unsent.sends)}</p>}
            {problem && (
              <p className="error" role="alert">
                {problem}
              </p>
            )}
            <div className="form-foot">
              <button type="button" className="button" onClick={() => setUnsent(undefined)}>
                {strings.cancel}
              </button>
              <button type="button" className="button button-danger" onClick={() => void signOut()}>
                {unsent.drafts + unsent.sends > 0 ? words.deleteAndSignOut : strings.tryAgain}
              </button>
            </div>
          </div>
        </Dialog>
      )}
    </>
  )
}

/** Ends the session on the server. One that has expired is ended already. */
async function endSession(): Promise<void> {
  try {
    await ask(client.DELETE('/v1/session'))
  } catch (error) {
    if (!(error instanceof Refused && error.status === 401)) throw error
  }
}
