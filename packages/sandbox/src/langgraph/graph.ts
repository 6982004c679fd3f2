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
  /** @see streamed the messages that a model writes word by word. */
  | { readonly kind: 'messages'; readonly messages: readonly StoredMessage[]; readonly streamed: ReadonlySet<string> }
  | { readonly kind: 'interrupt'; readonly value: unknown }
  | { readonly kind: 'error'; readonly message: string }

/**
 * The graph of the server, a single node. It waits for a person when asked for a human, calls a tool at "please call …",
 * fails at `FAIL500`, and otherwise answers from the company's knowledge.
 */
export function think({ state, context }: Pick<Call, 'state' | 'context'>, messages: readonly StoredMessage[]): Step {
  const last = messages.at(-1)
  const asked = last ? textOf(last) : ''
  if (/human/i.test(asked)) return { kind: 'interrupt', value: { reason: 'handoff', question: asked } }
  if (asked.includes('FAIL500')) return { kind: 'error', message: '500 the model is down' }
  const newId = () => `chatcmpl-${state.tick()}`
  const tool = /please call (\w+)/i.exec(asked)?.[1]
  const own = tool === undefined ? [] : toolMessages(context.world, tool, asked, newId)
  const said = modelMessage(newId(), answer(context.world, asked).text)
  return { kind: 'messages', messages: [...own, said], streamed: new Set([said.id]) }
}

/** The call of a tool, and what the tool found. */
function toolMessages(world: World, name: string, query: string, newId: () => string): StoredMessage[] {
  const id = newId()
  const call: ToolCall = { name, args: { query }, id: `call_${id.slice(-8)}`, type: 'tool_call' }
  const found = answer(world, query).articles.map(({ title }) => title)
  return [modelMessage(id, '', [call]), toolMessage(newId(), call, JSON.stringify({ found }))]
}

/** The node goes on with what the person gave. */
export const resumed = ({ state }: Pick<Call, 'state'>, value: unknown): Step => ({
  kind: 'messages',
  messages: [
    namedMessage(
      state.newId(),
      operatorName,
      typeof value === 'string' ? value : (JSON.stringify(value) ?? 'undefined'),
    ),
  ],
  streamed: new Set(),
})

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
