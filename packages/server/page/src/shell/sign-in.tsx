import { type FormEvent, useState } from 'react'
import { strings } from '../strings.ts'

const path = /^\/sign-in\/[\w-]+$/

/** The path of a sign-in link of this server. `undefined`: it is none. */
function linkIn(text: string): string | undefined {
  try {
    const { origin, pathname } = new URL(text.trim(), location.origin)
    return origin === location.origin && path.test(pathname) ? pathname : undefined
  } catch {
    return undefined
  }
}

/** @param hasEnded whether a session has ended while the page was open. */
export function SignIn({ hasEnded }: { hasEnded: boolean }) {
  const [text, setText] = useState('')
  const [isWrong, setWrong] = useState(false)
  const { states } = strings
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const link = linkIn(text)
    setWrong(link === undefined)
    if (link !== undefined) location.assign(link)
  }
  return (
    <main className="sign-in">
      <h1>{strings.appName}</h1>
      <h2>{states.signedOutTitle}</h2>
      {hasEnded && <p role="status">{states.sessionEnded}</p>}
      <p>{states.signedOut}</p>
      <form onSubmit={submit}>
        <label>
          {states.signInLink}
          <input
            className="input"
            value={text}
            onChange={({ target }) => setText(target.value)}
            autoComplete="off"
            spellCheck={false}
            aria-invalid={isWrong}
            aria-describedby={isWrong ? 'wrong-link' : undefined}
          />
        </label>
        {isWrong && (
          <p id="wrong-link" className="error" role="alert">
            {states.wrongLink} <code>{`${location.origin}/sign-in/…`}</code>
          </p>
        )}
        <button type="submit" className="button button-primary">
          {states.signIn}
        </button>
      </form>
    </main>
  )
}
