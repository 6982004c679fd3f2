import type { Conversation, Message } from '@parley/core'
import { color } from './color.ts'
import { cut, day, oneLine, table, wrap } from './text.ts'

// What tables and messages look like for people. The refs and ids that another command takes are never cut.

export const lines = (texts: readonly string[]): string => texts.map((text) => `${text}\n`).join('')

/** A table, each row with what identifies it on a line below. */
export function rowsWithIds(
  titles: readonly string[],
  rows: readonly { cells: string[]; below: string[] }[],
  { lessImportant, width }: { lessImportant: readonly string[]; width: number },
): string {
  const cells = rows.map((row) => row.cells)
  const [head = '', ...shown] = table(titles, cells, { lessImportant, width, cuttable: 24 })
  return lines([
    color.dim(cut(head, width)),
    ...shown.flatMap((line, index) => [cut(line, width), ...(rows[index]?.below ?? []).map((text) => `  ${text}`)]),
  ])
}

/** The paragraphs of a text, each line at most so wide. */
export const paragraphs = (text: string, width: number): string[] =>
  text.split('\n').flatMap((line) => wrap(line, Math.max(20, width)))

export function messageLines(message: Message, width: number): string[] {
  const { author, type, attachments = [], createdAt } = message
  const who = [author.kind, author.name && oneLine(author.name), type.value === 'text' ? '' : `(${type.value})`]
  const files = attachments.map(({ fileName }) => color.dim(`[file: ${oneLine(fileName ?? '') || 'without a name'}]`))
  const text = message.text ? paragraphs(message.text, width - 4) : files.length > 0 ? [] : ['(no text)']
  return [
    color.dim(cut(`${day(createdAt ?? null)}  ${who.filter(Boolean).join(' ')}`, width)),
    ...[...text, ...files.map((file) => cut(file, width - 4))].map((line) => `    ${line}`),
  ]
}

/** Whose conversation it is, as far as the vendor says. */
export const contactOf = ({ contact, title }: Conversation): string =>
  oneLine(contact?.name ?? contact?.email ?? contact?.phone ?? title ?? contact?.id ?? '-')

export function lastMessageOf({ lastMessage }: Conversation): string {
  if (!lastMessage) return '-'
  const text = oneLine(lastMessage.text ?? '') || '(no text)'
  return lastMessage.author ? `${lastMessage.author}: ${text}` : text
}

/** A result as names and values, without those that have none. A value goes on under itself. */
export function facts(rows: readonly (readonly [name: string, value: string | undefined])[], width: number): string[] {
  const given = rows.flatMap(([name, value]) => (value ? [{ name, value }] : []))
  const space = Math.max(0, ...given.map(({ name }) => name.length)) + 2
  return given.flatMap(({ name, value }) =>
    paragraphs(value, width - space).map(
      (line, index) => `${color.dim((index === 0 ? name : '').padEnd(space))}${line}`,
    ),
  )
}
