import { type Message, parseRef } from '@parley/core'
import type { Desk, Send } from '../../../packages/inbox/src/desk/desk.ts'
import type { Problem } from '../../sync/simulation/compare.ts'
import type { Database } from '../../sync/simulation/database.ts'
import type { Happenings } from '../../sync/simulation/happenings.ts'
import type { VendorAccount } from '../../sync/simulation/vendors.ts'
import type { Arrivals } from './arrivals.ts'
import type { Call } from './people.ts'

interface Row {
  id: string
  no: string
  kind: Send['kind']
  place: Send['place']
  state: Send['state']
  conversation: string
  text: string
  /** Missing: without a guard. */
  expected?: string | null
  key: string | null
  message: string | null
  attempt: object | null
  retry_of: string | null
  /** The newest outcome in the audit. */
  noted: string | null
}

/** What happened, as nobody in it saw it. */
export interface Evidence {
  database: Database
  account: VendorAccount
  arrivals: Arrivals
  happenings: Happenings
}

async function rowsIn(database: Database, account: Pick<VendorAccount, 'name'>): Promise<Row[]> {
  const rows = await database.rows<Row & { input: { text: string; expectLastMessage?: string | null } }>(
    `select id, no, kind, place, state, conversation, input, key, message, attempt, retry_of,
      (select outcome from parley.audit where audit.send = outbox.id
        and not (action = 'settle' or (action = 'retry' and outcome = 'refused')) order by audit.no desc limit 1) as noted
      from parley.outbox where conversation like $1 order by no`,
    [`${account.name}/%`],
  )
  return rows.map(({ input, ...row }) => ({
    ...row,
    text: input.text,
    ...(input.expectLastMessage !== undefined && { expected: input.expectLastMessage }),
  }))
}

/** Compares what a vendor has got with the outbox. */
export async function judge(
  evidence: Evidence,
  calls: readonly Call[],
): Promise<{ problems: Problem[]; sends: number }> {
  const { database, account, arrivals } = evidence
  const problems: Problem[] = []
  const problem = (kind: Problem['kind'], what: string) => void problems.push({ kind, what })
  const rows = await rowsIn(database, account)
  const arrived = new Map<string, number>()
  for (const { text } of arrivals.all) arrived.set(text, (arrived.get(text) ?? 0) + 1)

  const chains = groups(rows, ({ text }) => text)
  for (const [text, chain] of chains) {
    const times = arrived.get(text) ?? 0
    const sent = chain.filter(({ state, place }) => state === 'sent' && place === 'vendor').length
    const unknown = chain.filter(({ state }) => state === 'unknown').length
    // Every text is of one send, and a retry is made only of one that is not at the vendor.
    if (times > 1) problem('doubled', `${text} arrived ${times} times`)
    else if (times < sent) problem('lost', `${text} counts as sent and is not at the vendor`)
    else if (times > sent + unknown) problem('wrong outcome', `${text} counts as failed and is at the vendor`)
    const roots = chain.filter(({ retry_of }) => retry_of === null).length
    if (roots > 1) problem('doubled', `${text} was recorded ${roots} times`)
  }
  for (const [of, retries] of groups(
    rows.filter(({ retry_of }) => retry_of !== null),
    ({ retry_of }) => retry_of as string,
  ))
    if (retries.length > 1) problem('doubled', `${of} was retried ${retries.length} times`)
  for (const text of arrived.keys()) if (!chains.has(text)) problem('lost', `${text} arrived and is not in the outbox`)
  for (const row of rows) await judgeRow(row, account, problem)
  for (const one of calls) judgeCall(one, chains.get(one.text) ?? [], problem)
  for (const [text, own] of groups(calls, (call) => call.text)) {
    const refused = own
      .filter(({ what }) => what !== 'retry')
      .map(({ error }) => error as { outcome?: string } | undefined)
    // Whoever is told that nothing was done writes it once more.
    if (chains.has(text) && refused.every((error) => error && error.outcome !== 'unknown'))
      problem('denied', `${text} is in the outbox, and its calls failed (${String(refused[0])})`)
  }
  for (const text of new Set(arrivals.unclaimed)) problem('unclaimed', text)
  await judgeGuards(evidence, rows, problem)
  return { problems, sends: rows.length }
}

function groups<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const found = new Map<string, T[]>()
  for (const item of items) found.set(keyOf(item), [...(found.get(keyOf(item)) ?? []), item])
  return found
}

type Report = (kind: Problem['kind'], what: string) => void

const outcomes: Readonly<Record<string, readonly (string | null)[]>> = {
  sent: ['done', 'overlay'],
  failed: ['failed'],
  unknown: ['unknown', 'started'],
}

async function judgeRow(row: Row, { quiet }: VendorAccount, problem: Report): Promise<void> {
  const { id, state, text, noted, attempt, place } = row
  if (state === 'recorded' || state === 'claimed') problem('stuck', `${text} (${id}) is still ${state}`)
  else if (!outcomes[state]?.includes(noted)) problem('wrong outcome', `${text} is ${state}, the audit says ${noted}`)
  if (place === 'overlay' && state !== 'sent') problem('wrong outcome', `${text} of the overlay is ${state}`)
  if (state !== 'unknown' || !quiet.messages?.reconcile) return
  if (attempt === null) return problem('undecided', `${text} is unknown, although nothing was sent`)
  const { outcome } = await quiet.messages.reconcile(attempt as never)
  if (outcome !== 'unknown') problem('undecided', `${text} is unknown, and the vendor says ${outcome}`)
}

/** What a caller was told must be true. */
function judgeCall({ text, process, result, error }: Call, chain: readonly Row[], problem: Report): void {
  if (result) {
    const row = chain.find(({ id }) => id === result.id)
    if (!row) problem('lost', `${text} was returned and is not in the outbox`)
    else if (/^(?:sent|failed)$/.test(result.state) && row.state !== result.state && row.state !== 'unknown')
      problem('wrong outcome', `${text} was returned as ${result.state} and is ${row.state}`)
  } else if (error === undefined && !process.isDead) problem('stuck', `the call that sends ${text} never ended`)
}

/** Whether the contact can see a message. */
const isVisible = ({ direction, type }: Message): boolean =>
  direction !== 'internal' && !/^(?:note|activity|tool)$/.test(type.value)

/** For so long, what was seen of a conversation counts as fresh, and a moment for the statements themselves. */
const freshFor = 1_000 + 50

/**
 * No guarded reply arrives if something newer than its `expectLastMessage` was there that the contact can see: a message that the
 * vendor had shown for more than five seconds when the send was claimed, or a reply of the desk that was going on, or had ended
 * within the last minute, when the send was recorded.
 */
async function judgeGuards(
  { database, account, arrivals, happenings }: Evidence,
  rows: readonly Row[],
  problem: Report,
): Promise<void> {
  const claims = await database.rows<{ send: string; at: string }>('select send, at from simulation.claims')
  const goingOn = await database.rows<{ send: string; other: string }>('select send, other from simulation.going_on')
  // A send that failed is not the one of its text that arrived.
  const guarded = rows.filter(
    ({ kind, expected, state }) => kind === 'reply' && expected !== undefined && state !== 'failed',
  )
  const byConversation = groups(guarded, ({ conversation }) => conversation)
  for (const [conversation, own] of byConversation) {
    if (happenings.deleted.has(conversation)) continue
    const messages: Message[] = []
    const { id: of } = parseRef(conversation)
    // Without this, its lists have no texts of emails.
    const whole = account.vendor === 'leadConnector' ? { vendor: { leadconnector: { emailBodies: true } } } : {}
    const query = { order: 'asc', ...whole } as const
    for await (const message of account.quiet.messages?.list?.(of, query as never) ?? []) messages.push(message)
    const placeOf = (text: string) => messages.findIndex((message) => message.text?.includes(text))
    /** The place of what a person saw last. `undefined`: it is not known. */
    const placeSeen = (expected: string | null | undefined): number | undefined => {
      if (expected === null) return -1
      if (expected === undefined) return undefined
      const send = rows.find(({ id }) => id === expected)
      if (!send) {
        const place = messages.findIndex(({ ref }) => ref === expected)
        return place < 0 ? undefined : place
      }
      const place = placeOf(send.text)
      return place < 0 ? placeSeen(send.expected) : place
    }
    for (const row of own) {
      const arrival = arrivals.all.find(({ text }) => text === row.text)
      const from = placeSeen(row.expected)
      if (!arrival || from === undefined) continue
      const seenNo = Number(rows.find(({ id }) => id === row.expected)?.no ?? 0)
      const isSeen = (text: string | null) => rows.some((one) => Number(one.no) <= seenNo && !!text?.includes(one.text))
      const claimed = Math.max(
        ...claims
          .filter(({ send, at }) => send === row.id && Date.parse(at) <= arrival.at + 1)
          .map(({ at }) => Date.parse(at)),
      )
      for (const [place, message] of messages.entries()) {
        const { ref, text } = message
        if (place <= from || !isVisible(message) || text?.includes(row.text) || isSeen(text ?? null)) continue
        const shown =
          happenings.said.get(ref)?.at ?? arrivals.all.find((one) => text?.includes(one.text))?.visibleAt ?? 0
        if (shown < claimed - freshFor) problem('guard', `${row.text} was sent although ${ref} was there`)
      }
      for (const { other } of goingOn.filter(({ send }) => send === row.id)) {
        const before = rows.find(({ id }) => id === other)
        if (!before || Number(before.no) <= seenNo || before.text === row.text) continue
        const place = placeOf(before.text)
        if (place > from) problem('guard', `${row.text} was sent although ${before.text} was going on`)
      }
    }
  }
}

/** Looks at the desk while nothing else works: each own send appears once, and no value of the overlay passes for the vendor's. */
export async function observe(database: Database, desk: Desk, conversations: readonly string[]): Promise<Problem[]> {
  const problems: Problem[] = []
  for (const conversation of conversations) {
    const bodies = await database.rows<{ body: Message }>(
      'select body from parley.messages where conversation = $1 and deleted_at is null',
      [conversation],
    )
    const [stored] = await database.rows<{ body: Record<string, unknown> }>(
      'select body from parley.conversations where ref = $1 and deleted_at is null',
      [conversation],
    )
    for await (const { text, state, message, shownBy, place } of desk.sends({ conversation })) {
      const shown = bodies.filter(({ body }) => body.text?.includes(text)).map(({ body }) => body.ref)
      if (shown.length > 1) problems.push({ kind: 'duplicated', what: `${text} is stored ${shown.length} times` })
      const isOther = state !== 'failed' && place === 'vendor' && shown.length === 1
      // A person may have found out that it was sent, and not where it is.
      if (isOther && message === null && state === 'sent') continue
      if (isOther && message !== shown[0] && shownBy !== shown[0])
        problems.push({ kind: 'duplicated', what: `${text} is shown as a send that is ${state} and as a message` })
    }
    if (!stored) continue
    const { status, assignee, unreadCount } = await desk.conversation(conversation)
    const { status: own, assignee: owner, unreadCount: unread } = stored.body
    const isWrong =
      (status.place === 'vendor' && status.value !== (own as { value: string }).value) ||
      (unreadCount.place === 'vendor' && unreadCount.value !== (unread ?? null)) ||
      (assignee?.place === 'vendor' && (assignee.value?.id ?? null) !== ((owner as { id?: string } | null)?.id ?? null))
    if (isWrong) problems.push({ kind: 'misplaced', what: `${conversation} has a value that is not the vendor's` })
  }
  return problems
}
