import { isParleyError, type Message, type Page, type Paged } from '@parley/core'
import type { AccountState, CommandResult, ConversationMoved, PersonalDesk, Send } from '@parley/inbox'
import { CommandError, type Run } from '../command.ts'
import { noteWarnings, pageSizeFor, printList } from '../everyday/print.ts'
import { printPlan } from '../everyday/write.ts'
import type { ExitCode } from '../exit-codes.ts'
import { stopSignal } from '../terminal.ts'
import { asJson, forPeople } from '../text.ts'
import { type DeskCommandOptions, type OpenedDesk, withDesk } from './open-desk.ts'
import { movedText, resultText, type Shown, sendText } from './render.ts'

export interface WriteOptions extends DeskCommandOptions {
  dryRun?: boolean
}

/** What a command changes: a conversation (its ref) or a send (its id). */
export interface Change {
  /** The name of the command. */
  action: string
  target: string
  input?: object
}

/**
 * Runs a command of the person who acts, and prints what became of it. With `--dry-run`, it prints what the command would do.
 *
 * @param whyHere why only this store has a change that is not at the vendor, if no warning says it.
 */
export async function act(
  run: Run,
  options: WriteOptions,
  change: Change,
  work: (desk: PersonalDesk, signal: AbortSignal, opened: OpenedDesk) => Promise<Send | CommandResult>,
  whyHere = 'the vendor has no such command.',
): Promise<void> {
  const { terminal } = run
  if (options.dryRun) return printChange(run, options, change)
  const { conversationMoved } = await import('@parley/inbox')
  using stop = stopSignal(terminal)
  const { signal } = stop
  const done = await withDesk(options, terminal, { isStored: false }, async (opened) => {
    const desk = opened.mine()
    try {
      signal.throwIfAborted()
      return await work(desk, signal, opened)
    } catch (error) {
      const moved = conversationMoved(error)
      if (!moved) throw inOwnWords(error, signal)
      terminal.note('There is something newer than --expect. Nothing was sent.\n')
      return moved
    }
  })
  // Nobody may read the result.
  run.exitCode = exitCodeOf(done)
  if ('warnings' in done) noteWarnings(done.warnings, terminal)
  await terminal.print(options.json ? asJson('newer' in done ? { conflict: done } : done) : forPeople(textOf(done)))

  function textOf(done: Send | CommandResult | ConversationMoved): string {
    if ('newer' in done) return movedText(done, terminal.width)
    return 'state' in done ? sendText(done, terminal.width) : resultText(done, whyHere, terminal.width)
  }
}

/** Prints what a command would do. Nothing is asked of a vendor. A mistake in the target or about who acts shows all the same. */
const printChange = (run: Run, options: WriteOptions, { action, target, input = {} }: Change): Promise<void> =>
  withDesk(options, run.terminal, { isStored: true }, async ({ desk, mine }) => {
    const { id } = mine().person
    const isSend = !target.includes('/')
    const found = isSend ? (await desk.send(target)).conversation : (await desk.conversation(target)).ref
    const sentences = [
      `It does "${action}" in the name of ${id}, with ${isSend ? `the send ${target} of ` : ''}the conversation ${found}.`,
    ]
    await printPlan(run, options, { action, sentences, input: { target, person: id, ...input } })
  })

function exitCodeOf(done: Send | CommandResult | ConversationMoved): ExitCode {
  if ('newer' in done) return 3
  if (!('state' in done) || done.state === 'sent') return 0
  return done.state === 'failed' ? 1 : 4
}

function inOwnWords(error: unknown, signal: AbortSignal): unknown {
  if (!isParleyError(error))
    return signal.aborted ? new CommandError('It was stopped. See "parley inbox audit".', 130) : error
  if (error.fields?.some(({ path }) => path === 'person.operatorIds'))
    return new CommandError(`${error.message} Add it to "people" in the configuration.`, 2)
  if (error.outcome === 'unknown') return new CommandError(`${error.message} It may have been done.`, 4)
  return error.code === 'conflict' ? new CommandError(error.message, 3) : error
}

/** Ends what earlier runs left behind. It takes at most about a minute and a half, if a vendor does not answer. */
export const endOthers = async ({ desk }: OpenedDesk, signal: AbortSignal): Promise<void> => {
  await desk.runOnce({ signal: AbortSignal.any([signal, AbortSignal.timeout(30_000)]) })
  signal.throwIfAborted()
}

export interface ListOptions extends DeskCommandOptions {
  limit: number
}

/** Prints the items of a list of the desk. */
export const printDeskList = <Item>(
  run: Run,
  options: ListOptions,
  list: (opened: OpenedDesk, limit: number) => Paged<Item, Page<Item> & { accounts?: AccountState[] }>,
  show: (items: readonly Item[], width: number) => string,
): Promise<void> =>
  withDesk(options, run.terminal, { isStored: true }, (opened) =>
    printList(run, options, list(opened, pageSizeFor(options.limit)), show),
  )

/** Prints a conversation with its newest messages. */
export async function printConversation(
  { terminal }: Run,
  options: ListOptions,
  ref: string,
  show: (shown: Shown, width: number) => string,
): Promise<void> {
  const { createInbox } = await import('@parley/inbox')
  const shown = await withDesk(
    options,
    terminal,
    { isStored: false },
    async ({ desk, store, accounts }): Promise<Shown> => {
      const conversation = await desk.conversation(ref)
      const { list: messagesOf } = createInbox({ store, accounts }).messages
      const messages: Message[] = []
      let isMore = false
      for await (const page of messagesOf(ref, { limit: Math.min(options.limit, 100) }).pages()) {
        noteWarnings(page.warnings, terminal)
        messages.push(...page.items)
        isMore = messages.length > options.limit || page.next !== null
        if (messages.length >= options.limit) break
      }
      messages.length = Math.min(messages.length, options.limit)
      const sends: Send[] = []
      for await (const page of desk.sends({ conversation: ref, limit: 100 }).pages())
        sends.push(...page.items.filter((send) => isShown(send, messages, isMore)))
      const [newest] = messages
      const going = sends.find(({ state }) => /^(?:recorded|claimed|unknown)$/.test(state))
      const isLast = going && (!newest || (newest.createdAt != null && going.recordedAt > newest.createdAt))
      return { conversation, messages, isMore, sends, newest: (isLast ? going.id : newest?.ref) ?? null }
    },
  )
  await terminal.print(options.json ? asJson(shown) : forPeople(show(shown, terminal.width)))
}

/** Whether a send is shown beside the messages, newest first, because none of them shows it. */
function isShown(
  { state, message, shownBy, retriedBy, dismissedAt, recordedAt }: Send,
  messages: Message[],
  isMore: boolean,
) {
  // A message that most likely is the send is not shown twice.
  if (retriedBy !== null || dismissedAt !== null || messages.some(({ ref }) => ref === shownBy)) return false
  if (state !== 'sent') return true
  const oldest = messages.at(-1)?.createdAt ?? ''
  return message === null && shownBy === null && !(isMore && recordedAt < oldest)
}
