import { CircleHelp } from 'lucide-react'
import { type FormEvent, useState } from 'react'
import { ask, client, type DeskConversation, type InputRequest } from '../api.ts'
import { moment } from '../format.ts'
import { queries, useOperations } from '../queries.ts'
import { strings } from '../strings.ts'
import { announce, reasonOf } from './commands.ts'

const words = strings.inputs

/** What the agent asks a person before it goes on, with what can be answered. */
export function InputRequests({ item }: { item: DeskConversation }) {
  const operations = useOperations(item.account)
  const requests = item.conversation.control.inputRequests ?? []
  if (requests.length === 0 || operations?.has('messages.provideInput') === false) return null
  return (
    <section className="inputs" aria-label={words.label}>
      {requests.map((request) => (
        <Request key={request.id} conversation={item.ref} request={request} />
      ))}
    </section>
  )
}

function Request({ conversation, request }: { conversation: string; request: InputRequest }) {
  const { id, text, choices, expiresAt } = request
  const [isRunning, setRunning] = useState(false)
  const [value, setValue] = useState('')

  const give = async (given: unknown) => {
    if (isRunning) return
    setRunning(true)
    try {
      const { outcome } = await ask(
        client.POST('/v1/conversations/{conversation}/input', {
          params: { path: { conversation } },
          body: { requestId: id, value: given },
        }),
      )
      setValue('')
      const done = Object.hasOwn(words.done, outcome)
        ? words.done[outcome as keyof typeof words.done]
        : words.done.other
      announce(conversation, { text: done, hasFailed: outcome === 'unknown' })
    } catch (error) {
      announce(conversation, { hasFailed: true, ...reasonOf(error) })
    } finally {
      setRunning(false)
      // It may have been done although its answer was lost.
      for (const key of ['conversation', 'messages']) void queries.invalidateQueries({ queryKey: [key, conversation] })
    }
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (value.trim() !== '') void give(answerIn(value))
  }
  return (
    <div className="input-request">
      <p className="input-text" dir="auto">
        <CircleHelp aria-hidden="true" />
        <span>
          <strong>{words.label}.</strong> {text ?? words.noText}
        </span>
        {isRunning && <span className="spinner spinner-small" aria-hidden="true" />}
      </p>
      {expiresAt && <p className="head-detail">{words.expires(moment(expiresAt))}</p>}
      {choices ? (
        <div className="open-actions">
          {choices.map((choice) => (
            <button
              key={JSON.stringify(choice.value)}
              type="button"
              className="button button-small"
              aria-disabled={isRunning}
              onClick={() => void give(choice.value)}
            >
              <span dir="auto">{choice.label}</span>
            </button>
          ))}
        </div>
      ) : (
        <form className="input-answer" onSubmit={submit}>
          <input
            className="input"
            dir="auto"
            aria-label={words.answerLabel}
            placeholder={words.answerLabel}
            title={words.hint}
            value={value}
            onChange={({ target }) => setValue(target.value)}
          />
          <button type="submit" className="button" aria-disabled={isRunning || value.trim() === ''}>
            {words.answer}
          </button>
        </form>
      )}
    </div>
  )
}

/** The text, or the object or list that it is in JSON. */
function answerIn(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? value : text
  } catch {
    return text
  }
}
