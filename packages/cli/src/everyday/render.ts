import type { Answer, Conversation, Message } from '@parley/core'
import { color } from '../color.ts'
import { contactOf, facts, lastMessageOf, lines, messageLines, rowsWithIds } from '../rows.ts'
import { cut, day, oneLine, wrap } from '../text.ts'

// What the commands print for people that ask the vendors themselves.

const nameOf = ({ name, id }: { id?: string | null | undefined; name?: string | null | undefined }): string =>
  oneLine(name ?? id ?? '')

const controlOf = ({ control: { holder } }: Conversation): string => (holder === 'unknown' ? '' : holder)

export const conversationRows = (items: readonly Conversation[], width: number): string =>
  items.length === 0
    ? 'No conversation was found.\n'
    : rowsWithIds(
        ['last activity', 'status', 'channel', 'in control', 'unread', 'contact', 'assignee', 'last message'],
        items.map((item) => ({
          cells: [
            day(item.lastActivityAt ?? null),
            item.status.value,
            item.channel?.value ?? '',
            controlOf(item),
            item.unreadCount ? String(item.unreadCount) : '',
            cut(contactOf(item), 20),
            item.assignee ? cut(nameOf(item.assignee), 20) : '',
            lastMessageOf(item),
          ],
          below: [color.dim(item.ref)],
        })),
        { lessImportant: ['channel', 'assignee', 'unread', 'in control', 'contact'], width },
      )

export const conversationText = (item: Conversation, width: number): string =>
  lines([
    color.bold(cut(contactOf(item), width)),
    color.dim(item.ref),
    ...facts(
      [
        ['title', item.title ?? undefined],
        ['status', item.status.value],
        ['channel', item.channel?.value],
        ['in control', item.control.holder],
        ['assignee', item.assignee ? nameOf(item.assignee) : undefined],
        ['agent', item.agentId ?? undefined],
        ['unread', item.unreadCount === undefined ? undefined : String(item.unreadCount)],
        ['starred', item.isStarred ? 'yes' : undefined],
        ['labels', item.labels?.join(', ')],
        ['state', item.state ? nameOf(item.state) : undefined],
        ['contact', item.contact?.id ?? undefined],
        ['email', item.contact?.email ?? undefined],
        ['phone', item.contact?.phone ?? undefined],
        ['created', item.createdAt ? day(item.createdAt) : undefined],
        ['last activity', item.lastActivityAt ? day(item.lastActivityAt) : undefined],
        ['summary', item.summary ?? undefined],
        ...(item.control.inputRequests ?? []).map(
          ({ text, id }) => ['waits for', text ?? id] satisfies [string, string],
        ),
      ],
      width,
    ),
  ])

/** @param items newest first, or oldest first. People read the newest last. */
export function messagesText(items: readonly Message[], width: number, isOldestFirst: boolean): string {
  if (items.length === 0) return 'There is no message.\n'
  const shown = isOldestFirst ? items : items.toReversed()
  const newest = shown.at(-1)
  return lines([...shown.flatMap((message) => messageLines(message, width)), '', color.dim(`--expect ${newest?.ref}`)])
}

/** What follows the text of an answer: its sources, and what became of the question. */
export function answerText({ outcome, sources, inputRequests = [], conversationRef }: Answer, width: number): string {
  const meaning = { answered: '', ...meanings }[outcome]
  return lines([
    ...sources.map(({ kind, title, url }) => {
      const where = [title, url].flatMap((text) => (text ? [oneLine(text)] : [])).join(' ')
      return color.dim(cut(`  from ${kind.value}: ${where}`, width))
    }),
    ...(meaning ? wrap(meaning, width).map(color.yellow) : []),
    ...inputRequests.flatMap(({ text, id }) => wrap(`It waits for: ${text ?? id}`, width)),
    ...(conversationRef ? [color.dim(conversationRef)] : []),
  ])
}

const meanings: Record<Exclude<Answer['outcome'], 'answered'>, string> = {
  pending: 'The question is stored. There is no answer yet: see "parley messages" later.',
  unanswered: 'The question is stored. The agent does not answer it.',
  'needs-input': 'The agent cannot go on without a person.',
  failed: 'The agent failed.',
  unknown: 'The question may or may not have arrived. Do not ask again before you know.',
}

/** Breaks a text into lines of this width while it arrives. */
export function lineBreaker(width: number): { push(piece: string): string; end(): string } {
  let line = ''
  return {
    push(piece) {
      const parts = (line + piece).split('\n')
      line = parts.pop() ?? ''
      const rows = wrapKept(line, width)
      // The last word may go on.
      line = rows.pop() ?? ''
      return [...parts.flatMap((part) => wrap(part, width)), ...rows].map((row) => `${row}\n`).join('')
    },
    end() {
      return line === '' ? '' : `${oneLine(line)}\n`
    },
  }
}

/** Like `wrap`, but a space at the end stays, because a word that follows is another one. */
const wrapKept = (line: string, width: number): string[] => {
  const rows = wrap(line, width)
  return /\s$/.test(line) ? rows.with(-1, `${rows.at(-1)} `) : rows
}
