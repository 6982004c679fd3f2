import { anyOf, checkText, type OptionRules, object } from '@parley/core'

/** The vendor options, per operation: `{ vendor: { langgraph: { … } } }`. */
export interface LangGraphVendorOptions {
  'agents.create': AssistantOptions & {
    /** The graph that the assistant runs. Default: the account's `graphId`. */
    graphId?: string
  }
  'agents.update': AssistantOptions & { graphId?: string }
  'conversations.list': {
    /** The thread's own status. */
    status?: 'idle' | 'busy' | 'interrupted' | 'error'
    /** Values that the thread's metadata must have. */
    metadata?: Readonly<Record<string, unknown>>
    /** Values that the thread's state must have. */
    values?: Readonly<Record<string, unknown>>
  }
  'conversations.create': {
    /** More metadata of the thread. */
    metadata?: Readonly<Record<string, unknown>>
    /** The graph of the thread. Default: the account's `graphId`. */
    graphId?: string
  }
  'conversations.update': {
    /** More metadata of the thread. Keys that are not named keep their values. */
    metadata?: Readonly<Record<string, unknown>>
  }
  'messages.ask': RunOptions & {
    /** Further fields of the graph's input, beside its messages. */
    input?: Readonly<Record<string, unknown>>
    /** Starts the run and does not wait for it: the outcome is `pending`, and `messages.reconcile` finds the answer. */
    background?: boolean
  }
  'messages.provideInput': RunOptions
  'messages.reply': {
    /** The node whose message this is, where the server cannot tell ("Update thread state", `as_node`). */
    asNode?: string
  }
}

interface AssistantOptions {
  config?: Readonly<Record<string, unknown>>
  context?: Readonly<Record<string, unknown>>
  metadata?: Readonly<Record<string, unknown>>
}

interface RunOptions {
  config?: Readonly<Record<string, unknown>>
  context?: Readonly<Record<string, unknown>>
  metadata?: Readonly<Record<string, unknown>>
  /** The address that the server calls when the run has ended. Nothing is signed: put a secret into the address. */
  webhook?: string
  /** What happens while another run of the thread is going on. Default `reject`. */
  multitaskStrategy?: 'reject' | 'enqueue' | 'rollback' | 'interrupt'
}

declare module '@parley/core' {
  interface VendorOptions {
    langgraph: LangGraphVendorOptions
  }
}

export const runOptions: OptionRules<RunOptions> = {
  config: object,
  context: object,
  metadata: object,
  webhook: checkText,
  multitaskStrategy: anyOf('reject', 'enqueue', 'rollback', 'interrupt'),
}

export const assistantOptions: OptionRules<AssistantOptions> = { config: object, context: object, metadata: object }
