import type { Payload, PayloadReader } from '@parley/core'
import type { EventDraft } from '@parley/core/webhook'

/** A run that has ended, with the values of its thread. Only ids are read, because nothing proves the rest. */
export function readEvent(payload: Payload, reading: PayloadReader): EventDraft {
  const runId = reading.id(payload, 'run_id')
  const threadId = reading.id(payload, 'thread_id')
  const status = reading.text(payload, 'status') || null
  return {
    event: { kind: 'conversation.updated', conversation: reading.ref('conversation', threadId), contact: undefined },
    native: status === null ? 'run' : `run.${status}`,
    occurredAt: reading.time(payload, payload['run_ended_at'] == null ? 'updated_at' : 'run_ended_at'),
    identity: ['run', runId, status ?? ''],
  }
}
