import { answer } from '../world/answer.ts'
import type { World } from '../world/world.ts'
import type { Call } from './call.ts'
import {
  modelMessage,
  namedMessage,
  operatorName,
  type StoredMessage,
  type ToolCall,
  textOf,
  toolMessage,
} from './state.ts'

/** What the node of the graph does when it runs. */
export type Step =
  | Written
  /** @see values what it waits for, each in a branch of its own. */
  | { readonly kind: 'interrupt'; readonly values: readonly unknown[] }
  | { readonly kind: 'error' }

export interface Written {
  readonly kind: 'messages'
  readonly messages: readonly StoredMessage[]
  /** The ids of the messages that a model writes word by word. */
  readonly streamed: ReadonlySet<string>
}

type Place = Pick<Call, 'state' | 'context' | 'settings'>

/**
 * The node that answers. It does what the settings say. Without them, it waits for a person when asked for a human, calls a
 * tool at "please call …", fails at `FAIL500`, and otherwise answers from the company's knowledge.
 */
export function think({ state, context, settings }: Place, messages: readonly StoredMessage[]): Step {
  const asked = questionOf(messages)
  if (settings.failReplies) return { kind: 'error' }
  if (settings.interrupts.length > 0) return { kind: 'interrupt', values: settings.interrupts }
  if (/human/i.test(asked)) return { kind: 'interrupt', values: [{ reason: 'handoff', question: asked }] }
  if (asked.includes('FAIL500')) return { kind: 'error' }
  const newId = () => `chatcmpl-${state.tick()}`
  const tools = [...settings.tools, /please call (\w+)/i.exec(asked)?.[1] ?? []].flat()
  const calls = tools.flatMap((tool) => toolMessages(context.world, tool, asked, newId))
  const said = modelMessage(newId(), settings.emptyReplies ? '' : answer(context.world, asked).text)
  return { kind: 'messages', messages: [...calls, said], streamed: new Set([said.id]) }
}

/** The node before it: what the agent writes first. Undefined: nothing. */
export function announce({ state, settings }: Place, messages: readonly StoredMessage[]): Written | undefined {
  const text = settings.firstText ?? (/one moment/i.test(questionOf(messages)) ? 'One moment, please.' : null)
  if (text === null) return undefined
  const said = modelMessage(`chatcmpl-${state.tick()}`, text)
  return { kind: 'messages', messages: [said], streamed: new Set([said.id]) }
}

/** The contact's newest message, or else the newest one. */
function questionOf(messages: readonly StoredMessage[]): string {
  const asked = messages.findLast(({ type }) => type === 'human') ?? messages.at(-1)
  return asked ? textOf(asked) : ''
}

/** The call of a tool, and what the tool found. */
function toolMessages(world: World, name: string, query: string, newId: () => string): StoredMessage[] {
  const id = newId()
  const call: ToolCall = { name, args: { query }, id: `call_${id.slice(-8)}`, type: 'tool_call' }
  const found = answer(world, query).articles.map(({ title }) => title)
  return [modelMessage(id, '', [call]), toolMessage(newId(), call, JSON.stringify({ found }))]
}

/** A branch goes on with what the person gave. */
export const resumed = ({ state }: Pick<Call, 'state'>, value: unknown): StoredMessage =>
  namedMessage(state.newId(), operatorName, typeof value === 'string' ? value : (JSON.stringify(value) ?? 'undefined'))

/**
 * What a resume gives an interrupt. An object whose keys are all ids of interrupts gives each of them its own value;
 * anything else is the value itself. Undefined: it is meant for another interrupt.
 */
export function valueFor(resume: unknown, interruptId: string): { readonly value: unknown } | undefined {
  const isMap =
    typeof resume === 'object' &&
    resume !== null &&
    Object.keys(resume).length > 0 &&
    Object.keys(resume).every((key) => /^[\da-f]{32}$/.test(key))
  if (!isMap) return { value: resume }
  return Object.hasOwn(resume, interruptId) ? { value: (resume as Record<string, unknown>)[interruptId] } : undefined
}
