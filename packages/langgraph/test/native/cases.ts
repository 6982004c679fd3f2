import type { NativeInput } from '@parley/core'
import type { LangGraphEndpoints } from '@parley/langgraph'
import type { NativeCase } from '@parley/testkit/native'

function row<Route extends keyof LangGraphEndpoints>(
  route: Route,
  uri: string,
  input: NativeInput<Route, LangGraphEndpoints[Route]>,
  requires: string[] = [],
  answer?: string,
): NativeCase {
  const rest = answer === undefined ? {} : { answer }
  return { route, uri, input: input as NativeCase['input'], requires, status: 200, ...rest }
}

const assistant = { assistantId: 'a-1' }
const thread = { threadId: 't-1' }
const run = { ...thread, runId: 'r-1' }
const page = { limit: 1, offset: 0 }
const config = { configurable: { tone: 'kind' } }
const metadata = { team: 'night' }
const made = {
  graph_id: 'desk',
  name: 'Night desk',
  description: 'At night',
  config,
  context: { plan: 'pro' },
  metadata,
}
const events = 'event: metadata\ndata: {"run_id":"r-1"}\n\n'

const all = {
  assistant_id: 'desk',
  input: { messages: [{ type: 'human', content: 'When do you open?' }] },
  command: { resume: 'yes', update: { topic: 'x' }, goto: 'answer' },
  ...{ config, context: { plan: 'pro' }, metadata, checkpoint: { checkpoint_id: 'k-1' }, checkpoint_id: 'k-1' },
  ...{ webhook: 'https://shop.test/hook', interrupt_before: ['answer'], interrupt_after: '*' },
  ...{ stream_mode: ['values'], stream_subgraphs: true, stream_resumable: true, on_disconnect: 'continue' },
  ...{ on_completion: 'keep', multitask_strategy: 'enqueue', if_not_exists: 'create', after_seconds: 1 },
  feedback_keys: ['thumbs'],
} as const
const body = all as never
const needed = ['body.assistant_id']

export const cases: NativeCase[] = [
  row('POST /assistants', '/assistants', { body: { ...made, assistant_id: 'a-1', if_exists: 'do_nothing' } }, [
    'body.graph_id',
  ]),
  row('POST /assistants/search', '/assistants/search', {
    body: { ...page, graph_id: 'desk', metadata, sort_by: 'name', sort_order: 'asc' },
  }),
  row('POST /assistants/count', '/assistants/count', { body: { graph_id: 'desk', metadata } }),
  row('GET /assistants/{assistantId}', '/assistants/a-1', { path: assistant }),
  row('PATCH /assistants/{assistantId}', '/assistants/a-1', { path: assistant, body: made }),
  row('DELETE /assistants/{assistantId}', '/assistants/a-1?delete_threads=true', {
    ...{ path: assistant, query: { delete_threads: true } },
  }),
  row('GET /assistants/{assistantId}/graph', '/assistants/a-1/graph?xray=2', { path: assistant, query: { xray: 2 } }),
  row('GET /assistants/{assistantId}/schemas', '/assistants/a-1/schemas', { path: assistant }),
  row('GET /assistants/{assistantId}/subgraphs', '/assistants/a-1/subgraphs?recurse=true', {
    ...{ path: assistant, query: { recurse: true } },
  }),
  row('POST /assistants/{assistantId}/versions', '/assistants/a-1/versions', {
    ...{ path: assistant, body: { ...page, metadata } },
  }),
  row('POST /assistants/{assistantId}/latest', '/assistants/a-1/latest', { path: assistant, body: { version: 2 } }, [
    'body.version',
  ]),

  row('POST /threads', '/threads', { body: { thread_id: 't-1', metadata, if_exists: 'raise', supersteps: [{}] } }),
  row('POST /threads/search', '/threads/search', {
    body: { ...page, metadata, values: {}, status: 'busy', sort_by: 'status', sort_order: 'desc' },
  }),
  row('POST /threads/count', '/threads/count', { body: { metadata, values: {}, status: 'idle' } }),
  row('GET /threads/{threadId}', '/threads/t-1', { path: thread }),
  row('PATCH /threads/{threadId}', '/threads/t-1', { path: thread, body: { metadata } }, ['body.metadata']),
  row('DELETE /threads/{threadId}', '/threads/t-1', { path: thread }),
  row('POST /threads/{threadId}/copy', '/threads/t-1/copy', { path: thread }),
  row('GET /threads/{threadId}/state', '/threads/t-1/state?subgraphs=true', {
    ...{ path: thread, query: { subgraphs: true } },
  }),
  row('POST /threads/{threadId}/state', '/threads/t-1/state', {
    path: thread,
    body: { values: { topic: 'x' }, as_node: 'answer', checkpoint_id: 'k-1', checkpoint: { checkpoint_ns: '' } },
  }),
  row('GET /threads/{threadId}/state/{checkpointId}', '/threads/t-1/state/k-1?subgraphs=false', {
    ...{ path: { ...thread, checkpointId: 'k-1' }, query: { subgraphs: false } },
  }),
  row('GET /threads/{threadId}/history', '/threads/t-1/history?limit=3&before=k-1', {
    ...{ path: thread, query: { limit: 3, before: 'k-1' } },
  }),
  row('POST /threads/{threadId}/history', '/threads/t-1/history', {
    ...{ path: thread, body: { limit: 3, before: 'k-1', metadata, checkpoint: { checkpoint_id: 'k-1' } } },
  }),

  row('GET /threads/{threadId}/runs', '/threads/t-1/runs?limit=3&offset=0&status=success', {
    ...{ path: thread, query: { limit: 3, offset: 0, status: 'success' } },
  }),
  row('POST /threads/{threadId}/runs', '/threads/t-1/runs', { path: thread, body }, needed),
  row('POST /threads/{threadId}/runs/wait', '/threads/t-1/runs/wait', { path: thread, body }, needed),
  row('POST /threads/{threadId}/runs/stream', '/threads/t-1/runs/stream', { path: thread, body }, needed, events),
  row('GET /threads/{threadId}/runs/{runId}', '/threads/t-1/runs/r-1', { path: run }),
  row('GET /threads/{threadId}/runs/{runId}/join', '/threads/t-1/runs/r-1/join', { path: run }),
  row('GET /threads/{threadId}/runs/{runId}/stream', '/threads/t-1/runs/r-1/stream', { path: run }, [], events),
  row('POST /threads/{threadId}/runs/{runId}/cancel', '/threads/t-1/runs/r-1/cancel?wait=true&action=interrupt', {
    ...{ path: run, query: { wait: true, action: 'interrupt' } },
  }),
  row('DELETE /threads/{threadId}/runs/{runId}', '/threads/t-1/runs/r-1', { path: run }),
  row('POST /runs', '/runs', { body }, needed),
  row('POST /runs/wait', '/runs/wait', { body }, needed),
  row('POST /runs/stream', '/runs/stream', { body }, needed, events),
  row('POST /runs/batch', '/runs/batch', { body: [{ assistant_id: 'desk' }] }),

  row('GET /store/items', '/store/items?namespace=a.b&key=k', { query: { namespace: 'a.b', key: 'k' } }, ['query.key']),
  row('PUT /store/items', '/store/items', { body: { namespace: ['a'], key: 'k', value: { x: 1 } } }, [
    ...['body.namespace', 'body.key', 'body.value'],
  ]),
  row('DELETE /store/items', '/store/items', { body: { namespace: ['a'], key: 'k' } }, ['body.key']),
  row('POST /store/items/search', '/store/items/search', {
    body: { ...page, namespace_prefix: ['a'], filter: { x: 1 }, query: 'x' },
  }),
  row('POST /store/namespaces', '/store/namespaces', {
    body: { ...page, prefix: ['a'], suffix: ['b'], max_depth: 2 },
  }),

  row('GET /ok', '/ok?check_db=1', { query: { check_db: 1 } }),
  row('GET /info', '/info', {}),
]
