import { type AnswerPart, ConflictError, type Message } from '@parley/core'
import { errors, type Mutant, refused, replace, unless, without } from './mutate.ts'

/** Changes the parts of a streamed answer as they come. */
const parts =
  (change: (part: AnswerPart) => readonly object[]): NonNullable<Mutant['adapter']> =>
  (adapter) =>
    replace(
      adapter,
      'messages.stream',
      (stream) =>
        async function* (...args) {
          for await (const part of stream(...args)) yield* change(part)
        },
    )

const noStreaming = { type: 'warning', warning: { code: 'no-streaming' } }

/** By the check that has to catch it: what is wrong with answers on their way, and with replies for later. */
export const streaming: Record<string, Mutant[]> = {
  'the parts of a streamed answer make up the answer that its one last part holds': [
    { adapter: parts((part) => (part.type === 'finish' ? [] : [part])) },
    { adapter: parts((part) => (part.type === 'finish' ? [part, part] : [part])) },
    { adapter: parts((part) => (part.type === 'text' ? [part, part] : [part])) },
    { adapter: parts((part) => (part.type === 'sources' ? [] : [part])) },
  ],
  'a streamed answer is in the thread once, after its question, like any other answer': [
    {
      adapter: (adapter) =>
        replace(
          adapter,
          'messages.stream',
          (stream) =>
            async function* (...args) {
              await adapter.messages?.ask?.(args[0], args[1])
              yield* stream(...args)
            },
        ),
    },
    {
      adapter: parts((part) =>
        part.type === 'finish' ? [{ ...part, answer: { ...part.answer, message: { id: 'other' } } }] : [part],
      ),
    },
  ],
  'an answer comes in several pieces, or after a no-streaming warning': [
    { adapter: parts((part) => (part.type === 'text' ? [] : [part])) },
    { adapter: parts((part) => (part.type === 'finish' ? [noStreaming, part] : [part])) },
  ],
  'a stream sends nothing before it is iterated': [
    {
      adapter: (adapter) =>
        replace(adapter, 'messages.stream', (stream) => (...args) => {
          const begun = stream(...args)
          const first = begun.next()
          return (async function* () {
            yield (await first).value
            yield* begun
          })()
        }),
    },
  ],
  'a stream that is aborted ends at once, with the caller’s reason or without another part': [
    { adapter: (adapter) => replace(adapter, 'messages.stream', (stream) => (target, input) => stream(target, input)) },
    {
      adapter: (adapter) =>
        replace(adapter, 'messages.stream', (stream) => (...args) => ({
          [Symbol.asyncIterator]: () => {
            const iterator = stream(...args)
            return { next: () => iterator.next() }
          },
        })),
    },
  ],
  'a streamed question whose response is lost is not asked again, and can be reconciled': [
    {
      adapter: (adapter) =>
        replace(
          adapter,
          'messages.stream',
          (stream) =>
            async function* (...args) {
              for await (const part of stream(...args)) {
                if (part.type === 'finish' && part.answer.outcome === 'unknown') yield* stream(...args)
                else yield part
              }
            },
        ),
    },
    { adapter: parts((part) => (part.type === 'finish' && part.answer.outcome === 'unknown' ? [] : [part])) },
  ],
  'a scheduled reply is scheduled, and no longer once it is cancelled': [
    {
      adapter: (adapter) =>
        replace(adapter, 'messages.cancel', () => async ({ id }) => ({ id, confirmed: true })),
    },
    {
      adapter: (adapter) =>
        replace(adapter, 'messages.reply', (reply) => (id, input) => reply(id, without('sendAt')(input))),
    },
  ],
  'cancelling a message that was already sent or cancelled is an error': [
    { adapter: errors('messages.cancel', unless('not-found', refused('no'))) },
    { adapter: errors('messages.cancel', unless('conflict', refused('no'))) },
    {
      adapter: (adapter) =>
        replace(
          adapter,
          'messages.cancel',
          (cancel) => (message: Message) => cancel(message).catch(() => ({ id: message.id, confirmed: false })),
        ),
    },
  ],
  'a scheduled reply is refused if the vendor cannot schedule, and is not sent now': [
    { adapter: (adapter) => hidden(adapter) },
    {
      adapter: (adapter) =>
        replace(hidden(adapter), 'messages.reply', (reply) => async (...args) => {
          await reply(...args)
          throw new ConflictError({ message: 'too late' })
        }),
    },
  ],
  'a status that the application sets is read back': [
    { adapter: (adapter) => replace(adapter, 'messages.setStatus', () => async () => {}) },
    { adapter: setsAlwaysRead() },
  ],
}

const hidden = (adapter: Parameters<NonNullable<Mutant['adapter']>>[0]) => {
  const { cancel: _, ...messages } = adapter.messages ?? {}
  return { ...adapter, messages }
}

function setsAlwaysRead(): NonNullable<Mutant['adapter']> {
  return (adapter) => replace(adapter, 'messages.setStatus', (set) => (message) => set(message, { status: 'read' }))
}
