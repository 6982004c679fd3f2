import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Sparkles } from 'lucide-react'
import { type ReactNode, useEffect, useState } from 'react'
import { ask, client, type Generation, Refused } from '../api.ts'
import { strings } from '../strings.ts'
import { PlainText } from './links.tsx'
import { SourceList } from './sources.tsx'

/** How an answer was made. It is read when the reader opens it. */
export function GenerationOf({ message }: { message: string }) {
  const [isOpen, setOpen] = useState(false)
  return (
    <details className="more" onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>
        <Sparkles aria-hidden="true" />
        {strings.thread.generation.title}
      </summary>
      {isOpen && (
        <div className="more-body">
          <Read message={message} />
        </div>
      )}
    </details>
  )
}

function Read({ message }: { message: string }) {
  const queries = useQueryClient()
  const { data, error, refetch } = useQuery({
    queryKey: ['generation', message],
    queryFn: ({ signal }) =>
      ask(client.GET('/v1/messages/{message}/generation', { params: { path: { message } }, signal })),
  })
  const status = error instanceof Refused ? error.status : undefined
  useEffect(() => {
    // The account has none, so no message offers it any more.
    if (status === 422) queries.setQueryData(['generation-unsupported', message.slice(0, message.indexOf('/'))], true)
  }, [status, message, queries])
  if (data) return <Details generation={data} />
  if (status === 404) return <p className="soft">{strings.thread.generation.none}</p>
  if (!error) return <p role="status">{strings.loading}</p>
  return (
    <p className="error" role="alert">
      {error instanceof Refused ? error.message : strings.states.offline}{' '}
      <button type="button" className="text-button" onClick={() => void refetch()}>
        {strings.tryAgain}
      </button>
    </p>
  )
}

function Details({ generation }: { generation: Generation }) {
  const { agentId, mode, intent, input, actions, sources, history, prompt } = generation
  const words = strings.thread.generation
  return (
    <>
      <dl className="facts">
        <Fact name={words.agent}>{agentId}</Fact>
        <Fact name={words.mode}>
          {mode && (mode.value === 'unknown' ? String(mode.native ?? words.modes.unknown) : words.modes[mode.value])}
        </Fact>
        <Fact name={words.intent}>{intent && <PlainText text={intent} />}</Fact>
        <Fact name={words.input}>{input && <PlainText text={input} />}</Fact>
      </dl>
      {actions.length > 0 && (
        <Part title={words.actions(actions.length)}>
          <ul className="parts">
            {actions.map(({ name, details }, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: an action can be taken twice.
              <li key={index}>
                <code>{name ?? words.namelessAction}</code>
                <pre>{JSON.stringify(details, undefined, 2)}</pre>
              </li>
            ))}
          </ul>
        </Part>
      )}
      {sources.length > 0 && (
        <Part title={words.knowledge(sources.length)}>
          <SourceList items={sources} />
        </Part>
      )}
      {history.length > 0 && (
        <Part title={words.history(history.length)}>
          <ul className="parts">
            {history.map(({ author, text }, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a message of a transcript has no id.
              <li key={index}>
                <strong>{author.name ?? strings.authors[author.kind]}</strong>
                <PlainText text={text ?? strings.list.noText} />
              </li>
            ))}
          </ul>
        </Part>
      )}
      {prompt && (
        <Part title={words.prompt}>
          <PlainText text={prompt} />
        </Part>
      )}
    </>
  )
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  if (!children) return null
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}

/** What is long, and read rarely. */
function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <details className="part">
      <summary>{title}</summary>
      {children}
    </details>
  )
}
