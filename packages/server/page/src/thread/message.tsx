import {
  Brain,
  CalendarClock,
  Check,
  CheckCheck,
  CircleAlert,
  Clock,
  CornerUpLeft,
  type LucideIcon,
  Mail,
  MousePointerClick,
  Phone,
  ThumbsDown,
  ThumbsUp,
} from 'lucide-react'
import { memo, type ReactNode, use, useRef, useState } from 'react'
import type { Message } from '../api.ts'
import { clockTime, duration, listed, wholeTime } from '../format.ts'
import { strings } from '../strings.ts'
import { Attachments } from './attachments.tsx'
import { withoutDirection } from './disguise.ts'
import { GenerationOf } from './generation.tsx'
import { HtmlBody } from './html-body.tsx'
import { PlainText } from './links.tsx'
import { Markdown } from './markdown.tsx'
import { useSeen } from './seen.ts'
import { Sources } from './sources.tsx'
import { ThreadContext } from './thread-context.ts'
import { useWholeMessage } from './thread-data.ts'

/** The texts of these are made by programs, which write Markdown. What a person typed is shown as it was typed. */
const writesMarkdown = ({ author: { kind } }: Message): boolean => kind === 'agent' || kind === 'automation'

interface SaidProps {
  message: Message
  /** The message that it answers, if it is not the one before it. */
  answered: Message | undefined
  isTarget: boolean
}

/** What was said, with all that belongs to it. */
export const SaidMessage = memo(function SaidMessage(props: SaidProps) {
  const { text, html } = props.message
  // A list can leave out the text of an email.
  return text === undefined && !html ? <Incomplete {...props} /> : <Said {...props} />
})

function Incomplete({ message, ...props }: SaidProps) {
  const box = useRef<HTMLDivElement>(null)
  const isSeen = useSeen(box)
  const { data, error, refetch } = useWholeMessage(message.ref, isSeen)
  return (
    <div ref={box}>
      <Said message={data ?? message} {...props}>
        {error ? (
          <p className="error" role="alert">
            {strings.thread.noText}{' '}
            <button type="button" className="text-button" onClick={() => void refetch()}>
              {strings.tryAgain}
            </button>
          </p>
        ) : (
          !data && <p className="soft">{strings.loading}</p>
        )}
      </Said>
    </div>
  )
}

function Said({ message, answered, isTarget, children }: SaidProps & { children?: ReactNode }) {
  const { author, attachments = [], reasoning = [], feedback = [] } = message
  const { hasGenerations } = use(ThreadContext)
  return (
    <div
      className="message"
      data-message={message.ref}
      data-target={isTarget || undefined}
      data-html={message.html ? true : undefined}
    >
      <div className="bubble">
        {answered && <Answered message={answered} />}
        <EmailHead message={message} />
        <Call message={message} />
        {children || <Body message={message} />}
        {attachments.length > 0 && <Attachments message={message.ref} items={attachments} />}
        <Foot message={message} />
      </div>
      <Failure message={message} />
      {feedback.map((one, index) => (
        <Rating key={one.id ?? index} feedback={one} />
      ))}
      <div className="mores">
        {reasoning.length > 0 && <Reasoning texts={reasoning} />}
        {author.kind !== 'contact' && <Sources message={message} />}
        {hasGenerations && author.kind === 'agent' && <GenerationOf message={message.ref} />}
      </div>
    </div>
  )
}

function Reasoning({ texts }: { texts: readonly string[] }) {
  return (
    <details className="more">
      <summary>
        <Brain aria-hidden="true" />
        {strings.thread.reasoning}
      </summary>
      <div className="more-body">
        {texts.map((text) => (
          <PlainText key={text} text={text} />
        ))}
      </div>
    </details>
  )
}

function Body({ message }: { message: Message }): ReactNode {
  const { html, text, type, email, attachments = [] } = message
  if (html) {
    const title = email?.subject
      ? strings.thread.emailTitle(email.subject)
      : strings.thread.htmlTitle(message.author.name ?? strings.authors[message.author.kind])
    return <HtmlBody html={html} text={text} title={title} />
  }
  if (text) {
    return (
      <LongText length={text.length}>
        {writesMarkdown(message) ? <Markdown text={text} /> : <PlainText text={text} />}
      </LongText>
    )
  }
  if (type.value === 'call' || attachments.length > 0) return null
  return <p className="soft">{type.value === 'unknown' ? strings.thread.unknownType : strings.list.noText}</p>
}

/** In characters. */
const longText = 4_000

function LongText({ length, children }: { length: number; children: ReactNode }) {
  const [isWhole, setWhole] = useState(length <= longText)
  if (isWhole) return children
  return (
    <>
      <div className="clamped">{children}</div>
      <button type="button" className="text-button" onClick={() => setWhole(true)}>
        {strings.thread.showAll}
      </button>
    </>
  )
}

function Answered({ message }: { message: Message }) {
  const { goTo } = use(ThreadContext)
  return (
    <button type="button" className="answered" onClick={() => goTo(message.ref)}>
      <CornerUpLeft aria-hidden="true" />
      <span className="ellipsis" dir="auto">
        {strings.thread.answers} {message.text || strings.list.noText}
      </span>
    </button>
  )
}

function EmailHead({ message: { email, type } }: { message: Message }) {
  if (!email || type.value !== 'email') return null
  const { subject, from, to = [], cc = [], bcc = [] } = email
  const lines = [
    [strings.thread.email.from, from ? [from] : []],
    [strings.thread.email.to, to],
    [strings.thread.email.cc, cc],
    [strings.thread.email.bcc, bcc],
  ] as const
  if (!subject && lines.every(([, people]) => people.length === 0)) return null
  return (
    <div className="email-head">
      {subject && (
        <p className="email-subject" dir="auto">
          <Mail aria-hidden="true" />
          {subject}
        </p>
      )}
      <dl>
        {lines.map(
          ([name, people]) =>
            people.length > 0 && (
              <div key={name}>
                <dt>{name}</dt>
                <dd dir="auto">{withoutDirection(listed(people))}</dd>
              </div>
            ),
        )}
      </dl>
    </div>
  )
}

function Call({ message: { type, call } }: { message: Message }) {
  if (type.value !== 'call') return null
  const status = call?.status
  return (
    <p className="call">
      <Phone aria-hidden="true" />
      {[
        strings.thread.call,
        status && (status.value === 'unknown' ? status.native : strings.thread.callStatuses[status.value]),
        call?.duration != null && duration(call.duration * 1000),
      ]
        .filter(Boolean)
        .join(' · ')}
    </p>
  )
}

const statusIcons: Readonly<Record<string, LucideIcon>> = {
  scheduled: CalendarClock,
  pending: Clock,
  sent: Check,
  delivered: CheckCheck,
  read: CheckCheck,
  clicked: MousePointerClick,
}

function Foot({ message }: { message: Message }) {
  const { createdAt, status, direction, type, isAnonymized } = message
  // Why it failed is below the message.
  const isSaid = status?.value === 'failed' || status?.value === 'opted-out' || type.value === 'call'
  const word = direction === 'inbound' || isSaid ? undefined : status?.value
  const Icon = word && statusIcons[word]
  const kind = type.value === 'form' || type.value === 'review' ? strings.thread.kinds[type.value] : undefined
  if (!createdAt && !Icon && !kind && !isAnonymized) return null
  return (
    <p className="message-foot">
      {kind && <span>{kind}</span>}
      {isAnonymized && <span>{strings.thread.anonymized}</span>}
      {createdAt && (
        <time dateTime={createdAt} title={wholeTime(createdAt)}>
          {clockTime(createdAt)}
        </time>
      )}
      {Icon && word && word !== 'unknown' && (
        <span className="delivery" data-status={word} title={strings.thread.delivery[word]}>
          <Icon aria-hidden="true" />
          <span className={word === 'sent' || word === 'delivered' ? 'hidden' : undefined}>
            {strings.thread.delivery[word]}
          </span>
        </span>
      )}
    </p>
  )
}

function Failure({ message: { status, failure } }: { message: Message }) {
  if (status?.value !== 'failed' && status?.value !== 'opted-out' && !failure) return null
  return (
    <p className="message-failure">
      <CircleAlert aria-hidden="true" />
      <span dir="auto">
        {failure
          ? strings.thread.notDelivered(failure)
          : strings.thread.delivery[status?.value === 'opted-out' ? 'opted-out' : 'failed']}
      </span>
    </p>
  )
}

function Rating({
  feedback: { vote, score, comment, authorName },
}: {
  feedback: NonNullable<Message['feedback']>[number]
}) {
  const isUp = vote?.value === 'up'
  const isDown = vote?.value === 'down'
  return (
    <p className="rating" data-vote={isUp ? 'up' : isDown ? 'down' : undefined}>
      {isUp && <ThumbsUp aria-hidden="true" />}
      {isDown && <ThumbsDown aria-hidden="true" />}
      <span>
        {isUp ? strings.thread.ratedUp : isDown ? strings.thread.ratedDown : strings.thread.rated(score ?? undefined)}
        {authorName && ` · ${authorName}`}
      </span>
      {comment && <q dir="auto">{comment}</q>}
    </p>
  )
}
