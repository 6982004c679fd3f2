import type { NativeApi } from '@parley/core'
import type {
  LangGraphAssistantPayload,
  LangGraphCheckpointPayload,
  LangGraphInterruptPayload,
  LangGraphRunPayload,
  LangGraphStatePayload,
  LangGraphThreadPayload,
} from '../wire.ts'

/** `adapter.native`: the server's own API by its routes. */
export type LangGraphNative = NativeApi<LangGraphEndpoints>

type Json = Record<string, unknown>

interface PageBody {
  limit?: number
  offset?: number
}

/** What a run takes, however its output is waited for. */
export interface LangGraphRunBody {
  /** The id of an assistant, or the name of a graph. */
  assistant_id: string
  input?: Json | null
  /** Resumes or redirects an interrupted thread. */
  command?: { resume?: unknown; update?: Json; goto?: unknown }
  config?: Json
  context?: Json
  metadata?: Json
  checkpoint?: Partial<LangGraphCheckpointPayload>
  checkpoint_id?: string
  webhook?: string
  interrupt_before?: string[] | '*'
  interrupt_after?: string[] | '*'
  stream_mode?: string | string[]
  stream_subgraphs?: boolean
  stream_resumable?: boolean
  on_disconnect?: 'cancel' | 'continue'
  on_completion?: 'delete' | 'keep'
  multitask_strategy?: 'reject' | 'enqueue' | 'rollback' | 'interrupt'
  if_not_exists?: 'create' | 'reject'
  after_seconds?: number
  feedback_keys?: string[]
}

/** The result of a run that was waited for: the values of the state, an interrupt, or an error, all with a 200. */
export type LangGraphRunResult =
  | Json
  | { __interrupt__: LangGraphInterruptPayload[] }
  | { __error__: { error: string; message: string } }

/** The routes of a LangGraph server ("LangGraph Platform API reference", and `@langchain/langgraph-api`). */
export interface LangGraphEndpoints {
  'POST /assistants': {
    body: {
      graph_id: string
      assistant_id?: string
      name?: string
      description?: string
      config?: Json
      context?: Json
      metadata?: Json
      if_exists?: 'raise' | 'do_nothing'
    }
    answer: LangGraphAssistantPayload
  }
  'POST /assistants/search': {
    body: PageBody & { graph_id?: string; metadata?: Json; sort_by?: string; sort_order?: 'asc' | 'desc' }
    answer: LangGraphAssistantPayload[]
  }
  'POST /assistants/count': { body: { graph_id?: string; metadata?: Json }; answer: number }
  'GET /assistants/{assistantId}': { answer: LangGraphAssistantPayload }
  'PATCH /assistants/{assistantId}': {
    body: { graph_id?: string; name?: string; description?: string; config?: Json; context?: Json; metadata?: Json }
    answer: LangGraphAssistantPayload
  }
  'DELETE /assistants/{assistantId}': { query: { delete_threads?: boolean }; answer: unknown }
  'GET /assistants/{assistantId}/graph': { query: { xray?: boolean | number }; answer: Json }
  'GET /assistants/{assistantId}/schemas': { answer: Json }
  'GET /assistants/{assistantId}/subgraphs': { query: { recurse?: boolean }; answer: Json }
  'POST /assistants/{assistantId}/versions': {
    body: PageBody & { metadata?: Json }
    answer: LangGraphAssistantPayload[]
  }
  'POST /assistants/{assistantId}/latest': { body: { version: number }; answer: LangGraphAssistantPayload }

  'POST /threads': {
    body: { thread_id?: string; metadata?: Json; if_exists?: 'raise' | 'do_nothing'; supersteps?: Json[] }
    answer: LangGraphThreadPayload
  }
  'POST /threads/search': {
    body: PageBody & {
      metadata?: Json
      values?: Json
      status?: 'idle' | 'busy' | 'interrupted' | 'error'
      sort_by?: 'thread_id' | 'status' | 'created_at' | 'updated_at'
      sort_order?: 'asc' | 'desc'
    }
    answer: LangGraphThreadPayload[]
  }
  'POST /threads/count': { body: { metadata?: Json; values?: Json; status?: string }; answer: number }
  'GET /threads/{threadId}': { answer: LangGraphThreadPayload }
  'PATCH /threads/{threadId}': { body: { metadata: Json }; answer: LangGraphThreadPayload }
  'DELETE /threads/{threadId}': { answer: unknown }
  'POST /threads/{threadId}/copy': { answer: LangGraphThreadPayload }
  'GET /threads/{threadId}/state': { query: { subgraphs?: boolean }; answer: LangGraphStatePayload }
  'POST /threads/{threadId}/state': {
    body: {
      values?: Json | Json[] | null
      as_node?: string
      checkpoint_id?: string
      checkpoint?: Partial<LangGraphCheckpointPayload>
    }
    answer: { checkpoint: LangGraphCheckpointPayload }
  }
  'GET /threads/{threadId}/state/{checkpointId}': { query: { subgraphs?: boolean }; answer: LangGraphStatePayload }
  'GET /threads/{threadId}/history': { query: { limit?: number; before?: string }; answer: LangGraphStatePayload[] }
  'POST /threads/{threadId}/history': {
    body: { limit?: number; before?: string | Json; metadata?: Json; checkpoint?: Partial<LangGraphCheckpointPayload> }
    answer: LangGraphStatePayload[]
  }

  'GET /threads/{threadId}/runs': {
    query: { limit?: number; offset?: number; status?: string }
    answer: LangGraphRunPayload[]
  }
  'POST /threads/{threadId}/runs': { body: LangGraphRunBody; answer: LangGraphRunPayload }
  'POST /threads/{threadId}/runs/wait': { body: LangGraphRunBody; answer: LangGraphRunResult }
  'POST /threads/{threadId}/runs/stream': { body: LangGraphRunBody; answer: string }
  'GET /threads/{threadId}/runs/{runId}': { answer: LangGraphRunPayload }
  'GET /threads/{threadId}/runs/{runId}/join': { answer: LangGraphRunResult }
  'GET /threads/{threadId}/runs/{runId}/stream': { answer: string }
  'POST /threads/{threadId}/runs/{runId}/cancel': {
    query: { wait?: boolean; action?: 'interrupt' | 'rollback' }
    answer: unknown
  }
  'DELETE /threads/{threadId}/runs/{runId}': { answer: unknown }
  'POST /runs': { body: LangGraphRunBody; answer: LangGraphRunPayload }
  'POST /runs/wait': { body: LangGraphRunBody; answer: LangGraphRunResult }
  'POST /runs/stream': { body: LangGraphRunBody; answer: string }
  'POST /runs/batch': { body: LangGraphRunBody[]; answer: LangGraphRunPayload[] }

  'GET /store/items': { query: { namespace?: string; key: string }; answer: Json | null }
  'PUT /store/items': { body: { namespace: string[]; key: string; value: Json }; answer: unknown }
  'DELETE /store/items': { body: { namespace?: string[]; key: string }; answer: unknown }
  'POST /store/items/search': {
    body: PageBody & { namespace_prefix?: string[]; filter?: Json; query?: string }
    answer: { items: Json[] }
  }
  'POST /store/namespaces': {
    body: PageBody & { prefix?: string[]; suffix?: string[]; max_depth?: number }
    answer: Json
  }

  'GET /ok': { query: { check_db?: number }; answer: { ok: boolean } }
  'GET /info': { answer: Json }
}
