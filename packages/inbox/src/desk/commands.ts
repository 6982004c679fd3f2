import {
  type Adapter,
  accountName,
  ConflictError,
  type Conversation,
  checkOptions,
  instantOf,
  isParleyError,
  isRecord,
  type OperationOptions,
  supports,
  type Target,
} from '@parley/core'
import { placeOf, wrongArgument } from '../ref-parts.ts'
import { isUuid } from '../store/cursor-parts.ts'
import { inTransaction } from '../store/transaction.ts'
import { audited, summaryOf } from './audit.ts'
import { type DeskContext, isName } from './context.ts'
import type { CommandResult, Person, PersonalDesk, PersonSummary, Place, Send } from './desk.ts'
import { currentSend } from './finish.ts'
import { deskConversation } from './list.ts'
import { endSend, rowOf } from './outbox.ts'
import { changeOverlay, changeTags, mostTags, type OverlayChange } from './overlay.ts'
import { accountNumber, checkConversation, conversationRef, retrySend } from './sending.ts'

/** The conversation that a command is about. */
interface Subject {
  ref: string
  adapter: Adapter
  /** The name of the account. */
  name: string
  /** Its number in the store. */
  account: number
  options: OperationOptions
}

type Commands = Pick<
  PersonalDesk,
  'takeOver' | 'release' | 'assign' | 'close' | 'reopen' | 'snooze' | 'tag' | 'markRead' | 'retry' | 'settle'
>

/** The commands of one person. `PersonalDesk` documents them. */
export function commandsOf(context: DeskContext, person: Person): Commands {
  const { inbox, db } = context

  /** Runs a command, with its entry in the audit. */
  async function command(
    action: string,
    target: Target<Conversation>,
    options: OperationOptions = {},
    work: (subject: Subject) => Promise<Place>,
  ): Promise<CommandResult> {
    checkOptions(placeOf(action), options)
    const ref = conversationRef(context, target, action)
    const adapter = context.accounts.of(ref)
    const name = accountName(adapter.vendor, adapter.account)
    const account = await accountNumber(db, name)
    const place = await audited(
      context,
      { by: person, action, target: ref, account },
      async () => {
        await checkConversation(context, ref, action)
        return work({ ref, adapter, name, account, options })
      },
      (done) => done,
    )
    return { place, conversation: await deskConversation(context, ref), warnings: [] }
  }

  const overlay = ({ ref, account }: Subject, change: OverlayChange): Promise<void> =>
    inTransaction(db, (tx) => changeOverlay(tx, account, ref, change))

  /** Does it at the vendor. `undefined`: the vendor cannot, and nothing was sent. */
  async function atVendor<T>(work: () => Promise<T>): Promise<T | undefined> {
    try {
      return await work()
    } catch (error) {
      if (isParleyError(error) && error.code === 'unsupported') return undefined
      throw error
    }
  }

  /** Sets the status. What the vendor keeps but never shows is kept in the overlay as well. */
  async function setStatus(subject: Subject, status: 'open' | 'closed'): Promise<Place> {
    const { ref, adapter, name, options } = subject
    const operatorId = person.operatorIds?.[name]
    const isClosing = status === 'closed' && supports(adapter, 'conversations.close')
    const done = await atVendor(() =>
      isClosing
        ? inbox.conversations.close(ref, { ...options, ...(operatorId !== undefined && { operatorId }) })
        : inbox.conversations.update(ref, { status }, options),
    )
    if (!done) {
      await overlay(subject, { status })
      return 'overlay'
    }
    const traits = await adapter.traits?.()
    await overlay(subject, { status: traits?.statusRead?.value === 'no' ? status : null })
    return 'vendor'
  }

  return {
    takeOver: (target, options) =>
      command('takeOver', target, options, async ({ ref }) => {
        await inbox.control.takeOver(ref, options)
        return 'vendor'
      }),
    release: (target, options) =>
      command('release', target, options, async ({ ref }) => {
        await inbox.control.release(ref, options)
        return 'vendor'
      }),
    assign: (target, to, options) =>
      command('assign', target, options, async (subject) => {
        const { ref, adapter, name } = subject
        const { operatorId, assignee } = assigneeOf(to, person, name)
        if (operatorId !== undefined && supports(adapter, 'conversations.assign')) {
          await inbox.conversations.assign(ref, operatorId, options)
          await overlay(subject, { assignee: null })
          return 'vendor'
        }
        await overlay(subject, { assignee })
        return 'overlay'
      }),
    close: (target, options) => command('close', target, options, (subject) => setStatus(subject, 'closed')),
    reopen: (target, options) => command('reopen', target, options, (subject) => setStatus(subject, 'open')),
    async snooze(target, until) {
      const instant = until === null ? null : instantOf(until)
      if (instant === undefined || (instant !== null && instant <= context.clock.now()))
        throw wrongArgument('snooze', 'until', 'must be null, or an instant in ISO 8601 that is in the future')
      const snoozedUntil = instant === null ? null : new Date(instant).toISOString()
      return command('snooze', target, {}, async (subject) => {
        await overlay(subject, { snoozedUntil })
        return 'overlay'
      })
    },
    async tag(target, change) {
      const { add, remove } = { add: tagsIn(change, 'add'), remove: tagsIn(change, 'remove') }
      return command('tag', target, {}, async ({ ref, account }) => {
        const tags = await inTransaction(db, (tx) => changeTags(tx, account, ref, { add, remove }))
        if (!tags) throw wrongArgument('tag', 'add', `must leave the conversation with at most ${mostTags} tags`)
        return 'overlay'
      })
    },
    markRead: (target, options) =>
      command('markRead', target, options, async (subject) => {
        const isDone = await atVendor(() => inbox.conversations.update(subject.ref, { unread: false }, options))
        if (isDone) return 'vendor'
        await overlay(subject, { isRead: true })
        return 'overlay'
      }),
    retry: async (given, guard, options) => retrySend(context, person, idOfSend('retry', given), guard, options),
    async settle(given, outcome) {
      if (outcome !== 'sent' && outcome !== 'failed')
        throw wrongArgument('settle', 'outcome', 'must be "sent" or "failed"')
      const send = await currentSend(context, idOfSend('settle', given))
      const account = await accountNumber(db, send.account)
      await audited(
        context,
        { by: person, action: 'settle', target: send.conversation, account },
        async () => {
          const row = await rowOf(db, send.id)
          const error = { code: 'conflict', message: `${person.name ?? person.id} found that it was not sent.` }
          const isDone =
            row && (await endSend(db, row, undefined, { state: outcome, ...(outcome === 'failed' && { error }) }))
          if (!isDone) throw notIn('settle', 'unknown')
        },
        () => 'overlay',
      )
      return currentSend(context, send.id)
    },
  }
}

const notIn = (operation: string, state: Send['state']): ConflictError =>
  new ConflictError({
    operation,
    message: `${operation}: the state of the send must be "${state}".`,
    outcome: 'not-done',
  })

/** @throws InvalidRequestError */
export function idOfSend(operation: string, given: unknown): string {
  const id = typeof given === 'object' && given !== null ? (given as { id?: unknown }).id : given
  if (isUuid(id)) return id
  throw wrongArgument(operation, 'send', 'must be the id of a send, or a send')
}

/** Who gets the conversation: the vendor's id where it has one, and what the overlay has otherwise. */
function assigneeOf(
  to: Parameters<PersonalDesk['assign']>[1],
  person: Person,
  account: string,
): { operatorId: string | null | undefined; assignee: PersonSummary } {
  if (to === null) return { operatorId: null, assignee: { id: '' } }
  if (to === 'me') return { operatorId: person.operatorIds?.[account], assignee: summaryOf(person) }
  const given: unknown = to
  const isNamed = (value: unknown): value is PersonSummary =>
    typeof value === 'object' && value !== null && isName((value as { id?: unknown }).id)
  const { operatorId, name, person: other } = Object(given) as Record<string, unknown>
  if (isName(operatorId)) return { operatorId, assignee: { id: operatorId, ...(isName(name) && { name }) } }
  if (isNamed(other))
    return { operatorId: undefined, assignee: { id: other.id, ...(isName(other.name) && { name: other.name }) } }
  throw wrongArgument('assign', 'to', 'must be "me", null, { operatorId } or { person: { id } }')
}

/** @throws InvalidRequestError */
function tagsIn(change: Parameters<PersonalDesk['tag']>[1], name: 'add' | 'remove'): readonly string[] {
  if (!isRecord(change)) throw wrongArgument('tag', 'change', 'must be an object with "add" or "remove"')
  const given: unknown = change[name] ?? []
  if (Array.isArray(given) && given.length <= mostTags && given.every((tag) => isName(tag, 100))) return given
  throw wrongArgument('tag', name, `must be a list of at most ${mostTags} tags, each of 1 to 100 characters`)
}
