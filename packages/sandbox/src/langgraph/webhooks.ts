import type { EmulatorContext } from '../kit/emulator.ts'
import { createWebhookSender, type WebhookSender } from '../kit/webhooks.ts'
import type { Call } from './call.ts'
import { showRun } from './show.ts'
import { iso, type Json, type StoredMessage, type StoredRun } from './state.ts'

/** The server calls the address of a run once, signs nothing, and ignores the answer. */
export const createSender = ({ world, after }: EmulatorContext): WebhookSender =>
  createWebhookSender({ seed: world.seed, clock: { after }, name: 'langgraph', attempts: 1, sign: () => ({}) })

/** Calls the address of a run that has ended. The server sends JSON as `text/plain`. */
export function callWebhook(
  { state, webhooks }: Pick<Call, 'state' | 'webhooks'>,
  run: StoredRun,
  ended: {
    readonly startedAt: number
    /** Undefined: the run was cancelled. */
    readonly messages: readonly StoredMessage[] | undefined
    readonly error: string | undefined
  },
): void {
  const { webhook: url } = run.kwargs
  if (typeof url !== 'string') return
  const at = iso(state.tick())
  const body: Json = {
    ...showRun(run),
    run_started_at: iso(ended.startedAt),
    run_ended_at: at,
    webhook_sent_at: at,
    ...(ended.messages && { values: { messages: ended.messages.map(wrapped) } }),
    ...(ended.error !== undefined && { error: ended.error }),
  }
  webhooks.send({ event: `run.${run.status}`, url, headers: { 'content-type': 'text/plain;charset=UTF-8' }, body })
}

const constructors: Readonly<Record<string, string>> = {
  human: 'HumanMessage',
  ai: 'AIMessage',
  tool: 'ToolMessage',
  system: 'SystemMessage',
}

/** A message as LangChain's own serialization writes it, which only webhooks have. */
const wrapped = ({ type, ...kwargs }: StoredMessage): Json => ({
  lc: 1,
  type: 'constructor',
  id: ['langchain_core', 'messages', constructors[type] ?? 'ChatMessage'],
  kwargs,
})
