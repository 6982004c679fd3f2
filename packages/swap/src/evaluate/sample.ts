import {
  ConfigurationError,
  type Contact,
  type Conversation,
  checkFunctionOptions,
  isParleyError,
  isRecord,
  type Message,
  numberOption,
  type OperationOptions,
  type Operator,
  optional,
} from '@parley/core'
import { digest } from '@parley/core/operations'
import type { Question } from './evaluation.ts'
import { mostQuestions } from './plan.ts'
import { type KnownDetails, redact } from './redact.ts'
import { wordsOf } from './statistics.ts'

/** What of an inbox is read: the `Inbox` of `@parley/inbox` is one. */
export interface SampledInbox {
  readonly accounts: readonly string[]
  conversations: {
    list(
      query: { limit: number; accounts: readonly string[]; since?: string; partial: boolean },
      options?: OperationOptions,
    ): AsyncIterable<Conversation>
  }
  messages: {
    list(
      conversation: string,
      query: { order: 'asc'; limit: number },
      options?: OperationOptions,
    ): PromiseLike<{ items: Message[] }>
  }
  contacts: { get(contact: string, options?: OperationOptions): Promise<Contact> }
  operators: { list(query: { partial: boolean }, options?: OperationOptions): AsyncIterable<Operator> }
}

export interface SampleOptions extends OperationOptions {
  /** Where the questions come from. A synced inbox reads its store; a live one asks the vendors. */
  inbox: SampledInbox
  /** How many questions, at most 10,000. There may be fewer in the inbox. */
  count: number
  /** Another number chooses other questions; the same one the same, as long as the inbox is the same. Default 1. */
  seed?: number
  /** Only these accounts, as `vendor:account`. Default: all. */
  accounts?: readonly string[]
  /** Only conversations with activity at or after this instant, ISO 8601. */
  since?: string
}

/**
 * So many of the newest conversations of each account are looked at, for each question that is wanted, and so many at least. By
 * account, because a busy one would have all of the newest.
 */
const perQuestion = 20
const least = 500
/** The first question is among the first so many messages. */
const firstMessages = 20
/** A shorter text is a greeting, and a longer one is more than a question. */
const fewestWords = 3
const longestText = 2_000

/**
 * Questions that customers have asked, without the customers' details: the first question of a conversation, chosen by the seed and
 * spread evenly over accounts and channels. Greetings and questions that are asked twice are left out.
 *
 * Replaced are the names, emails, phones, companies and ids that the inbox has of the contact, and the names of the operators and of
 * all who wrote in the conversation, in whatever case and accents; and in any text emails, web addresses, and five and more digits.
 * **The questions are not anonymous.** What no rule can find stays: a name that nobody has stored, a nickname, a street, a number in
 * words, what a person tells of their health. Read the questions before you pass them on.
 *
 * @throws ConfigurationError for a wrong option, and if there is no question.
 */
export async function sampleQuestions(options: SampleOptions): Promise<Question[]> {
  checkFunctionOptions('sampleQuestions', options, {
    inbox: (value) => (isRecord(value) && isRecord(value['conversations']) ? undefined : 'must be an inbox'),
    count: numberOption(1, true, mostQuestions),
    seed: optional(numberOption(0, true)),
    accounts: () => undefined,
    since: () => undefined,
    signal: () => undefined,
    timeout: () => undefined,
    priority: () => undefined,
    raw: () => undefined,
    beforeSend: () => undefined,
    onRequest: () => undefined,
  })
  const { inbox, count, seed = 1, accounts, since, signal, timeout } = options
  const own: OperationOptions = { ...(signal && { signal }), ...(timeout !== undefined && { timeout }) }
  const query = { limit: 100, ...(since !== undefined && { since }), partial: true }
  const found: Conversation[] = []
  for (const account of accounts ?? inbox.accounts) {
    let left = Math.max(least, perQuestion * count)
    for await (const conversation of inbox.conversations.list({ ...query, accounts: [account] }, own)) {
      found.push(conversation)
      if (--left === 0) break
    }
  }
  const operators = await operatorsOf(inbox, found, own)
  const questions: Question[] = []
  const seen = new Set<string>()
  for (const conversation of await spread(found, seed)) {
    if (questions.length === count) break
    const thread = await beginningOf(inbox, conversation, own)
    const question = thread.find(isQuestion)?.text
    if (!question) continue
    const text = redact(question, await detailsOf(inbox, conversation, thread, operators, own))
    const key = [...wordsOf(text)].sort().join(' ')
    // A greeting, or nothing but details.
    if (wordsOf(text.replace(/\[\w+\]/g, '')).size < fewestWords || seen.has(key)) continue
    seen.add(key)
    questions.push({ id: `s${questions.length + 1}`, text })
  }
  if (questions.length > 0) return questions
  const problem = `has no question among its ${found.length} conversations`
  throw new ConfigurationError({
    message: `sampleQuestions: the inbox ${problem}.`,
    fields: [{ path: 'inbox', problem }],
  })
}

/** By account and channel in turn, in an order that only the seed decides. */
async function spread(conversations: readonly Conversation[], seed: number): Promise<Conversation[]> {
  const groups = new Map<string, { order: string; conversation: Conversation }[]>()
  for (const conversation of conversations) {
    const { vendor, account, channel, ref } = conversation
    const name = JSON.stringify([vendor, account, channel?.value ?? null])
    const order = await digest(`${seed} ${ref}`)
    groups.set(name, [...(groups.get(name) ?? []), { order, conversation }])
  }
  const queues = [...groups.entries()]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([, group]) => group.sort((one, other) => (one.order < other.order ? -1 : 1)))
  const result: Conversation[] = []
  for (let at = 0; result.length < conversations.length; at++)
    for (const queue of queues) if (queue[at]) result.push((queue[at] as { conversation: Conversation }).conversation)
  return result
}

async function beginningOf(
  inbox: SampledInbox,
  { ref }: Conversation,
  own: OperationOptions,
): Promise<readonly Message[]> {
  try {
    return (await inbox.messages.list(ref, { order: 'asc', limit: firstMessages }, own)).items
  } catch (error) {
    // The store does not have all of this conversation, or its account cannot be read. There are others.
    if (!isParleyError(error)) throw error
    return []
  }
}

const isQuestion = ({ author, text, isAnonymized }: Message): boolean =>
  author.kind === 'contact' &&
  isAnonymized !== true &&
  !!text &&
  text.length <= longestText &&
  wordsOf(text).size >= fewestWords

async function operatorsOf(
  inbox: SampledInbox,
  found: readonly Conversation[],
  own: OperationOptions,
): Promise<(string | null | undefined)[]> {
  const names = found.flatMap(({ assignee }) => assignee?.name ?? [])
  try {
    for await (const { name } of inbox.operators.list({ partial: true }, own)) names.push(name ?? '')
  } catch (error) {
    // Who cannot be listed may still be the assignee.
    if (!isParleyError(error)) throw error
  }
  return names
}

async function detailsOf(
  { contacts }: SampledInbox,
  { contact: summary }: Conversation,
  thread: readonly Message[],
  operators: readonly (string | null | undefined)[],
  own: OperationOptions,
): Promise<KnownDetails> {
  const contact = summary?.ref
    ? await contacts.get(summary.ref, own).catch((error: unknown) => {
        // What the conversation has of the contact is known anyway.
        if (isParleyError(error)) return undefined
        throw error
      })
    : undefined
  const people = [summary, contact]
  return {
    names: [
      ...people.map((person) => person?.name),
      ...[contact?.firstName, contact?.lastName],
      ...thread.map(({ author }) => (author.kind === 'agent' ? null : author.name)),
      ...operators,
    ],
    emails: [
      ...people.map((person) => person?.email),
      ...thread.flatMap(({ author, email }) => [author.email, email?.from]),
    ],
    phones: people.map((person) => person?.phone),
    companies: [contact?.companyName],
    ids: people.map((person) => person?.externalId),
  }
}
