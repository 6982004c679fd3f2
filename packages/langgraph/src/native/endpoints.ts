import type { FieldLimit, NativeEndpoint, NativeEndpoints } from '@parley/core'
import type { LangGraphEndpoints } from './types.ts'

const page: Readonly<Record<string, FieldLimit>> = { limit: { min: 1, max: 1000 }, offset: { min: 0 } }

/** The deadline of a request that waits for a run, in milliseconds. */
const whileRunning = 300_000

const run: Pick<NativeEndpoint, 'required'> = { required: { body: ['assistant_id'] } }
const failure = 'A run that failed is a 200 with `__error__`; one that was interrupted has `__interrupt__`.'
const events = 'The answer is the text of the server-sent events.'

/** The routes of the server, in the order of its reference. */
export const endpoints: NativeEndpoints<LangGraphEndpoints> = {
  'POST /assistants': { summary: 'Create an assistant', required: { body: ['graph_id'] } },
  'POST /assistants/search': { summary: 'Search assistants', safe: true, limits: page },
  'POST /assistants/count': { summary: 'Count assistants', safe: true },
  'GET /assistants/{assistantId}': { summary: 'Get an assistant' },
  'PATCH /assistants/{assistantId}': { summary: 'Change an assistant', notes: ['Makes a new version.'] },
  'DELETE /assistants/{assistantId}': {
    summary: 'Delete an assistant',
    answer: 'none',
    notes: ['Without the assistant that the server made for a graph, the graph’s name stands for none.'],
  },
  'GET /assistants/{assistantId}/graph': { summary: 'Get an assistant’s graph' },
  'GET /assistants/{assistantId}/schemas': { summary: 'Get the schemas of a graph' },
  'GET /assistants/{assistantId}/subgraphs': { summary: 'Get the subgraphs of a graph' },
  'POST /assistants/{assistantId}/versions': { summary: 'List an assistant’s versions', safe: true, limits: page },
  'POST /assistants/{assistantId}/latest': {
    summary: 'Make a version the latest',
    required: { body: ['version'] },
    idempotent: true,
  },

  'POST /threads': { summary: 'Create a thread', idempotent: ({ body }) => body('if_exists') === 'do_nothing' },
  'POST /threads/search': { summary: 'Search threads', safe: true, limits: page },
  'POST /threads/count': { summary: 'Count threads', safe: true },
  'GET /threads/{threadId}': { summary: 'Get a thread with its values' },
  'PATCH /threads/{threadId}': {
    summary: 'Change a thread’s metadata',
    required: { body: ['metadata'] },
    idempotent: true,
  },
  'DELETE /threads/{threadId}': { summary: 'Delete a thread', answer: 'none' },
  'POST /threads/{threadId}/copy': { summary: 'Copy a thread' },
  'GET /threads/{threadId}/state': { summary: 'Get the state of a thread' },
  'POST /threads/{threadId}/state': { summary: 'Change the state of a thread' },
  'GET /threads/{threadId}/state/{checkpointId}': { summary: 'Get the state at a checkpoint' },
  'GET /threads/{threadId}/history': { summary: 'List the states of a thread' },
  'POST /threads/{threadId}/history': { summary: 'List the states of a thread, with filters', safe: true },

  'GET /threads/{threadId}/runs': {
    summary: 'List the runs of a thread',
    notes: ['The JavaScript server lists the oldest first.'],
  },
  'POST /threads/{threadId}/runs': { summary: 'Start a run in the background', ...run },
  'POST /threads/{threadId}/runs/wait': {
    summary: 'Run and wait for the result',
    ...run,
    timeout: whileRunning,
    notes: [failure],
  },
  'POST /threads/{threadId}/runs/stream': {
    summary: 'Run and stream the output',
    ...run,
    answer: 'text',
    timeout: whileRunning,
    notes: [events],
  },
  'GET /threads/{threadId}/runs/{runId}': { summary: 'Get a run' },
  'GET /threads/{threadId}/runs/{runId}/join': {
    summary: 'Wait for a run',
    timeout: whileRunning,
    notes: [failure],
  },
  'GET /threads/{threadId}/runs/{runId}/stream': {
    summary: 'Stream the output of a run',
    answer: 'text',
    timeout: whileRunning,
    notes: [events],
  },
  'POST /threads/{threadId}/runs/{runId}/cancel': { summary: 'Cancel a run', answer: 'none', idempotent: true },
  'DELETE /threads/{threadId}/runs/{runId}': { summary: 'Delete a run', answer: 'none' },
  'POST /runs': { summary: 'Start a run without a thread', ...run },
  'POST /runs/wait': {
    summary: 'Run without a thread and wait for the result',
    ...run,
    timeout: whileRunning,
    notes: [failure],
  },
  'POST /runs/stream': {
    summary: 'Run without a thread and stream the output',
    ...run,
    answer: 'text',
    timeout: whileRunning,
    notes: [events],
  },
  'POST /runs/batch': { summary: 'Start several runs without threads' },

  'GET /store/items': { summary: 'Get an item of the store', required: { query: ['key'] } },
  'PUT /store/items': {
    summary: 'Put an item into the store',
    required: { body: ['namespace', 'key', 'value'] },
    answer: 'none',
  },
  'DELETE /store/items': { summary: 'Delete an item of the store', required: { body: ['key'] }, answer: 'none' },
  'POST /store/items/search': { summary: 'Search the store', safe: true, limits: page },
  'POST /store/namespaces': { summary: 'List the namespaces of the store', safe: true, limits: page },

  'GET /ok': { summary: 'Whether the server works' },
  'GET /info': { summary: 'Version and features of the server' },
}
