import { useState } from 'react'
import type { DeskConversation } from '../api.ts'
import { Composer } from '../composer/composer.tsx'
import { useConversation } from '../queries.ts'
import { useCanWrite } from '../session.ts'
import { useShortcut } from '../shell/shortcuts.tsx'
import { Details } from '../side/details.tsx'
import { strings } from '../strings.ts'
import { Empty, Failure, Loading } from '../widgets.tsx'
import { Header } from './header.tsx'
import { InputRequests } from './input-requests.tsx'
import { Messages } from './messages.tsx'

/** The open conversation: who it is, what was written, and the field for an answer. */
export function Thread({ conversation }: { conversation: string | undefined }) {
  const { data, error, refetch } = useConversation(conversation)
  return (
    <section className="thread-pane" id="thread" tabIndex={-1} aria-label={strings.thread.pane}>
      {/* On a phone, the heading of the list is not there. */}
      {conversation !== undefined && <h1 className="hidden">{strings.thread.pane}</h1>}
      {conversation === undefined ? (
        <Empty>{strings.thread.choose}</Empty>
      ) : data ? (
        <Opened item={data} />
      ) : error ? (
        <Failure error={error} onRetry={() => void refetch()} />
      ) : (
        <Loading />
      )}
    </section>
  )
}

const key = 'parley-details'

/** On a small screen, the details would cover the conversation. */
const startsOpen = (): boolean => matchMedia('(min-width: 1201px)').matches && localStorage.getItem(key) !== 'closed'

function Opened({ item }: { item: DeskConversation }) {
  const canWrite = useCanWrite()
  const [hasDetails, setDetails] = useState(startsOpen)
  const toggle = () => {
    localStorage.setItem(key, hasDetails ? 'closed' : 'open')
    setDetails(!hasDetails)
  }
  useShortcut('details', toggle)
  return (
    <div className="thread" data-details={hasDetails || undefined}>
      <div className="thread-main">
        <Header item={item} hasDetails={hasDetails} onDetails={toggle} />
        <Messages item={item} />
        {canWrite && <InputRequests item={item} />}
        {canWrite && <Composer item={item} />}
      </div>
      {hasDetails && <Details item={item} onClose={toggle} />}
    </div>
  )
}
