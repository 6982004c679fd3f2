import { useChat } from '@ai-sdk/react'
import type { ChatbotDataParts } from '@parley/chatbot'
import { DefaultChatTransport, type UIMessage } from 'ai'
import { type SyntheticEvent, useEffect, useState } from 'react'
import { createRoot } from 'react-dom/client'

type ChatMessage = UIMessage<unknown, ChatbotDataParts>

/** Only the new message is sent: the vendor has the others. */
const transport = new DefaultChatTransport<ChatMessage>({
  api: '/chat',
  prepareSendMessagesRequest: ({ messages }) => ({ body: { message: messages.at(-1) } }),
})

async function history(): Promise<ChatMessage[]> {
  const answer = await fetch('/chat')
  if (!answer.ok) throw new Error(`The history cannot be read: ${answer.status}.`)
  return answer.json()
}

const notes: Readonly<Record<ChatbotDataParts['outcome']['outcome'], string | undefined>> = {
  answered: undefined,
  pending: 'The answer takes a little longer.',
  unanswered: 'Your message has arrived.',
  'needs-input': 'A colleague has to look at this first.',
  failed: 'The assistant could not answer.',
  unknown: 'It is not certain that your message has arrived.',
}

const isOutcome = (part: ChatMessage['parts'][number]) => part.type === 'data-outcome'

function Chat({ before }: { before: ChatMessage[] }) {
  const { messages, setMessages, sendMessage, status, error } = useChat<ChatMessage>({ messages: before, transport })
  const [text, setText] = useState('')
  const [isWithPerson, setWithPerson] = useState(false)
  const isBusy = status === 'submitted' || status === 'streaming'
  const last = messages.at(-1)
  // Also after a page was loaded anew while the agent was answering.
  const isOpen =
    last?.role === 'user' || last?.parts.some((part) => isOutcome(part) && part.data.outcome !== 'answered')
  const waits = !isBusy && (isWithPerson || isOpen)

  // A person writes when they have time, so the page looks for what is new.
  useEffect(() => {
    if (!waits) return
    const timer = setInterval(async () => {
      const now = await history().catch(() => [])
      if (now.length > messages.length) setMessages(now)
    }, 3000)
    return () => clearInterval(timer)
  }, [waits, messages.length, setMessages])

  function send(event: SyntheticEvent) {
    event.preventDefault()
    if (text.trim() === '' || isBusy) return
    sendMessage({ text })
    setText('')
  }

  async function handOff() {
    const answer = await fetch('/hand-off', { method: 'POST' })
    setWithPerson(answer.ok)
  }

  return (
    <main>
      <ol aria-live="polite">
        {messages.map((message) => (
          <li key={message.id} className={message.role}>
            <Parts message={message} />
          </li>
        ))}
      </ol>
      {isBusy && <p className="note">…</p>}
      {isWithPerson && <p className="note">A person will answer you.</p>}
      {error && <p role="alert">The message could not be sent. Please try again.</p>}
      <form onSubmit={send}>
        <input aria-label="Message" value={text} onChange={(event) => setText(event.target.value)} />
        <button type="submit" disabled={isBusy}>
          Send
        </button>
        <button type="button" disabled={isBusy || messages.length === 0} onClick={handOff}>
          Talk to a person
        </button>
      </form>
    </main>
  )
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
        const note = isOutcome(part) ? notes[part.data.outcome] : undefined
        return (
          note && (
            <span key={note} className="note">
              {note}
            </span>
          )
        )
      })}
    </>
  )
}

const before = await history().catch(() => [])
createRoot(document.getElementById('chat') as HTMLElement).render(<Chat before={before} />)
