import {
  type Adapter,
  accountName,
  ConflictError,
  checkOptions,
  instantOf,
  isParleyError,
  isRecord,
  type OperationOptions,
  supports,
  type Warning,
} from '@parley/core'
import { placeOf, wrongArgument } from '../ref-parts.ts'
import { isUuid } from '../store/cursor-parts.ts'
import { inTransaction } from '../store/transaction.ts'
import { audited, summaryOf } from './audit.ts'
import type { DeskContext } from './context.ts'
import type { AuditEntry, CommandResult, DeskTarget, PersonalDesk, Send } from './desk.ts'
import type { Place } from './desk-conversation.ts'
import { currentSend, ownSend } from './finish.ts'
import { deskConversation } from './list.ts'
import { dismissSend, endSend, type OutboxRow, rowOf } from './outbox.ts'
import { changeOverlay, changeTags, mostTags, type OverlayChange } from './overlay.ts'
import { isName, type Person } from './person.ts'
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
  | 'takeOver'
  | 'release'
  | 'assign'
  | 'close'
  | 'reopen'
  | 'snooze'
  | 'tag'
  | 'markRead'
  | 'retry'
  | 'settle'
  | 'dismiss'
>

/** The commands of one person. `PersonalDesk` documents them. */
export function commandsOf(context: DeskContext, person: Person): Commands {
  const { inbox, db } = context

  /** Runs a command, with its entry in the audit. */
  async function command(
    action: string,
    target: DeskTarget,
    options: OperationOptions = {},
    work: (subject: Subject) => Promise<Place>,
    details?: AuditEntry['details'],
  ): Promise<CommandResult> {
    checkOptions(placeOf(action), options)
    const ref = conversationRef(context, target, action)
    const adapter = context.accounts.of(ref)
    const name = accountName(adapter.vendor, adapter.account)
    const account = await accountNumber(db, name)
    const place = await audited(
      context,
      { by: person, action, target: ref, account, ...(details && { details }) },
      async () => {
        await checkConversation(context, ref, account, action)
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
    const isNeverShown = traits?.statusRead?.value === 'no'
    await overlay(subject, { status: isNeverShown ? status : null, isNeverShown })
    return 'vendor'
  }

  /**
   * What a person decides about a send.
   *
   * @param state that the send must have.
   * @param work returns whether it was done.
   */
  async function decide(
    action: 'settle' | 'dismiss',
    given: unknown,
    state: Send['state'],
    work: (row: OutboxRow) => Promise<boolean>,
    details?: AuditEntry['details'],
  ): Promise<Send> {
    const send = await ownSend(context, idOfSend(action, given), action)
    const account = await accountNumber(db, send.account)
    await audited(
      context,
      { by: person, action, target: send.conversation, account, send: send.id, ...(details && { details }) },
      async () => {
        const row = await rowOf(db, send.id)
        if (!row || !(await work(row))) throw notIn(action, state)
      },
      () => 'overlay',
    )
    return currentSend(context, send.id)
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
    async assign(target, to, options) {
      const chosen = chosenIn(to, person)
      const warnings: Warning[] = []
      const result = await command(
        'assign',
        target,
        options,
        async (subject) => {
          const { ref, adapter, name } = subject
          const operatorId = chosen === null ? null : (chosen.operatorId ?? chosen.operatorIds?.[name])
          const canAssign = supports(adapter, 'conversations.assign')
          if (operatorId !== undefined && canAssign) {
            await inbox.conversations.assign(ref, operatorId, options)
            await overlay(subject, { assignee: null })
            return 'vendor'
          }
          const message = `${chosen?.id} has no operator id in ${name}, so only this store knows the assignee.`
          const { vendor, account } = adapter
          if (canAssign) warnings.push({ code: 'degraded', message, vendor, account, operation: 'assign' })
          await overlay(subject, { assignee: chosen === null ? { id: '' } : summaryOf(chosen) })
          return 'overlay'
        },
        { to: chosen?.id ?? null },
      )
      return { ...result, warnings }
    },
    close: (target, options) => command('close', target, options, (subject) => setStatus(subject, 'closed')),
    reopen: (target, options) => command('reopen', target, options, (subject) => setStatus(subject, 'open')),
    async snooze(target, until) {
      const instant = until === null ? null : instantOf(until)
      if (instant === undefined || (instant !== null && instant <= context.clock.now()))
        throw wrongArgument('snooze', 'until', 'must be null, or an instant in ISO 8601 that is in the future')
      const snoozedUntil = instant === null ? null : new Date(instant).toISOString()
      const work = async (subject: Subject): Promise<Place> => {
        await overlay(subject, { snoozedUntil })
        return 'overlay'
      }
      return command('snooze', target, {}, work, { until: snoozedUntil })
    },
    async tag(target, change) {
      const { add, remove } = { add: tagsIn(change, 'add'), remove: tagsIn(change, 'remove') }
      const work = async ({ ref, account }: Subject): Promise<Place> => {
        const tags = await inTransaction(db, (tx) => changeTags(tx, account, ref, { add, remove }))
        if (!tags) throw wrongArgument('tag', 'add', `must leave the conversation with at most ${mostTags} tags`)
        return 'overlay'
      }
      return command('tag', target, {}, work, { add, remove })
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
      const error = { code: 'not-sent', message: `${person.name ?? person.id} found that it was not sent.` }
      const end = { state: outcome, ...(outcome === 'failed' && { error }) }
      return decide('settle', given, 'unknown', (row) => endSend(db, row, undefined, end), { outcome })
    },
    dismiss: (given) => decide('dismiss', given, 'failed', (row) => dismissSend(db, row)),
  }
}

const notIn = (operation: string, state: Send['state']): ConflictError =>
  new ConflictError({
    operation,
    message: `${operation}: the state of the send must be "${state}"${state === 'failed' ? ', and nobody may have retried or dismissed it' : ''}.`,
    outcome: 'not-done',
  })

/** @throws InvalidRequestError */
export function idOfSend(operation: string, given: unknown): string {
  const id = typeof given === 'object' && given !== null ? (given as { id?: unknown }).id : given
  if (isUuid(id)) return id
  throw wrongArgument(operation, 'send', 'must be the id of a send, or a send')
}

/** Who gets the conversation: somebody with an operator id in accounts, an operator of the vendor, or `null`. */
function chosenIn(
  to: Parameters<PersonalDesk['assign']>[1],
  person: Person,
): (Person & { operatorId?: string }) | null {
  if (to === null) return null
  if (to === 'me') return person
  const { operatorId, name, person: other } = Object(to) as Record<string, unknown>
  if (isName(operatorId)) return { id: operatorId, operatorId, ...(isName(name) && { name }) }
  if (!isRecord(other) || !isName(other['id']))
    throw wrongArgument('assign', 'to', 'must be "me", null, { operatorId } or { person: { id } }')
  const { operatorIds } = other
  if (operatorIds !== undefined && !(isRecord(operatorIds) && Object.values(operatorIds).every((id) => isName(id))))
    throw wrongArgument('assign', 'to.person.operatorIds', 'must have an operator id for each account')
  return {
    ...{ id: other['id'], ...(isName(other['name']) && { name: other['name'] }) },
    ...(operatorIds !== undefined && { operatorIds: operatorIds as Record<string, string> }),
  }
}

/** @throws InvalidRequestError */
function tagsIn(change: Parameters<PersonalDesk['tag']>[1], name: 'add' | 'remove'): readonly string[] {
  if (!isRecord(change)) throw wrongArgument('tag', 'change', 'must be an object with "add" or "remove"')
  const given: unknown = change[name] ?? []
  if (Array.isArray(given) && given.length <= mostTags && given.every((tag) => isName(tag, 100)))
    return given.map((tag: string) => tag.trim())
  throw wrongArgument('tag', name, `must be a list of at most ${mostTags} tags, each of 1 to 100 characters`)
}
