import { type Adapter, type AnswerPart, isRecord, type OperationName, supports } from '@parley/core'

/** The operations that change something at the vendor of which the store has a copy. */
const writes = [
  ...(['agents.create', 'agents.update', 'agents.delete'] as const),
  ...(['conversations.create', 'conversations.start', 'conversations.update', 'conversations.close'] as const),
  ...(['conversations.assign', 'conversations.delete', 'conversations.deleteForContact'] as const),
  ...(['messages.ask', 'messages.reply', 'messages.note', 'messages.provideInput', 'messages.reconcile'] as const),
  ...(['messages.cancel', 'messages.setStatus', 'feedback.give', 'control.takeOver', 'control.release'] as const),
  ...(['contacts.create', 'contacts.upsert', 'contacts.ensure', 'contacts.delete'] as const),
] satisfies OperationName[]

/** A write that has ended. */
export interface Done {
  adapter: Adapter
  operation: OperationName
  /** The first argument of the operation. */
  target: unknown
  /** `undefined`: it failed, and may have been done in part. */
  result: unknown
  /** How long it took, in milliseconds. */
  elapsed: number
}

/** Stores what a write has changed. */
export type Keep = (done: Done) => Promise<void>

/**
 * The adapter, with writes that store what they changed, so that a read after a write sees it. A write that was done does not
 * fail because it could not be stored: the caller would do it again.
 */
export function recordingAdapter(adapter: Adapter, keep: Keep): Adapter {
  const recording: Record<string, unknown> = { ...adapter }
  const replace = (operation: OperationName, make: (original: AnyOperation) => AnyOperation) => {
    if (!supports(adapter, operation)) return
    const [group, verb] = operation.split('.') as [string, string]
    const operations = recording[group] as Record<string, AnyOperation>
    recording[group] = { ...operations, [verb]: make(operations[verb] as AnyOperation) }
  }
  for (const operation of writes)
    replace(operation, (original) => async (...args) => {
      const begun = performance.now()
      const kept = (result: unknown) =>
        keep({ adapter, operation, target: args[0], result, elapsed: performance.now() - begun })
      let result: unknown
      try {
        result = await original(...args)
      } catch (error) {
        await kept(undefined).catch(() => {})
        throw error
      }
      return kept(result).then(
        () => result,
        () => withWarning(adapter, operation, result),
      )
    })
  replace(
    'messages.stream',
    (original) =>
      async function* (...args) {
        const begun = performance.now()
        for await (const part of original(...args) as AsyncIterable<AnswerPart>) {
          if (part.type === 'finish') {
            const [target, result, elapsed] = [args[0], part.answer, performance.now() - begun]
            await keep({ adapter, operation: 'messages.stream', target, result, elapsed }).catch(() => {})
          }
          yield part
        }
      },
  )
  return recording as unknown as Adapter
}

type AnyOperation = (...args: unknown[]) => unknown

function withWarning({ vendor, account }: Adapter, operation: string, result: unknown): unknown {
  if (!isRecord(result) || !Array.isArray(result['warnings'])) return result
  const message = 'The vendor has done this, but the store could not be changed. The next sync brings it.'
  return { ...result, warnings: [...result['warnings'], { code: 'degraded', message, vendor, account, operation }] }
}
