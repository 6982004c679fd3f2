import { type Adapter, isParleyError, type Warning } from '@parley/core'
import { wrongsOf } from '../../fuzz/invariants.ts'

/** The results of using every operation of an account. */
export interface Tour {
  /** Keyed by step: `ok`, or the code of the error. A missing operation has no step. */
  readonly outcomes: Record<string, string>
  /** The ids that each list returned. */
  readonly seen: Record<string, string[]>
  /** Results that must not occur: an error that is no ParleyError, an entity that is invalid. */
  readonly strange: string[]
}

/** The most items that are read of a list. */
const maxItems = 400

/** The outcome of an answer or a sent message. */
function outcomeOf(value: unknown): string {
  if (typeof value !== 'object' || value === null || !('outcome' in value)) return 'ok'
  const { outcome, text } = value as { outcome: unknown; text?: unknown }
  return text === null ? `${outcome} without a text` : String(outcome)
}

/** Reads and writes everything once, each time with the first suitable entity. */
export async function tour(adapter: Adapter): Promise<Tour> {
  const outcomes: Record<string, string> = {}
  const seen: Record<string, string[]> = {}
  const strange: string[] = []

  async function step<T>(name: string, run: (() => PromiseLike<T> | T) | undefined): Promise<T | undefined> {
    if (!run) return undefined
    try {
      const value = await run()
      outcomes[name] = outcomeOf(value)
      for (const wrong of wrongsOf(value)) strange.push(`${name}: ${wrong}`)
      return value
    } catch (error) {
      outcomes[name] = isParleyError(error) ? error.code : 'strange'
      if (!isParleyError(error)) strange.push(`${name} threw ${String(error)}`)
      return undefined
    }
  }

  async function list<T extends object>(name: string, run: (() => AsyncIterable<T>) | undefined): Promise<T[]> {
    const items: T[] = []
    await step(
      name,
      run &&
        (async () => {
          for await (const item of run()) {
            items.push(item)
            if (items.length >= maxItems) break
          }
          return items
        }),
    )
    if (run) seen[name] = [...(seen[name] ?? []), ...items.map(idOf)]
    return items
  }

  const { agents, conversations, messages, sources, contacts, control, generations, knowledge, feedback } = adapter
  const [agent] = await list('agents.list', agents?.list && (() => agents.list?.() ?? nothing()))
  if (agent) {
    await step('agents.get', agents?.get && (() => agents.get?.(agent.id)))
    await list('agents.actions.list', agents?.actions?.list && (() => agents.actions?.list?.(agent) ?? nothing()))
    await step('agents.update', agents?.update && (() => agents.update?.(agent.id, { name: 'Day desk' })))
  }
  const found = await list(
    'conversations.list',
    conversations?.list && (() => conversations.list?.({ limit: 100 }) ?? nothing()),
  )
  for (const conversation of found.slice(0, 12)) {
    await step('conversations.get', conversations?.get && (() => conversations.get?.(conversation.id)))
    const thread = await list('messages.list', messages?.list && (() => messages.list?.(conversation) ?? nothing()))
    const answer = thread.find(({ author }) => author.kind === 'agent')
    if (answer) {
      await step('messages.get', messages?.get && (() => messages.get?.(answer.id)))
      await step('sources.list', sources?.list && (() => sources.list?.(answer)))
      await step('generations.get', generations?.get && (() => generations.get?.(answer)))
    }
  }
  const open = found.find(({ status }) => status.value === 'open')
  // Nobody can write in a phone call.
  const first = open ?? found.find(({ channel }) => channel?.value !== 'voice') ?? found[0]
  if (first) {
    await step('control.get', control?.get && (() => control.get?.(first)))
    await step('messages.ask', messages?.ask && (() => messages.ask?.(first, { text: 'When do you open?' })))
    await step(
      'messages.stream',
      messages?.stream &&
        (async () => {
          const parts = []
          for await (const part of messages.stream?.(first, { text: 'When do you open?' }) ?? nothing())
            parts.push(part)
          const last = parts.at(-1)
          return last?.type === 'finish' ? last.answer : { outcome: 'no end' }
        }),
    )
    await step('control.takeOver', control?.takeOver && (() => control.takeOver?.(first)))
    await step('messages.note', messages?.note && (() => messages.note?.(first, { text: 'Noted' })))
    await step('messages.reply', messages?.reply && (() => messages.reply?.(first, { text: 'Hello' })))
    await step('control.release', control?.release && (() => control.release?.(first)))
    const update = conversations?.update
    await step('conversations.update: title', update && (() => update(first, { title: 'Bikes' })))
    await step('conversations.update: unread', update && (() => update(first, { unread: false })))
  }
  await list('messages.export', messages?.export && (() => messages.export?.({ limit: 100 }) ?? nothing()))
  const [contact] = await list('contacts.list', contacts?.list && (() => contacts.list?.() ?? nothing()))
  if (contact) await step('contacts.get', contacts?.get && (() => contacts.get?.(contact.id)))
  await step(
    'contacts.upsert',
    contacts?.upsert && (() => contacts.upsert?.({ externalId: 'nia', email: 'nia@shop.example' })),
  )
  await list('knowledge.list', knowledge?.list && (() => knowledge.list?.() ?? nothing()))
  await list('feedback.list', feedback?.list && (() => feedback.list?.() ?? nothing()))
  const assign = conversations?.assign
  if (first) await step('conversations.assign', assign && (() => assign(first, null)))
  if (first) await step('conversations.close', conversations?.close && (() => conversations.close?.(first)))
  if (first) await step('conversations.delete', conversations?.delete && (() => conversations.delete?.(first)))
  return { outcomes, seen, strange }
}

/** Ratings have no id of their own. */
const idOf = (item: object): string => ('id' in item ? String(item.id) : JSON.stringify(item))

async function* nothing(): AsyncGenerator<never> {}

/** The differences between two tours: other outcomes, and items that are missing without a warning. */
export function differences(usual: Tour, other: Tour, warnings: readonly Warning[]): string[] {
  const steps = [...new Set([...Object.keys(usual.outcomes), ...Object.keys(other.outcomes)])]
  const changed = steps
    .filter((name) => usual.outcomes[name] !== other.outcomes[name])
    .map((name) => `${name}: ${other.outcomes[name] ?? 'not reached'}`)
  const lost = Object.entries(usual.seen).flatMap(([name, ids]) => {
    const gone = ids.filter((id) => !other.seen[name]?.includes(id)).length
    const told = warnings.filter(({ code, operation }) => operation === name && code === 'bad-item').length
    return gone > told && other.outcomes[name] === usual.outcomes[name]
      ? [`${name}: ${gone} of ${ids.length} gone`]
      : []
  })
  return [...changed, ...lost]
}
