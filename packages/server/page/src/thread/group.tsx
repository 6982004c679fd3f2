import { Bot, CircleHelp, Headset, Info, type LucideIcon, StickyNote, User, Workflow, Wrench } from 'lucide-react'
import { memo, type ReactNode, use } from 'react'
import type { Message } from '../api.ts'
import { Boundary } from '../boundary.tsx'
import { clockTime, wholeTime } from '../format.ts'
import { SessionContext } from '../session.ts'
import { strings } from '../strings.ts'
import { Avatar } from '../widgets.tsx'
import { withoutDirection } from './disguise.ts'
import { type Group, isSameGroup } from './grouping.ts'
import { PlainText } from './links.tsx'
import { SaidMessage } from './message.tsx'

const icons: Readonly<Record<Message['author']['kind'], LucideIcon>> = {
  contact: User,
  agent: Bot,
  operator: Headset,
  automation: Workflow,
  system: Info,
  unknown: CircleHelp,
}

interface GroupProps {
  group: Group
  /** How a contact is called whose messages do not say it. */
  contact: string
  /** The message that was searched, if it is in this group. */
  target: string | undefined
}

/** Messages of one author. */
export const MessageGroup = memo(
  function MessageGroup({ group, contact, target }: GroupProps) {
    const [first] = group.messages
    if (group.lane === 'event') return <EventLine message={first} isTarget={target === first.ref} />
    if (group.lane === 'tool') return <ToolLine message={first} isTarget={target === first.ref} />
    return (
      <SaidGroup group={group} contact={contact}>
        {group.messages.map((message, index) => (
          // One that the page cannot show must not take the others with it.
          <Boundary key={message.ref} instead={<p className="head-detail">{strings.thread.cannotShow}</p>}>
            <SaidMessage message={message} answered={group.answered[index]} isTarget={target === message.ref} />
          </Boundary>
        ))}
      </SaidGroup>
    )
  },
  (before, after) =>
    isSameGroup(before.group, after.group) && before.contact === after.contact && before.target === after.target,
)

function SaidGroup({ group, contact, children }: { group: Group; contact: string; children: ReactNode }) {
  const { author, direction, createdAt, ref } = group.messages[0]
  const session = use(SessionContext)
  const isMe =
    author.kind === 'operator' &&
    // An account can infer one operator for all messages of the team, so that those of colleagues would be "yours".
    author.basis === 'vendor' &&
    author.id != null &&
    [session?.person.id, session?.person.operatorIds?.[ref.slice(0, ref.indexOf('/'))]].includes(author.id)
  const isNote = group.lane === 'note'
  const kind = strings.authors[author.kind]
  const name = isMe
    ? strings.authors.you
    : withoutDirection(author.name || (author.kind === 'contact' ? contact : kind))
  const Icon = icons[author.kind]
  // Of an author that is not known, the direction says on which side it stands.
  const isContact = author.kind === 'contact' || (author.kind === 'unknown' && direction !== 'outbound')
  return (
    <article
      className="group"
      data-author={author.kind}
      data-side={isContact ? 'start' : 'end'}
      data-note={isNote || undefined}
      aria-label={[isNote && strings.thread.note, name, name !== kind && kind, createdAt && clockTime(createdAt)]
        .filter(Boolean)
        .join(', ')}
    >
      <p className="group-head">
        {isContact ? <Avatar name={name} /> : null}
        <Icon aria-hidden="true" />
        <span className="group-name ellipsis" dir="auto">
          {name}
        </span>
        {name !== kind && <span className="group-kind">{kind}</span>}
        {author.basis === 'inferred' && (
          <span className="inferred" title={strings.authors.inferred}>
            <span aria-hidden="true">≈</span>
            <span className="hidden">{strings.authors.inferred}</span>
          </span>
        )}
        {isNote && (
          <span className="note-mark">
            <StickyNote aria-hidden="true" />
            {strings.thread.note}
          </span>
        )}
      </p>
      {children}
    </article>
  )
}

function Time({ message: { createdAt } }: { message: Message }) {
  if (!createdAt) return null
  return (
    <time dateTime={createdAt} title={wholeTime(createdAt)}>
      {clockTime(createdAt)}
    </time>
  )
}

function EventLine({ message, isTarget }: { message: Message; isTarget: boolean }) {
  return (
    <div className="event" data-message={message.ref} data-target={isTarget || undefined}>
      <Info aria-hidden="true" />
      <PlainText text={message.text || String(message.type.native ?? strings.authors.system)} />
      <Time message={message} />
    </div>
  )
}

function ToolLine({ message, isTarget }: { message: Message; isTarget: boolean }) {
  const { text, author, ref } = message
  const line = text?.split('\n', 1)[0] ?? ''
  // A result is long, and only developers read it. The name of a tool is short, and there is nothing to open.
  const isResult = line !== text || line.length > 60 || /^\s*[[{]/.test(line)
  const name = author.name ? `${author.name}` : undefined
  return (
    <div className="event" data-message={ref} data-target={isTarget || undefined}>
      <Wrench aria-hidden="true" />
      {isResult ? (
        <details>
          <summary>{strings.thread.toolResult(name)}</summary>
          <pre className="tool">{text}</pre>
        </details>
      ) : (
        <span>{strings.thread.tool(line || name || '')}</span>
      )}
      <Time message={message} />
    </div>
  )
}
