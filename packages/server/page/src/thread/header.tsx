import { ArrowLeft, Bot, CircleCheck, Headset, PanelRight, RotateCcw, X } from 'lucide-react'
import { type ReactNode, useEffect, useRef } from 'react'
import type { DeskConversation } from '../api.ts'
import { moment } from '../format.ts'
import { useOperations, useOperatorName } from '../queries.ts'
import { go, usePlace } from '../route.ts'
import { useCanWrite } from '../session.ts'
import { useShortcut } from '../shell/shortcuts.tsx'
import { strings } from '../strings.ts'
import { contactName, OnlyHere } from '../widgets.tsx'
import { announce, type Commands, dismiss, markReadQuietly, type Notice, useCommands, useNotices } from './commands.ts'
import { AssignMenu, MoreMenu, SnoozeMenu } from './header-menus.tsx'

const words = strings.commands

/** Who the conversation is with, who answers, and the commands. */
export function Header({
  item,
  hasDetails,
  onDetails,
}: {
  item: DeskConversation
  hasDetails: boolean
  onDetails: () => void
}) {
  const canWrite = useCanWrite()
  const commands = useCommands(item.ref)
  const place = usePlace()
  const { channel } = item.conversation
  useMarkedAsRead(item, canWrite)
  return (
    <header className="thread-head">
      <div className="head-line">
        <button
          type="button"
          className="icon-button head-back"
          aria-label={words.backToList}
          onClick={() => go({ ...place, conversation: '', message: '' })}
        >
          <ArrowLeft aria-hidden="true" />
        </button>
        <div className="head-title">
          <h2 className="ellipsis" dir="auto">
            {contactName(item)}
          </h2>
          <span className="head-place ellipsis">
            {[item.account, channel && channel.value !== 'unknown' && strings.channels[channel.value]]
              .filter(Boolean)
              .join(' · ')}
          </span>
        </div>
        {/* biome-ignore lint/a11y/useSemanticElements: a fieldset is for the fields of a form. */}
        <div className="head-commands" role="group" aria-label={words.label}>
          {canWrite && <WriterCommands item={item} commands={commands} />}
          <MoreMenu item={item} commands={commands} canWrite={canWrite} />
          <button
            type="button"
            className="icon-button"
            aria-label={hasDetails ? words.hideDetails : words.showDetails}
            title={hasDetails ? words.hideDetails : words.showDetails}
            aria-expanded={hasDetails}
            data-active={hasDetails || undefined}
            onClick={onDetails}
          >
            <PanelRight aria-hidden="true" />
          </button>
        </div>
      </div>
      <Facts item={item} commands={commands} canWrite={canWrite} />
      <Notices conversation={item.ref} />
    </header>
  )
}

function WriterCommands({ item, commands }: { item: DeskConversation; commands: Commands }) {
  const operations = useOperations(item.account)
  const can = (operation: string): boolean => operations?.has(operation) !== false
  const isOurs = item.conversation.control.holder === 'operator'
  const isClosed = item.status.value === 'closed'
  const { running } = commands
  const takeOver = isOurs ? commands.release : commands.takeOver
  const canTakeOver = can(isOurs ? 'control.release' : 'control.takeOver')
  const close = isClosed ? commands.reopen : commands.close
  useShortcut(
    'takeOver',
    () => (canTakeOver ? void takeOver() : announce(item.ref, { text: words.failed.unsupported, hasFailed: true })),
    running === undefined,
  )
  useShortcut('close', () => void close(), running === undefined)
  useShortcut('assignToMe', () => void commands.assign('me'), running === undefined)
  useShortcut('markRead', () => void commands.markRead(), running === undefined)
  return (
    <>
      {canTakeOver && (
        <CommandButton
          label={isOurs ? words.release : words.takeOver}
          icon={isOurs ? <Bot aria-hidden="true" /> : <Headset aria-hidden="true" />}
          isRunning={running === 'takeOver' || running === 'release'}
          onClick={() => void takeOver()}
        />
      )}
      <CommandButton
        label={isClosed ? words.reopen : words.close}
        icon={isClosed ? <RotateCcw aria-hidden="true" /> : <CircleCheck aria-hidden="true" />}
        isRunning={running === 'close'}
        onClick={() => void close()}
      />
      <AssignMenu item={item} commands={commands} />
      <SnoozeMenu item={item} commands={commands} />
    </>
  )
}

function CommandButton({
  label,
  icon,
  isRunning,
  onClick,
}: {
  label: string
  icon: ReactNode
  isRunning: boolean
  onClick: () => void
}) {
  return (
    <button
      type="button"
      className="button button-small"
      // A disabled button would lose the focus.
      aria-disabled={isRunning}
      onClick={() => !isRunning && onClick()}
      title={label}
    >
      {isRunning ? <span className="spinner spinner-small" aria-hidden="true" /> : icon}
      <span className="wide always">{label}</span>
    </button>
  )
}

/** The state of the conversation. */
function Facts({ item, commands, canWrite }: { item: DeskConversation; commands: Commands; canWrite: boolean }) {
  const { status, assignee, snoozedUntil, tags } = item
  const { control } = item.conversation
  return (
    <ul className="head-facts">
      <li className="fact" data-status={status.value}>
        {strings.statuses[status.value]}
        {status.place === 'overlay' && <OnlyHere />}
      </li>
      <li className="fact" data-control={control.holder}>
        {control.holder === 'agent' && <Bot aria-hidden="true" />}
        {control.holder === 'operator' && <Headset aria-hidden="true" />}
        {strings.control[control.holder]}
        {control.until && `, ${strings.control.until(moment(control.until))}`}
        {control.basis === 'inferred' && <span className="fact-soft"> ({strings.control.inferred})</span>}
      </li>
      {assignee && (
        <li className="fact">
          {assignee.value ? <Assignee account={item.account} assignee={assignee.value} /> : words.unassigned}
          {assignee.place === 'overlay' && <OnlyHere />}
        </li>
      )}
      {snoozedUntil && (
        <li className="fact">
          {words.snoozed(moment(snoozedUntil))}
          <OnlyHere />
        </li>
      )}
      {tags.map((tag) => (
        <li key={tag} className="fact fact-tag">
          <span dir="auto" className="ellipsis">
            {tag}
          </span>
          {canWrite && (
            <button type="button" aria-label={words.removeTag(tag)} onClick={() => void commands.removeTag(tag)}>
              <X aria-hidden="true" />
            </button>
          )}
        </li>
      ))}
    </ul>
  )
}

/** Who has the conversation. */
function Assignee({ account, assignee }: { account: string; assignee: { id: string; name?: string | null } }) {
  const name = useOperatorName(account, assignee)
  return <span className="ellipsis">{name !== undefined && words.assignee(name)}</span>
}

/** What the commands have done, and what was refused. */
function Notices({ conversation }: { conversation: string }) {
  const notices = useNotices(conversation)
  return (
    <div className="head-notices" role="status">
      {notices.map((notice) => (
        <NoticeLine key={notice.id} notice={notice} onDismiss={() => dismiss(conversation, notice.id)} />
      ))}
    </div>
  )
}

function NoticeLine({ notice, onDismiss }: { notice: Notice; onDismiss: () => void }) {
  const { text, detail, hasFailed, isOnlyHere, warnings } = notice
  return (
    <div className="head-notice" data-failed={hasFailed || undefined} {...(hasFailed && { role: 'alert' })}>
      <div>
        {text}
        {isOnlyHere && (
          <>
            {' '}
            <span className="only-here" aria-hidden="true">
              ◦
            </span>{' '}
            {strings.places.overlay}
          </>
        )}
        {detail && <p className="head-detail">{detail}</p>}
        {warnings.map(({ message }) => (
          <p key={message} className="head-detail">
            {message}
          </p>
        ))}
      </div>
      <button type="button" className="icon-button" aria-label={words.dismiss} onClick={onDismiss}>
        <X aria-hidden="true" />
      </button>
    </div>
  )
}

/** How long somebody looks at a conversation before it counts as read, in milliseconds. */
const lookedAt = 1_000

/** Marks a conversation as read, once, when somebody who answers has looked at it. */
function useMarkedAsRead({ ref, unreadCount }: DeskConversation, canWrite: boolean): void {
  const isDone = useRef(false)
  const isUnread = canWrite && (unreadCount.value ?? 0) > 0
  useEffect(() => {
    if (!isUnread || isDone.current) return
    let timer: ReturnType<typeof setTimeout> | undefined
    const look = () => {
      clearTimeout(timer)
      if (document.visibilityState !== 'visible' || isDone.current) return
      timer = setTimeout(() => {
        isDone.current = true
        void markReadQuietly(ref)
      }, lookedAt)
    }
    look()
    document.addEventListener('visibilitychange', look)
    return () => {
      clearTimeout(timer)
      document.removeEventListener('visibilitychange', look)
    }
  }, [ref, isUnread])
}
