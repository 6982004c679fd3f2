import { useQuery } from '@tanstack/react-query'
import { ask, client, type DeskConversation } from '../api.ts'
import { shortTime, wholeTime } from '../format.ts'
import { usePlace } from '../route.ts'
import { Link } from '../shell/link.tsx'
import { strings } from '../strings.ts'
import { useLinked } from './links.tsx'
import { Read } from './part.tsx'
import { partsOf } from './refs.ts'

const words = strings.details

/** How many are shown. */
const most = 20

/** The other conversations of the same person, also in other accounts. */
export function OtherConversations({ item }: { item: DeskConversation }) {
  const { contact } = item.conversation
  const linked = useLinked(contact?.ref)
  const own = { account: item.account, id: contact?.id ?? '' }
  const persons = linked.data ? linked.data.items.map(partsOf) : [own]
  const isReady = contact?.ref === undefined || linked.data !== undefined || linked.error !== null
  const query = useQuery({
    queryKey: ['other-conversations', persons],
    queryFn: async ({ signal }) => {
      const lists = await Promise.all(
        // An id is one of its account, so each account is asked for itself.
        persons.map(({ account, id }) =>
          ask(
            client.GET('/v1/conversations', {
              params: {
                query: { accounts: [account], contactId: [id], snoozed: 'any', unknown: 'exclude', limit: most },
              },
              signal,
            }),
          ),
        ),
      )
      const activity = ({ conversation }: DeskConversation): string => conversation.lastActivityAt ?? ''
      return lists.flatMap(({ items }) => items).sort((a, b) => (activity(a) < activity(b) ? 1 : -1))
    },
    enabled: isReady,
    staleTime: 0,
  })
  return (
    <Read query={query}>
      {(all) => {
        const others = all.filter(({ ref }) => ref !== item.ref).slice(0, most)
        if (others.length === 0) return <p className="details-quiet">{words.noOthers}</p>
        return (
          <ul className="details-list">
            {others.map((other) => (
              <li key={other.ref}>
                <Other item={other} />
              </li>
            ))}
          </ul>
        )
      }}
    </Read>
  )
}

function Other({ item }: { item: DeskConversation }) {
  const place = usePlace()
  const { lastActivityAt, lastMessage, title } = item.conversation
  return (
    <Link to={{ ...place, conversation: item.ref, message: '' }} className="details-item">
      <span className="details-line">
        <span className="ellipsis" dir="auto">
          {title || lastMessage?.text || strings.list.noText}
        </span>
        {lastActivityAt && (
          <time dateTime={lastActivityAt} title={wholeTime(lastActivityAt)}>
            {shortTime(lastActivityAt)}
          </time>
        )}
      </span>
      <small>
        {item.account} · {strings.statuses[item.status.value]}
      </small>
    </Link>
  )
}
