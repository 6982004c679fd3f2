import { useState } from 'react'
import { ask, client, type DeskConversation, type Message, Refused, type Send } from '../api.ts'
import { listed, moment, shortTime, wholeTime } from '../format.ts'
import { queries } from '../queries.ts'
import { useCanWrite, useSignedIn } from '../session.ts'
import { strings } from '../strings.ts'
import { reasonOf } from '../thread/commands.ts'
import { useMessages, useSends } from '../thread/thread-data.ts'
import { OnlyHere } from '../widgets.tsx'
import { lastSeen, openSends, seenInConflict } from './shown-sends.ts'
import { drafts, outbox, showSend, usePending } from './writing.ts'

const words = strings.composer

/** The sends that no message shows: those that are going on, that wait, that failed, or whose outcome is not known. */
export function OpenSends({ item, messages }: { item: DeskConversation; messages: readonly Message[] }) {
  const { items: sends } = useSends(item.ref)
  const { hasNextPage } = useMessages(item.ref)
  const pending = usePending(item.ref)
  const shown = openSends(messages, sends, { hasOlder: hasNextPage })
  // The server has it already, and its answer is on its way.
  const keys = new Set(sends.map(({ key }) => key))
  const waiting = pending.filter(({ key }) => !keys.has(key))
  if (shown.length + waiting.length === 0) return null
  return (
    <ul className="open-sends" aria-label={words.sends.label}>
      {shown.map((send) => (
        <OpenSend key={send.key ?? send.id} send={send} seen={lastSeen(messages, sends)} />
      ))}
      {waiting.map((one) => (
        <PendingSend key={one.key} pending={one} />
      ))}
    </ul>
  )
}

type Pending = ReturnType<typeof usePending>[number]

/** What no server has answered for yet. */
function PendingSend({ pending }: { pending: Pending }) {
  const { key, kind, text, subject, files, state, at, tries } = pending
  const [problem, setProblem] = useState<string>()
  const said = {
    sending: tries > 1 ? words.pending.waiting : words.pending.sending,
    waiting: words.pending.waiting,
    'signed-out': words.pending.signedOut,
    old: words.pending.old(moment(new Date(at).toISOString())),
  }[state.is]
  const putBack = async () => {
    setProblem(undefined)
    if ((await outbox.withdraw(key)) === undefined) setProblem(words.pending.cannotPutBack)
  }
  return (
    <li className="open-send" data-kind={kind} data-state={state.is === 'old' ? 'failed' : 'sending'}>
      <Content kind={kind} text={text} subject={subject} files={files} />
      <p className="open-state" role="status">
        {state.is === 'sending' && <span className="spinner spinner-small" aria-hidden="true" />}
        {said}
      </p>
      {state.is === 'waiting' && state.problem && <p className="head-detail">{state.problem.detail}</p>}
      {(state.is === 'waiting' || state.is === 'old') && (
        <div className="open-actions">
          <button type="button" className="button button-small" onClick={() => outbox.sendNow(key)}>
            {state.is === 'old' ? words.pending.sendNow : words.pending.tryNow}
          </button>
          <button type="button" className="button button-small" onClick={() => void putBack()}>
            {words.pending.putBack}
          </button>
        </div>
      )}
      {problem && (
        <p className="error" role="alert">
          {problem}
        </p>
      )}
    </li>
  )
}

/** A send of the server. */
function OpenSend({ send, seen }: { send: Send; seen: string | null }) {
  const canWrite = useCanWrite()
  const { kind, text, subject, attachments, by, recordedAt, state, place, error, warnings } = send
  const files = attachments.map(({ fileName }) => fileName ?? words.unnamed)
  const isNote = place === 'overlay'
  return (
    <li className="open-send" data-kind={kind} data-state={isNote ? 'sent' : state}>
      <Content kind={kind} text={text} subject={subject} files={files} />
      <p className="open-state">
        {state === 'claimed' && <span className="spinner spinner-small" aria-hidden="true" />}
        {!isNote && <strong>{words.sends[state]}</strong>}
        <time dateTime={recordedAt} title={wholeTime(recordedAt)}>
          {words.sends.by(by.name ?? by.id, shortTime(recordedAt))}
        </time>
        {isNote && <OnlyHere />}
      </p>
      {error && <p className="head-detail">{error.message}</p>}
      {warnings.map(({ message }) => (
        <p key={message} className="head-detail">
          {message}
        </p>
      ))}
      {state === 'unknown' && <p>{words.sends.unknownHelp}</p>}
      {canWrite && state === 'failed' && <FailedActions send={send} files={files} seen={seen} />}
      {canWrite && state === 'unknown' && <UnknownActions send={send} />}
    </li>
  )
}

function Content({
  kind,
  text,
  subject,
  files,
}: {
  kind: Send['kind']
  text: string
  subject: string | undefined
  files: readonly string[]
}) {
  return (
    <>
      <span className={kind === 'note' ? 'open-kind' : 'hidden'}>{words.sends[kind]}</span>
      {subject && <strong dir="auto">{subject}</strong>}
      <p className="open-text" dir="auto">
        {text}
      </p>
      {files.length > 0 && (
        <p className="open-files">
          {words.sends.files}: {listed(files)}
        </p>
      )}
    </>
  )
}

/** Does something with a send. If it was refused because the conversation has moved on, `movedTo` is what was seen now. */
function useSendTask(conversation: string) {
  const [isRunning, setRunning] = useState(false)
  const [problem, setProblem] = useState<string>()
  const [movedTo, setMovedTo] = useState<string | null>()
  const run = async (work: () => Promise<Send>) => {
    if (isRunning) return
    setRunning(true)
    setProblem(undefined)
    setMovedTo(undefined)
    try {
      showSend(await work())
    } catch (error) {
      const moved = error instanceof Refused ? error.problem : undefined
      if (moved?.newer || moved?.sends) {
        setMovedTo(seenInConflict(moved))
        setProblem(words.sends.movedOn)
        void queries.invalidateQueries({ queryKey: ['messages', conversation] })
      } else {
        const { text, detail } = reasonOf(error)
        setProblem([text, detail].filter(Boolean).join(' '))
      }
    } finally {
      setRunning(false)
      // The server may have done it although its answer was lost.
      void queries.invalidateQueries({ queryKey: ['sends', conversation] })
    }
  }
  return { isRunning, problem, movedTo, run }
}

function FailedActions({ send, files, seen }: { send: Send; files: readonly string[]; seen: string | null }) {
  const { id, conversation, kind, text, subject, channel } = send
  const { person } = useSignedIn()
  const { isRunning, problem, movedTo, run } = useSendTask(conversation)
  const [isPutBack, setPutBack] = useState(false)
  const retry = (expectLastMessage: string | null) =>
    void run(() =>
      ask(
        client.POST('/v1/sends/{send}/retry', {
          params: { path: { send: id } },
          body: kind === 'reply' ? { expectLastMessage } : {},
        }),
      ),
    )
  const putBack = () => {
    drafts.giveBack(person.id, conversation, kind, text, { ...(subject && { subject }), ...(channel && { channel }) })
    setPutBack(true)
  }
  const dismiss = () => void run(() => ask(client.POST('/v1/sends/{send}/dismiss', { params: { path: { send: id } } })))
  return (
    <>
      <div className="open-actions">
        <button
          type="button"
          className="button button-small"
          aria-disabled={isRunning}
          onClick={() => retry(movedTo === undefined ? seen : movedTo)}
        >
          {isRunning && <span className="spinner spinner-small" aria-hidden="true" />}
          {movedTo === undefined ? words.sends.tryAgain : words.sends.tryAgainAnyway}
        </button>
        {!isPutBack && (
          <button type="button" className="button button-small" onClick={putBack}>
            {words.sends.putBack}
          </button>
        )}
        <button type="button" className="button button-small" aria-disabled={isRunning} onClick={dismiss}>
          {words.sends.dismiss}
        </button>
      </div>
      {isPutBack && files.length > 0 && <p className="head-detail">{words.sends.filesStay(listed(files))}</p>}
      {problem && (
        <p className="error" role="alert">
          {problem}
        </p>
      )}
    </>
  )
}

function UnknownActions({ send: { id, conversation } }: { send: Send }) {
  const { isRunning, problem, run } = useSendTask(conversation)
  const settle = (outcome: 'sent' | 'failed') =>
    void run(() => ask(client.POST('/v1/sends/{send}/settle', { params: { path: { send: id } }, body: { outcome } })))
  return (
    <>
      <div className="open-actions">
        <button type="button" className="button button-small" aria-disabled={isRunning} onClick={() => settle('sent')}>
          {words.sends.arrived}
        </button>
        <button
          type="button"
          className="button button-small"
          aria-disabled={isRunning}
          onClick={() => settle('failed')}
        >
          {words.sends.notArrived}
        </button>
      </div>
      {problem && (
        <p className="error" role="alert">
          {problem}
        </p>
      )}
    </>
  )
}
