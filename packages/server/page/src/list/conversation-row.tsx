import { Bot, CircleAlert, Clock, Headset, Star } from 'lucide-react'
import { memo } from 'react'
import type { DeskConversation } from '../api.ts'
import { useDraft } from '../composer/writing.ts'
import { moment, shortTime, wholeTime } from '../format.ts'
import { useOperatorName } from '../queries.ts'
import { usePlace } from '../route.ts'
import { Link } from '../shell/link.tsx'
import { strings } from '../strings.ts'
import { Avatar, contactName, OnlyHere, placeOf } from '../widgets.tsx'

export const ConversationRow = memo(function ConversationRow({
  item,
  isOpen,
  isFirst,
  hasDraft,
}: {
  item: DeskConversation
  isOpen: boolean
  /** Whether something is written in it that was not sent. */
  hasDraft: boolean
  isFirst: boolean
}) {
  const place = usePlace()
  const { conversation, lastMessage, unreadCount, status, assignee, snoozedUntil, openSends, tags } = item
  const { lastActivityAt, control } = conversation
  const name = contactName(item)
  const owner = useOperatorName(item.account, assignee?.value ?? undefined)
  const unread = unreadCount.value ?? 0
  const to = { ...place, conversation: item.ref, message: '' }
  return (
    <Link
      to={to}
      className="row"
      data-ref={item.ref}
      data-unread={unread > 0 || undefined}
      aria-current={isOpen ? 'true' : undefined}
      tabIndex={isOpen || isFirst ? 0 : -1}
    >
      <Avatar name={name} />
      <span className="row-main">
        <span className="row-line">
          <span className="row-name ellipsis" dir="auto">
            {name}
          </span>
          {conversation.isStarred && <Star className="row-icon row-star" aria-label={strings.filters.starred} />}
          {lastActivityAt && (
            <time dateTime={lastActivityAt} title={wholeTime(lastActivityAt)}>
              {shortTime(lastActivityAt)}
            </time>
          )}
        </span>
        <span className="row-line">
          <span className="row-text ellipsis" dir="auto">
            {hasDraft ? <DraftPreview conversation={item.ref} /> : <MessagePreview message={lastMessage} />}
          </span>
          {unread > 0 && (
            <span className="count">
              <span aria-hidden="true">{unread > 99 ? '99+' : unread}</span>
              <span className="hidden">{strings.list.unread(unread)}</span>
            </span>
          )}
        </span>
        <span className="row-line row-facts">
          {openSends > 0 && (
            <CircleAlert className="row-icon row-alert" aria-label={strings.list.openSends(openSends)} />
          )}
          {control.holder === 'agent' && <Bot className="row-icon" aria-label={strings.control.agent} />}
          {control.holder === 'operator' && <Headset className="row-icon" aria-label={strings.control.operator} />}
          {lastMessage?.author === 'contact' && status.value !== 'closed' && (
            <span className="tag tag-waiting">{strings.list.waiting}</span>
          )}
          {snoozedUntil && <Clock className="row-icon" aria-label={strings.list.snoozedUntil(moment(snoozedUntil))} />}
          {status.value !== 'open' && status.value !== 'unknown' && (
            <span className="tag">
              {strings.statuses[status.value]}
              {status.place === 'overlay' && <OnlyHere />}
            </span>
          )}
          <span className="ellipsis">{placeOf(conversation.channel, item.account)}</span>
          {tags.slice(0, 2).map((tag) => (
            <span key={tag} className="tag" dir="auto">
              {tag}
            </span>
          ))}
          {owner !== undefined && (
            <span className="row-assignee" title={strings.list.assignedTo(owner)}>
              <Avatar name={owner} kind="operator" />
              <span className="hidden">{strings.list.assignedTo(owner)}</span>
            </span>
          )}
        </span>
      </span>
    </Link>
  )
})

function DraftPreview({ conversation }: { conversation: string }) {
  const [draft] = useDraft(conversation)
  const text = [draft[draft.mode], draft.reply, draft.note, draft.subject].find((each) => each.trim() !== '')
  return (
    <>
      <span className="row-draft">{strings.list.draft} </span>
      {text}
    </>
  )
}

function MessagePreview({ message }: { message: DeskConversation['lastMessage'] }) {
  const author = message?.author
  return (
    <>
      {author && author !== 'contact' && author !== 'unknown' && (
        <span className="row-author">{strings.authors[author]}: </span>
      )}
      {message?.text || (message === null ? strings.list.nothingYet : strings.list.noText)}
    </>
  )
}
