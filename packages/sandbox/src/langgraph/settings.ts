import { defaultSending, type SendingSettings } from '../kit/emulator.ts'

/**
 * Switches for what differs between deployments and versions of the server. They can be changed while the emulator runs.
 * A reset keeps them, because they belong to the server's owner and not to its clients.
 */
export interface LangGraphSettings extends SendingSettings {
  /** `key`: every request but `/info` requires the key in `x-api-key`. `none`: a development server, open to everyone. */
  auth: 'key' | 'none'
  /** Whether interrupts have ids. Servers before LangGraph 0.4 send none. */
  interruptIds: 'present' | 'missing'
  /** How long a run in the background waits in the queue, in milliseconds. The server looks into it about every second. */
  queueMs: number
  /** A stream ends after its first words, as when a proxy cuts the connection. The run goes on. */
  streamBreaks: boolean
  /**
   * What the agent writes first, as a message of its own, before it answers, waits or fails. Null: nothing, or "One moment,
   * please." if the question has the words "one moment".
   */
  firstText: string | null
  /** The names of the tools that the agent calls before it answers, before the one in a question "please call …". */
  tools: readonly string[]
  /**
   * The values for which the graph waits instead of answering (`interrupt`): JSON, such as
   * `{ question: 'Which size?', choices: ['small', 'large'] }`. Of several, each waits in a branch of its own. Empty: the
   * graph waits only if the question has the word "human".
   */
  interrupts: readonly unknown[]
  /** The agent answers with an empty text. */
  emptyReplies: boolean
  /** Every run fails. Otherwise one fails if the question has the word "FAIL500". */
  failReplies: boolean
  /** Message types of other frameworks and hand-written graphs: none, or those of the seeded threads. */
  oddValues: 'none' | 'some'
}

export const defaultSettings = (): LangGraphSettings => ({
  ...defaultSending(),
  auth: 'key',
  interruptIds: 'present',
  queueMs: 500,
  streamBreaks: false,
  firstText: null,
  tools: [],
  interrupts: [],
  emptyReplies: false,
  failReplies: false,
  oddValues: 'some',
})
