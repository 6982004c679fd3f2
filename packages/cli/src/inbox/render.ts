import type { Message } from '@parley/core'
import type {
  AuditEntry,
  CommandResult,
  ConversationMoved,
  DeskConversation,
  Placed,
  Send,
  SendState,
} from '@parley/inbox'
import { color } from '../color.ts'
import { contactOf, lastMessageOf, lines, messageLines, paragraphs, rowsWithIds } from '../rows.ts'
import { cut, day, oneLine, wrap } from '../text.ts'

// What the commands of the inbox print for people. The refs and ids that another command takes are never cut.

/** What only this store has never passes for the vendor's. */
const placed = <T>({ value, place }: Placed<T>, show: (value: T) => string): string =>
  place === 'overlay' ? `${show(value)} (here)` : show(value)

const assigneeOf = ({ assignee }: DeskConversation): string =>
  assignee ? placed(assignee, (value) => (value ? oneLine(value.name ?? value.id) : 'nobody')) : ''

const unreadOf = ({ unreadCount }: DeskConversation): string => (unreadCount.value ? placed(unreadCount, String) : '')

/** What waits for a person, or is still going on. */
const openOf = ({ openSends }: DeskConversation): string =>
  openSends === 0 ? '' : `${openSends} ${openSends === 1 ? 'send' : 'sends'}`

export function conversationRows(items: readonly DeskConversation[], width: number): string {
  if (items.length === 0) return 'No conversation was found.\n'
  return rowsWithIds(
    ['last activity', 'status', 'unread', 'contact', 'assignee', 'snoozed until', 'tags', 'waits', 'last message'],
    items.map((item) => ({
      cells: [
        day(item.conversation.lastActivityAt ?? null),
        placed(item.status, String),
        unreadOf(item),
        cut(contactOf(item.conversation), 20),
        cut(assigneeOf(item), 20),
        item.snoozedUntil === null ? '' : day(item.snoozedUntil),
        cut(oneLine(item.tags.join(', ')), 20),
        openOf(item),
        lastMessageOf(item.conversation),
      ],
      below: [color.dim(item.ref)],
    })),
    { lessImportant: ['tags', 'snoozed until', 'assignee', 'waits', 'unread', 'contact'], width },
  )
}

const stateColor: Record<SendState, (text: string) => string> = {
  recorded: color.cyan,
  claimed: color.cyan,
  sent: color.green,
  failed: color.red,
  unknown: color.yellow,
}

const nameOf = ({ name, id }: { id: string; name?: string }): string => oneLine(name ?? id)

const meanings: Record<SendState, string> = {
  recorded: 'not sent yet',
  claimed: 'is being sent',
  sent: 'the vendor does not show it',
  failed: 'not sent',
  unknown: 'may have been sent',
}

/** A send among messages. It never passes for a message of the vendor. */
const sendLines = (send: Send, width: number): string[] => [
  `${day(send.recordedAt)}  ${stateColor[send.state](whatOf(send))} of ${nameOf(send.by)}  ${color.dim(send.id)}`,
  ...paragraphs(send.text, width - 4).map((line) => `    ${line}`),
  ...(send.error ? wrap(send.error.message, width - 4).map((line) => `    ${color.yellow(line)}`) : []),
]

const whatOf = ({ kind, place, state }: Send): string =>
  place === 'overlay' ? `${kind} (here)` : `${state} ${kind} (${meanings[state]})`

export interface Shown {
  conversation: DeskConversation
  /** Newest first. */
  messages: Message[]
  /** Whether older messages follow. */
  isMore: boolean
  /** The sends that have not ended, that a person has to look at, and that no message shows (notes of the store), newest first. */
  sends: Send[]
  /** What `--expect` takes: the newest thing that is shown. */
  newest: string | null
}

export function conversationText({ conversation, messages, isMore, sends, newest }: Shown, width: number): string {
  return lines([
    ...headLines(conversation, width),
    '',
    ...(isMore ? [color.dim('There are older messages: see --limit.'), ''] : []),
    ...inTime(messages, sends).flatMap((item) =>
      'recordedAt' in item ? sendLines(item, width) : messageLines(item, width),
    ),
    '',
    color.dim(`--expect ${newest ?? 'none'}`),
  ])
}

/** Oldest first. A send is before the messages that are certainly newer: not every vendor gives its messages a time. */
function inTime(messages: readonly Message[], sends: readonly Send[]): (Message | Send)[] {
  const left = sends.toReversed()
  const before = ({ createdAt }: Message): Send[] => {
    const next = left.findIndex(({ recordedAt }) => createdAt == null || recordedAt >= createdAt)
    return left.splice(0, next < 0 ? left.length : next)
  }
  return [...messages.toReversed().flatMap((message) => [...before(message), message]), ...left]
}

function headLines(item: DeskConversation, width: number): string[] {
  const { conversation, tags, snoozedUntil } = item
  const control = conversation.control.holder
  const facts = [
    placed(item.status, (status) => `status ${status}`),
    control === 'unknown' ? '' : `${control} in control`,
    item.assignee ? `assigned to ${assigneeOf(item)}` : '',
    unreadOf(item) && `unread ${unreadOf(item)}`,
    snoozedUntil === null ? '' : `snoozed until ${day(snoozedUntil)}`,
    tags.length === 0 ? '' : `tags ${tags.join(', ')}`,
    conversation.channel ? conversation.channel.value : '',
    openOf(item) && `${openOf(item)} not ended`,
  ]
  return [
    color.bold(cut(contactOf(item.conversation), width)),
    color.dim(item.ref),
    ...wrap(facts.filter(Boolean).join(' · '), width),
  ]
}

export const sendRows = (sends: readonly Send[], width: number): string =>
  sends.length === 0
    ? 'There is no send.\n'
    : rowsWithIds(
        ['recorded', 'state', 'kind', 'by', 'text'],
        sends.map((send) => ({
          cells: [
            day(send.recordedAt),
            stateColor[send.state](send.state),
            send.place === 'overlay' ? `${send.kind} (here)` : send.kind,
            cut(nameOf(send.by), 20),
            oneLine(send.text) || '(no text)',
          ],
          below: [
            color.dim(send.id),
            color.dim(send.conversation),
            ...(send.error ? wrap(send.error.message, width - 2).map(color.yellow) : []),
          ],
        })),
        { lessImportant: ['kind', 'by'], width },
      )

/** The actions of the audit whose commands have another name. */
const commandNames: ReadonlyMap<string, string> = new Map([
  ['takeOver', 'take-over'],
  ['markRead', 'mark-read'],
])

/** The action of a command in the audit. */
export const actionOf = (name: string): string => [...commandNames].find(([, command]) => command === name)?.[0] ?? name

/** `to ada`, `add vip, new`. Of instants, the time in the zone of the machine. */
const detailsText = (details: NonNullable<AuditEntry['details']>): string =>
  Object.entries(details)
    .filter(([, value]) => !Array.isArray(value) || value.length > 0)
    .map(([name, value]) => {
      const instant = typeof value === 'string' && /^\d{4}-.*Z$/.test(value)
      return `${name} ${instant ? day(value) : value === null ? 'none' : [value].flat().join(', ')}`
    })
    .join(' · ')

export const auditRows = (entries: readonly AuditEntry[], width: number): string =>
  entries.length === 0
    ? 'There is no entry.\n'
    : rowsWithIds(
        ['at', 'action', 'outcome', 'by'],
        entries.map(({ at, action, outcome, code, by, target, send, details }) => ({
          cells: [
            day(at),
            oneLine(commandNames.get(action) ?? action),
            code === undefined ? outcome : `${outcome} (${code})`,
            cut(nameOf(by), 24),
          ],
          below: [
            color.dim(oneLine(target)),
            ...(details ? wrap(detailsText(details), width - 2).map(color.dim) : []),
            ...(send === undefined ? [] : [color.dim(`send ${send}`)]),
          ],
        })),
        { lessImportant: [], width },
      )

/** What became of a reply or a note, and what a person can do about it. */
export function sendText(send: Send, width: number): string {
  const { state, kind, place, id, error, dismissedAt } = send
  const what = place === 'overlay' ? `The ${kind} is kept here: the vendor has none.` : `The ${kind} is ${state}.`
  const next: Record<SendState, string[]> = {
    sent: [],
    recorded: ['It is sent by the next run.'],
    claimed: ['It is being sent. The next run says how it ended.'],
    failed: [
      'It was certainly not sent.',
      ...(dismissedAt === null
        ? [`To send it again: parley inbox retry ${id}`, `To put it away: parley inbox dismiss ${id}`]
        : ['Somebody has put it away.']),
    ],
    unknown: [
      'It may have been sent. It is never sent again by itself; the next runs look for it.',
      `After you have looked at the conversation: parley inbox settle ${id} sent (or failed)`,
    ],
  }
  return lines([
    `${stateColor[state](what)}  ${color.dim(send.message ?? id)}`,
    ...(error ? wrap(error.message, width).map(color.yellow) : []),
    ...next[state],
  ])
}

/** @param whyHere why only this store has it, if it does, and no warning says why. */
export const resultText = ({ place, conversation, warnings }: CommandResult, whyHere: string, width: number): string =>
  lines([
    place === 'vendor' ? 'Done at the vendor.' : `Done here only${warnings.length > 0 ? '.' : `: ${whyHere}`}`,
    ...headLines(conversation, width),
  ])

/** What a person had not seen when they replied. */
export const movedText = ({ newer, sends }: ConversationMoved, width: number): string =>
  lines([
    ...newer.flatMap((message) => messageLines(message, width)),
    ...sends.flatMap((send) => sendLines(send, width)),
    '',
    color.dim(`--expect ${sends.at(-1)?.id ?? newer.at(-1)?.ref ?? 'none'}`),
  ])
