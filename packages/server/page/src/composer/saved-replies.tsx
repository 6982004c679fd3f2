import { Plus, Trash2 } from 'lucide-react'
import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { ask, client, type SavedReply } from '../api.ts'
import { queries, useSavedReplies } from '../queries.ts'
import { useSignedIn } from '../session.ts'
import { Dialog } from '../shell/dialog.tsx'
import { strings } from '../strings.ts'
import { reasonOf } from '../thread/commands.ts'

const words = strings.composer.saved

const readAgain = () => queries.invalidateQueries({ queryKey: ['saved-replies'] })

/** Those whose title, shortcut or text has all the words. What begins with the text in its shortcut comes first. */
function matching(replies: readonly SavedReply[], search: string): SavedReply[] {
  const text = search.trim().toLocaleLowerCase()
  const parts = text.split(/\s+/).filter(Boolean)
  const found = replies.filter((reply) => {
    const all = `${reply.title} ${reply.shortcut ?? ''} ${reply.text}`.toLocaleLowerCase()
    return parts.every((part) => all.includes(part))
  })
  const isShortcut = ({ shortcut }: SavedReply): boolean =>
    text !== '' && shortcut !== undefined && shortcut.toLocaleLowerCase().startsWith(text)
  return [...found.filter(isShortcut), ...found.filter((reply) => !isShortcut(reply))]
}

/** The texts that people send often. */
export function SavedReplies({
  text,
  onChoose,
  onClose,
}: {
  /** What is written now, which can be saved. */
  text: string
  onChoose: (text: string) => void
  onClose: () => void
}) {
  const { person } = useSignedIn()
  const { data, error, isPending } = useSavedReplies()
  const [search, setSearch] = useState('')
  const [dialog, setDialog] = useState<'add' | SavedReply>()
  const section = useRef<HTMLElement>(null)
  const found = matching(data?.items ?? [], search)
  const isDialogOpen = dialog !== undefined
  // Also when a dialog was closed, which the browser forgets if its element is removed.
  useEffect(() => {
    if (!isDialogOpen) section.current?.querySelector('input')?.focus()
  }, [isDialogOpen])

  const pressed = (event: KeyboardEvent) => {
    if (isDialogOpen) return
    if (event.key === 'Escape') onClose()
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (step === undefined) return
    event.preventDefault()
    const stops = [...(section.current?.querySelectorAll<HTMLElement>('input, .saved-choice') ?? [])]
    const at = stops.indexOf(document.activeElement as HTMLElement)
    stops[(at + step + stops.length) % stops.length]?.focus()
  }
  return (
    <section ref={section} className="saved" aria-label={words.title} onKeyDown={pressed}>
      <div className="saved-head">
        <input
          className="input"
          type="search"
          aria-label={words.search}
          placeholder={words.search}
          value={search}
          onChange={({ target }) => setSearch(target.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Enter') return
            event.preventDefault()
            if (found[0]) onChoose(found[0].text)
          }}
        />
        <button
          type="button"
          className="icon-button"
          aria-label={words.add}
          title={text.trim() === '' ? words.addNeedsText : words.add}
          disabled={text.trim() === ''}
          onClick={() => setDialog('add')}
        >
          <Plus aria-hidden="true" />
        </button>
      </div>
      {error && <p className="menu-note error">{reasonOf(error).text}</p>}
      {isPending && <p className="menu-note">{strings.loading}</p>}
      {data && found.length === 0 && <p className="menu-note">{data.items.length === 0 ? words.empty : words.none}</p>}
      <ul>
        {found.map((reply) => (
          <li key={reply.id} className="saved-reply">
            <button type="button" className="saved-choice" onClick={() => onChoose(reply.text)}>
              <span className="saved-title">
                <span className="ellipsis" dir="auto">
                  {reply.title}
                </span>
                {reply.shortcut && <kbd>{reply.shortcut}</kbd>}
              </span>
              <span className="ellipsis saved-text" dir="auto">
                {reply.text}
              </span>
            </button>
            {reply.by.id === person.id && (
              <button
                type="button"
                className="icon-button"
                aria-label={words.delete(reply.title)}
                onClick={() => setDialog(reply)}
              >
                <Trash2 aria-hidden="true" />
              </button>
            )}
          </li>
        ))}
      </ul>
      {dialog === 'add' && <AddReply text={text} onClose={() => setDialog(undefined)} />}
      {typeof dialog === 'object' && <DeleteReply reply={dialog} onClose={() => setDialog(undefined)} />}
    </section>
  )
}

/** Does something, and says why it failed. */
function useTask(
  onDone: () => void,
): [run: (work: () => Promise<unknown>) => Promise<void>, problem: string | undefined] {
  const [problem, setProblem] = useState<string>()
  const run = async (work: () => Promise<unknown>) => {
    try {
      await work()
      void readAgain()
      onDone()
    } catch (error) {
      const { text, detail } = reasonOf(error)
      setProblem([text, detail].filter(Boolean).join(' '))
    }
  }
  return [run, problem]
}

function AddReply({ text, onClose }: { text: string; onClose: () => void }) {
  const [title, setTitle] = useState('')
  const [shortcut, setShortcut] = useState('')
  const [run, problem] = useTask(onClose)
  const save = () => {
    const body = { title: title.trim(), text, ...(shortcut.trim() && { shortcut: shortcut.trim() }) }
    if (body.title) void run(() => ask(client.POST('/v1/saved-replies', { body })))
  }
  return (
    <Dialog title={words.add} onClose={onClose}>
      {/* It is inside of the form of the composer, so it is none itself. */}
      <div className="form">
        <label>
          {words.name}
          <input
            className="input"
            value={title}
            maxLength={200}
            onChange={({ target }) => setTitle(target.value)}
            onKeyDown={(event) => {
              if (event.key !== 'Enter') return
              event.preventDefault()
              save()
            }}
          />
        </label>
        <label>
          {words.shortcut}
          <input
            className="input"
            value={shortcut}
            maxLength={50}
            onChange={({ target }) => setShortcut(target.value)}
            onKeyDown={(event) => {
              if (event.key !== 'Enter') return
              event.preventDefault()
              save()
            }}
          />
        </label>
        <p className="saved-preview" dir="auto">
          {text}
        </p>
        {problem && (
          <p className="error" role="alert">
            {problem}
          </p>
        )}
        <div className="form-foot">
          <button type="button" className="button" onClick={onClose}>
            {strings.cancel}
          </button>
          <button type="button" className="button button-primary" disabled={!title.trim()} onClick={save}>
            {strings.save}
          </button>
        </div>
      </div>
    </Dialog>
  )
}

function DeleteReply({ reply, onClose }: { reply: SavedReply; onClose: () => void }) {
  const [run, problem] = useTask(onClose)
  return (
    <Dialog title={words.deleteSure(reply.title)} onClose={onClose}>
      <div className="form">
        <p className="saved-preview" dir="auto">
          {reply.text}
        </p>
        {problem && (
          <p className="error" role="alert">
            {problem}
          </p>
        )}
        <div className="form-foot">
          <button type="button" className="button" onClick={onClose}>
            {strings.cancel}
          </button>
          <button
            type="button"
            className="button button-danger"
            onClick={() =>
              void run(() => ask(client.DELETE('/v1/saved-replies/{reply}', { params: { path: { reply: reply.id } } })))
            }
          >
            {words.deleteYes}
          </button>
        </div>
      </div>
    </Dialog>
  )
}
