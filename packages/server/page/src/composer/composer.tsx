import { MessageSquareText, Paperclip, SendHorizontal } from 'lucide-react'
import { type ClipboardEvent, type KeyboardEvent, useLayoutEffect, useMemo, useRef, useState } from 'react'
import type { Channel, DeskConversation } from '../api.ts'
import { number, size } from '../format.ts'
import { useOperations } from '../queries.ts'
import { useSignedIn } from '../session.ts'
import { useShortcut } from '../shell/shortcuts.tsx'
import { strings } from '../strings.ts'
import { useMessages, useSends } from '../thread/thread-data.ts'
import { contactName } from '../widgets.tsx'
import { AttachedFiles } from './attached-files.tsx'
import { type FileProblem, fitting, isTooLong, mostBytes, mostText } from './files.ts'
import { Returned } from './returned.tsx'
import { SavedReplies } from './saved-replies.tsx'
import { lastSeen, seenInConflict } from './shown-sends.ts'
import { smsParts } from './sms.ts'
import { draftFiles, type Mode, outbox, refusals, useDraft } from './writing.ts'

const words = strings.composer

/** Where a reply or a note is written. */
export function Composer({ item }: { item: DeskConversation }) {
  const { person } = useSignedIn()
  const [draft, change] = useDraft(item.ref)
  const files = draftFiles.use(item.ref)
  const refusal = refusals.use(item.ref)
  const { can, reason, takeOver, seen } = useSending(item)
  const [problems, setProblems] = useState<readonly string[]>([])
  const [isDragging, setDragging] = useState(false)
  const [hasReplies, setReplies] = useState(false)
  const field = useRef<HTMLTextAreaElement>(null)
  const picker = useRef<HTMLInputElement>(null)
  const { mode } = draft
  const text = draft[mode]
  const tooLong = isTooLong(mode, text)
  const channels = useChannels(item)
  const own = item.conversation.channel?.value
  const channel = channels.find((each) => each === draft.channel) ?? (own && isOfNobody.has(own) ? channels[0] : own)
  const isEmail = mode === 'reply' && channel === 'email'
  const subjectOfReply = useSubjectOfReply(item.ref)
  const isEmpty = text.trim() === '' && (mode === 'note' || files.length === 0)
  const blocked = tooLong ? words.tooLong : mode === 'reply' ? reason : undefined
  useGrowing(field, text)

  const setMode = (next: Mode) => {
    change({ mode: next })
    field.current?.focus()
  }
  useShortcut('reply', () => setMode('reply'))
  useShortcut('note', () => setMode('note'))

  const send = (expectLastMessage = seen) => {
    field.current?.focus()
    if (isEmpty || blocked !== undefined) return
    const common = { person: person.id, conversation: item.ref, kind: mode, text }
    if (mode === 'note') outbox.add(common)
    else {
      const subject = draft.subject.trim() ? draft.subject : subjectOfReply
      const more = {
        ...(isEmail && subject && { subject }),
        ...(channel && channel !== 'unknown' && channel !== own && { channel }),
        ...(takeOver && { takeOver }),
      }
      outbox.add({ ...common, ...more, expectLastMessage }, files)
      draftFiles.set(item.ref, [])
    }
    // Only now, when the outbox has the text.
    change({ [mode]: '', ...(mode === 'reply' && { subject: '', channel: null }) })
    refusals.set(item.ref, undefined)
    setProblems([])
  }

  const attach = (added: readonly File[]) => {
    if (added.length === 0) return
    if (mode === 'note') return setProblems([words.noFilesInNotes])
    const now = fitting(files, added)
    draftFiles.set(item.ref, now.files)
    setProblems(now.problems.map(({ name, problem }) => problemText(name, problem)))
  }

  const insert = (saved: string) => {
    const { selectionStart = text.length, selectionEnd = text.length } = field.current ?? {}
    change({ [mode]: text.slice(0, selectionStart) + saved + text.slice(selectionEnd) })
    setReplies(false)
    const end = selectionStart + saved.length
    requestAnimationFrame(() => {
      field.current?.focus()
      field.current?.setSelectionRange(end, end)
    })
  }

  const pressed = (event: KeyboardEvent) => {
    // Of an input method, Enter and Escape belong to what is being composed.
    if (event.nativeEvent.isComposing) return
    if (event.key === 'Escape') {
      if (hasReplies) setReplies(false)
      else field.current?.blur()
    } else if (event.key === '/' && text === '' && !hasReplies) {
      event.preventDefault()
      setReplies(true)
    }
  }
  /** Sends from every field and button of the composer, apart from the saved replies, which are chosen with Enter. */
  const pressedAnywhere = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing || event.key !== 'Enter' || !(event.metaKey || event.ctrlKey)) return
    if ((event.target as Element).closest('.saved')) return
    event.preventDefault()
    send()
  }
  const pasted = (event: ClipboardEvent) => {
    const { files } = event.clipboardData
    if (files.length === 0) return
    event.preventDefault()
    attach([...files])
  }
  const name = contactName(item)
  return (
    <form
      className="composer"
      aria-label={words.label}
      data-mode={mode}
      data-dragging={isDragging || undefined}
      onSubmit={(event) => {
        event.preventDefault()
        send()
      }}
      onKeyDown={pressedAnywhere}
      onDragOver={(event) => {
        if (!event.dataTransfer.types.includes('Files')) return
        event.preventDefault()
        setDragging(true)
      }}
      onDragLeave={({ currentTarget, relatedTarget }) => {
        if (!currentTarget.contains(relatedTarget as Node | null)) setDragging(false)
      }}
      onDrop={(event) => {
        event.preventDefault()
        setDragging(false)
        attach([...event.dataTransfer.files])
      }}
    >
      {refusal && (
        <Returned
          refusal={refusal}
          onDismiss={() => {
            refusals.set(item.ref, undefined)
            field.current?.focus()
          }}
          onSendAnyway={() => send(refusal.problem ? (seenInConflict(refusal.problem) ?? seen) : seen)}
        />
      )}
      {hasReplies && (
        <SavedReplies
          text={text}
          onChoose={insert}
          onClose={() => {
            setReplies(false)
            field.current?.focus()
          }}
        />
      )}
      <div className="composer-head">
        {/* biome-ignore lint/a11y/useSemanticElements: a fieldset is for the fields of a form. */}
        <div className="modes" role="group" aria-label={words.label}>
          {(['reply', 'note'] as const).map((each) => (
            <button
              key={each}
              type="button"
              className="mode"
              data-mode={each}
              aria-pressed={mode === each}
              onClick={() => setMode(each)}
            >
              {words[each]}
              {mode !== each && draft[each].trim() !== '' && <span className="mode-mark" aria-hidden="true" />}
            </button>
          ))}
        </div>
        {mode === 'reply' && channels.length > 1 && (
          <select
            className="select-quiet"
            aria-label={words.channel}
            title={words.channel}
            value={channel}
            onChange={({ target }) => change({ channel: target.value as Channel })}
          >
            {channels.map((each) => (
              <option key={each} value={each}>
                {strings.channels[each]}
              </option>
            ))}
          </select>
        )}
        <p className="composer-hint" role="status" data-blocked={blocked !== undefined || undefined}>
          {blocked ?? hintOf(mode, takeOver !== undefined, can('messages.note'))}
        </p>
      </div>
      {isEmail && (
        <input
          className="composer-subject"
          aria-label={words.subject}
          placeholder={subjectOfReply ?? words.subject}
          value={draft.subject}
          maxLength={1000}
          onChange={({ target }) => change({ subject: target.value })}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || event.nativeEvent.isComposing || event.metaKey || event.ctrlKey) return
            // The browser would submit the form, and send an email that is not finished.
            event.preventDefault()
            field.current?.focus()
          }}
        />
      )}
      <textarea
        ref={field}
        className="composer-field"
        rows={2}
        dir="auto"
        aria-label={mode === 'note' ? words.noteLabel : words.replyTo(name)}
        placeholder={mode === 'note' ? words.notePlaceholder : words.replyPlaceholder}
        aria-invalid={tooLong}
        value={text}
        onChange={({ target }) => change({ [mode]: target.value })}
        onKeyDown={pressed}
        onPaste={pasted}
      />
      {mode === 'reply' ? (
        <AttachedFiles files={files} onChange={(next) => draftFiles.set(item.ref, next)} />
      ) : (
        files.length > 0 && <p className="composer-hint">{words.noFilesInNotes}</p>
      )}
      {problems.length > 0 && (
        <div className="composer-problems" role="alert">
          {problems.map((problem) => (
            <p key={problem}>{problem}</p>
          ))}
        </div>
      )}
      <div className="composer-foot">
        {mode === 'reply' && (
          <button
            type="button"
            className="icon-button"
            aria-label={words.attach}
            title={words.attach}
            onClick={() => picker.current?.click()}
          >
            <Paperclip aria-hidden="true" />
          </button>
        )}
        <input
          ref={picker}
          type="file"
          multiple
          hidden
          onChange={({ target }) => {
            attach([...(target.files ?? [])])
            // The same file can be chosen again after it was removed.
            target.value = ''
          }}
        />
        <button
          type="button"
          className="icon-button"
          aria-expanded={hasReplies}
          aria-label={words.saved.title}
          title={words.saved.title}
          onClick={() => setReplies(!hasReplies)}
        >
          <MessageSquareText aria-hidden="true" />
        </button>
        <span className="composer-count">{countOf(mode === 'reply' ? channel : undefined, text)}</span>
        <button
          type="submit"
          className="button button-primary composer-send"
          // A disabled button would lose the focus.
          aria-disabled={isEmpty || blocked !== undefined}
          title={blocked}
        >
          <SendHorizontal aria-hidden="true" />
          {mode === 'note' ? words.sendNote : words.send}
        </button>
      </div>
      {isDragging && <div className="composer-drop">{words.dropHere}</div>}
    </form>
  )
}

/** Whether a reply can be sent now, and what the person has seen. */
function useSending(item: DeskConversation) {
  const operations = useOperations(item.account)
  const messages = useMessages(item.ref)
  const { items: sends } = useSends(item.ref)
  const can = (operation: string): boolean => operations?.has(operation) !== false
  // A reply would be refused: the agent has stopped in the middle of its work.
  const isAsked = can('messages.provideInput') && (item.conversation.control.inputRequests ?? []).length > 0
  const reason = !can('messages.reply')
    ? words.cannotReply
    : isAsked
      ? words.agentAsks
      : messages.data
        ? undefined
        : messages.error
          ? words.noMessages
          : words.loadingMessages
  const isAgents = item.conversation.control.holder === 'agent'
  return {
    can,
    reason,
    takeOver: isAgents && can('control.takeOver') ? ('if-needed' as const) : undefined,
    seen: lastSeen(messages.items, sends),
  }
}

/**
 * The channels over which the contact can be answered, the usual one first: that of the conversation, and those of its messages. A
 * note or a system message can have changed that of the conversation to one that nobody answers over.
 */
function useChannels({ ref, conversation: { channel } }: DeskConversation): readonly Channel[] {
  const { items } = useMessages(ref)
  return useMemo(() => {
    const said = items
      .filter(({ direction }) => direction !== 'internal')
      .map((message) => message.channel?.value)
      .reverse()
    return [...new Set([channel?.value, ...said])].filter(
      (each): each is Channel => !unanswerable.has(each ?? 'unknown'),
    )
  }, [channel?.value, items])
}

/** The subject of a reply to the newest email, used if the person writes none. */
function useSubjectOfReply(ref: string): string | undefined {
  const { items } = useMessages(ref)
  const subject = items.findLast(({ email }) => email?.subject?.trim())?.email?.subject?.trim()
  return subject && (/^re:/i.test(subject) ? subject : words.subjectOfReply(subject))
}

/** What a note or a system message makes of the channel of a conversation. */
const isOfNobody: ReadonlySet<string> = new Set(['internal', 'system'])
const unanswerable: ReadonlySet<string> = new Set(['voice', 'api', 'internal', 'system', 'unknown'])

/** What a person should know before they write. */
function hintOf(mode: Mode, takesOver: boolean, hasNotes: boolean): string | undefined {
  if (mode === 'note') return hasNotes ? undefined : words.noteOnlyHere
  return takesOver ? words.agentAnswers : undefined
}

/** How long the text is, where that matters. */
function countOf(channel: Channel | 'unknown' | undefined, text: string): string | undefined {
  if (channel === 'sms' && text.length > 0) return words.smsParts(smsParts(text))
  return text.length > mostText * 0.9 ? words.characters(number(text.length), number(mostText)) : undefined
}

function problemText(name: string, problem: FileProblem): string {
  const shown = name || words.unnamed
  return problem === 'too-large'
    ? words.fileProblems['too-large'](shown, size(mostBytes))
    : words.fileProblems[problem](shown)
}

/** Makes the field as high as its text. CSS limits it. */
function useGrowing(field: { current: HTMLTextAreaElement | null }, text: string): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: the height depends on the text.
  useLayoutEffect(() => {
    const element = field.current
    if (!element) return
    element.style.height = 'auto'
    element.style.height = `${element.scrollHeight}px`
  }, [field, text])
}
