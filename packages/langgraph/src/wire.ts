/** An assistant: a graph with a configuration ("Assistants"). */
export interface LangGraphAssistantPayload {
  assistant_id: string
  graph_id: string
  name: string
  description?: string | null
  version: number
  config: Record<string, unknown>
  context?: Record<string, unknown>
  metadata: Record<string, unknown>
  created_at: string
  updated_at: string
}

/** A thread with its state ("Threads"). A new thread has no `values` and no `interrupts`. */
export interface LangGraphThreadPayload {
  thread_id: string
  created_at: string
  updated_at: string
  metadata: Record<string, unknown>
  status: 'idle' | 'busy' | 'interrupted' | 'error'
  config?: Record<string, unknown>
  values?: Record<string, unknown> | null
  /** By the id of the task that waits. */
  interrupts?: Record<string, LangGraphInterruptPayload[]>
}

/** What a graph waits for. */
export interface LangGraphInterruptPayload {
  id?: string
  value: unknown
  resumable?: boolean
  ns?: string[]
  when?: string
}

/** A message as LangChain serializes it. */
export interface LangGraphMessagePayload {
  id?: string | null
  type: string
  content: string | LangGraphContentPayload[]
  name?: string | null
  additional_kwargs?: Record<string, unknown>
  response_metadata?: Record<string, unknown>
  tool_calls?: LangGraphToolCallPayload[]
  invalid_tool_calls?: unknown[]
  tool_call_id?: string
  status?: 'success' | 'error'
  artifact?: unknown
  usage_metadata?: Record<string, unknown> | null
}

/** A part of a message. */
export interface LangGraphContentPayload {
  type: string
  text?: string
  image_url?: string | { url: string }
  url?: string
  mime_type?: string
}

export interface LangGraphToolCallPayload {
  id?: string | null
  name: string
  args: Record<string, unknown>
  type?: string
}

/** The state of a thread at one checkpoint ("Get thread state"). */
export interface LangGraphStatePayload {
  values: Record<string, unknown>
  next: string[]
  tasks: LangGraphTaskPayload[]
  metadata?: Record<string, unknown>
  created_at: string | null
  checkpoint: LangGraphCheckpointPayload | null
  parent_checkpoint: LangGraphCheckpointPayload | null
}

export interface LangGraphTaskPayload {
  id: string
  name: string
  error?: string | null
  interrupts: LangGraphInterruptPayload[]
  checkpoint?: LangGraphCheckpointPayload | null
  state?: LangGraphStatePayload | null
  result?: unknown
  path?: unknown[]
}

export interface LangGraphCheckpointPayload {
  thread_id: string
  checkpoint_ns: string
  checkpoint_id?: string | null
  checkpoint_map?: Record<string, unknown> | null
}

/** A run of an assistant ("Runs"). */
export interface LangGraphRunPayload {
  run_id: string
  thread_id: string
  assistant_id: string
  created_at: string
  updated_at: string
  status: 'pending' | 'running' | 'error' | 'success' | 'timeout' | 'interrupted'
  metadata: Record<string, unknown>
  kwargs?: Record<string, unknown>
  multitask_strategy: 'reject' | 'enqueue' | 'rollback' | 'interrupt'
}
