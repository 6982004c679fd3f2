import { useChat } from '@ai-sdk/react'
import type { ChatbotDataParts } from '@parley/chatbot'
import { DefaultChatTransport, type UIMessage } from 'ai'
import { type SyntheticEvent, useEffect, useRef, useState } from 'react'
import { createRoot } from 'react-dom/client'

type ChatMessage = UIMessage<unknown, ChatbotDataParts>

/** Only the new message is sent: the vendor has the others. */
const transport = new DefaultChatTransport<ChatMessage>({
  api: '/chat',
  prepareSendMessagesRequest: ({ messages }) => ({ body: { message: messages.at(-1) } }),
})

/** @returns `undefined` if the server cannot be asked at the moment. */
async function history(): Promise<ChatMessage[] | undefined> {
  const answer = await fetch('/chat').catch(() => undefined)
  return answer?.ok ? answer.json() : undefined
}

const notes: Readonly<Record<ChatbotDataParts['outcome']['outcome'], string | undefined>> = {
  answered: undefined,
  pending: 'The answer takes a little longer.',
  unanswered: 'Your message has arrived.',
  'needs-input': 'A colleague has to look at this first.',
  failed: 'The assistant could not answer.',
  unknown: 'It is not certain that your message has arrived.',
}

/** `by: 'application'`: the vendor cannot hand over by itself, so the agent goes on until a person writes. */
const promises = { vendor: 'A person will answer you.', application: 'We have told a colleague.' }

const textOf = ({ parts }: ChatMessage): string => parts.map((part) => (part.type === 'text' ? part.text : '')).join('')

/** The history, in which messages that the page has already keep what only the page knows, such as their sources. */
function merged(shown: readonly ChatMessage[], now: readonly ChatMessage[]): ChatMessage[] {
  const left = shown.filter((message) => textOf(message) !== '')
  return now.map((message) => {
    const index = left.findIndex((other) => other.role === message.role && textOf(other) === textOf(message))
    return left.splice(index, index < 0 ? 0 : 1)[0] ?? message
  })
}

function Chat({ before }: { before: ChatMessage[] | undefined }) {
  const { messages, setMessages, sendMessage, status, error, clearError } = useChat<ChatMessage>({
    messages: before ?? [],
    transport,
  })
  const [text, setText] = useState('')
  const [promise, setPromise] = useState<string>()
  const [problem, setProblem] = useState<string>()
  const end = useRef<HTMLDivElement>(null)
  const isBusy = status === 'submitted' || status === 'streaming'

  // A person writes when they have time, another tab may be open, and an answer can be late: so the page looks again.
  useEffect(() => {
    if (isBusy) return
    const timer = setInterval(async () => {
      const now = document.hidden ? undefined : await history()
      const shown = messages.filter((message) => textOf(message) !== '').length
      if (now && now.length > shown) setMessages(merged(messages, now))
    }, 3000)
    return () => clearInterval(timer)
  }, [isBusy, messages, setMessages])

  // biome-ignore lint/correctness/useExhaustiveDependencies: the page follows each new piece of an answer
  useEffect(() => {
    end.current?.scrollIntoView()
  }, [messages, status])

  function send(event: SyntheticEvent) {
    event.preventDefault()
    if (text.trim() === '' || isBusy) return
    setProblem(undefined)
    sendMessage({ text })
    setText('')
  }

  useEffect(() => {
    if (!error) return
    const { title, isUnsent } = problemOf(error)
    setProblem(title)
    // Only what was certainly not sent goes back into the field, so that nothing is sent twice.
    if (isUnsent) {
      setText(textOf(messages.at(-1) as ChatMessage))
      setMessages(messages.slice(0, -1))
    }
    clearError()
  }, [error, messages, setMessages, clearError])

  async function handOff() {
    const answer = await fetch('/hand-off', { method: 'POST' }).catch(() => undefined)
    const { by } = answer?.ok ? ((await answer.json()) as { by: keyof typeof promises }) : {}
    setPromise(by && promises[by])
    setProblem(by ? undefined : 'A person cannot be reached at the moment.')
  }

  return (
    <main>
      {messages.length === 0 && <p className="note">Ask us anything.</p>}
      <ol aria-live="polite">
        {messages.map((message) => (
          <li key={message.id} className={message.role}>
            <Parts message={message} />
          </li>
        ))}
      </ol>
      {isBusy && <p className="note">…</p>}
      {promise && <p className="note">{promise}</p>}
      {before === undefined && messages.length === 0 && (
        <p role="alert">Earlier messages cannot be read at the moment.</p>
      )}
      {problem && <p role="alert">{problem}</p>}
      <form onSubmit={send}>
        <input aria-label="Message" value={text} onChange={(event) => setText(event.target.value)} />
        <button type="submit" disabled={isBusy}>
          Send
        </button>
        <button type="button" disabled={isBusy || messages.length === 0 || promise !== undefined} onClick={handOff}>
          Talk to a person
        </button>
      </form>
      <div ref={end} />
    </main>
  )
}

/** An error from before the question was sent is problem details. A later one is a sentence. */
function problemOf({ message }: Error): { title: string; isUnsent: boolean } {
  try {
    return { title: (JSON.parse(message) as { title: string }).title, isUnsent: true }
  } catch {
    return { title: 'Something went wrong. Please look whether your message is answered.', isUnsent: false }
  }
}

function Parts({ message: { parts } }: { message: ChatMessage }) {
  const sources = parts.filter((part) => part.type === 'source-url' || part.type === 'source-document')
  return (
    <>
      {parts.map((part) => (part.type === 'text' ? part.text : ''))}
      {sources.length > 0 && (
        <ul>
          {sources.map((source) => (
            <li key={source.sourceId}>
              {source.type === 'source-url' ? <a href={source.url}>{source.title ?? source.url}</a> : source.title}
            </li>
          ))}
        </ul>
      )}
      {parts.map((part) => {
        const isHandOff = part.type === 'data-handOff'
        const note = isHandOff ? promises.vendor : part.type === 'data-outcome' ? notes[part.data.outcome] : undefined
        return (
          note && (
            <p key={note} className="note">
              {note}
            </p>
          )
        )
      })}
    </>
  )
}

createRoot(document.getElementById('chat') as HTMLElement).render(<Chat before={await history()} />)
