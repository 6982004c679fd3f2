import { ConflictError, type OperationName, PermissionError, UnsupportedError } from '@parley/core'
import { each, errors, type Mutant, pages, refused, replace, result, unless } from './mutate.ts'

/** By the check that has to catch it: what is wrong with messages, speaking and control. */
export const speaking: Record<string, Mutant[]> = {
  'messages that share a row of the vendor have ids and refs of their own, and the answer names its question': [
    { adapter: each('messages', (item) => ({ ...item, id: rowOf(item.id), ref: rowOf(item.ref) })) },
    { adapter: each('messages', (item) => ({ ...item, ref: rowOf(item.ref) })) },
    { adapter: each('messages', (item) => ({ ...item, inReplyTo: item.inReplyTo && rowOf(item.inReplyTo) })) },
    { adapter: each('messages', ({ inReplyTo: _, ...item }) => item) },
    {
      adapter: pages('messages.list', (page) => ({
        ...page,
        items: page.items.filter(({ id }) => !id.endsWith('#question')),
      })),
    },
  ],
  'every message has an author, a basis for it, and the direction that fits the author': [
    { adapter: each('messages', (item) => ({ ...item, author: { ...item.author, kind: 'agent' } })) },
    { adapter: each('messages', (item) => ({ ...item, direction: 'outbound' })) },
    { adapter: each('messages', (item) => ({ ...item, author: { kind: item.author.kind } })) },
  ],
  'every message names the conversation it is in': [
    { adapter: each('messages', (item) => ({ ...item, conversationId: item.id })) },
  ],
  'a message that answers another names an existing, older message': [
    { adapter: each('messages', (item) => ({ ...item, inReplyTo: item.id })) },
  ],
  'sourcesState says where the sources of a message are, and they are there': [
    { adapter: each('messages', (item) => ({ ...item, sourcesState: 'inline' })) },
    { adapter: each('messages', (item) => ({ ...item, sources: [] })) },
    { adapter: ({ sources: _, ...adapter }) => adapter },
  ],
  'a score of a source has a metric and a direction': [
    { adapter: scored({ metric: 'similarity', higherIsBetter: false }) },
    { adapter: scored({ value: '85 %' }) },
  ],
  'answers of the agent can be traced to sources that say what they are': [
    {
      adapter: each('messages', (item) => ({
        ...item,
        ...sourcesOf(item, ({ title: _, url: __, ...rest }) => ({ ...rest, id: '1#0' })),
      })),
    },
  ],
  'every written message has its text, without markup': [
    { adapter: each('messages', (item) => ({ ...item, text: `<p>${item.text}</p>` })) },
    { adapter: each('messages', (item) => ({ ...item, text: null })) },
  ],
  'asking gives the agent’s answer, and the thread then has it': [
    { adapter: result('messages.ask', (answer) => ({ ...answer, outcome: 'pending' })) },
    { adapter: result('messages.ask', (answer) => ({ ...answer, text: 'Something else.' })) },
  ],
  'a question is in the thread once, as the contact’s, before its answer': [{ adapter: twice('messages.ask') }],
  'an attempt that was answered reconciles as done, also in another process': [
    { adapter: result('messages.reconcile', (reconciliation) => ({ ...reconciliation, outcome: 'unknown' })) },
  ],
  'an answer has its sources as its sourcesState says': [
    { adapter: result('messages.ask', (answer) => ({ ...answer, sources: [] })) },
  ],
  'asking for a contact opens a conversation and returns its id': [
    { adapter: result('messages.ask', (answer) => ({ ...answer, conversationId: null })) },
  ],
  'a question whose response is lost is not asked again, and can be reconciled': [{ adapter: again('messages.ask') }],
  'a reply is accepted, and is in the thread once, on its way to the contact': [
    { adapter: twice('messages.reply') },
    { adapter: result('messages.reply', (sent) => ({ ...sent, outcome: 'unknown' })) },
    { adapter: each('messages', (item) => ({ ...item, direction: 'inbound' })) },
  ],
  'a reply is the operator’s': [
    { adapter: each('messages', (item) => ({ ...item, author: { ...item.author, kind: 'agent' } })) },
  ],
  'a reply whose response is lost is not sent again, and can be reconciled': [{ adapter: again('messages.reply') }],
  'a reply while the agent is in control is accepted, or refused as a conflict and not sent': [
    { adapter: errors('messages.reply', unless('conflict', refused('no'))) },
    { adapter: errors('messages.reply', unless('conflict', new ConflictError({ message: 'no', outcome: 'unknown' }))) },
  ],
  'a note stays among operators': [
    { adapter: each('messages', (item) => ({ ...item, direction: 'outbound' })) },
    { adapter: each('messages', (item) => ({ ...item, type: { value: 'text', native: null } })) },
  ],
  'an attempt that was never made does not reconcile as done': [
    { adapter: result('messages.reconcile', (reconciliation) => ({ ...reconciliation, outcome: 'done' })) },
  ],
  'speaking in a conversation that nobody has is not found, and nothing was sent': [
    { adapter: errors('messages.ask', unless('not-found', refused('no'))) },
    { adapter: errors('messages.reply', unless('not-found', refused('no'))) },
  ],
  'a question asks the agent that it names, or is refused as unsupported and not sent': [
    { adapter: input('messages.ask', 1, ({ agentId: _, ...rest }) => rest) },
    { adapter: each('conversations', (item) => ({ ...item, agentId: 'agent-0a' })) },
    { adapter: refusing('messages.ask') },
  ],
  'a conversation is created with the agent that it names, or refused as unsupported and not created': [
    { adapter: input('conversations.create', 0, ({ agentId: _, ...rest }) => rest) },
    { adapter: refusing('conversations.create') },
  ],
  'an agent that waits for a person says for what, and goes on when it gets it': [
    { adapter: result('messages.ask', ({ inputRequests: _, ...answer }) => answer) },
    { adapter: result('messages.ask', (answer) => ({ ...answer, outcome: 'unanswered' })) },
    { adapter: result('control.get', ({ inputRequests: _, ...control }) => control) },
    { adapter: result('messages.provideInput', (answer) => ({ ...answer, outcome: 'pending' })) },
    {
      adapter: result('messages.provideInput', (answer) => ({
        ...answer,
        attempt: { ...answer.attempt, kind: 'ask' },
      })),
    },
  ],
  'an input that no agent waits for is a conflict, and nothing is sent': [
    { adapter: errors('messages.provideInput', unless('conflict', refused('no'))) },
    {
      adapter: errors(
        'messages.provideInput',
        unless('conflict', new ConflictError({ message: 'no', outcome: 'unknown' })),
      ),
    },
  ],
  'a question while the agent waits for a person is a conflict, and is not sent': [
    { adapter: errors('messages.ask', unless('conflict', refused('no'))) },
  ],
  'a streamed question while the agent waits for a person is a conflict, and is not sent': [
    {
      adapter: (adapter) =>
        replace(
          adapter,
          'messages.stream',
          (stream) =>
            async function* (...args) {
              try {
                yield* stream(...args)
              } catch (error) {
                throw unless('conflict', refused('no'))(error)
              }
            },
        ),
    },
  ],
  'a reply while the agent waits for a person is a conflict, and is not sent': [
    { adapter: errors('messages.reply', unless('conflict', refused('no'))) },
    {
      adapter: errors('messages.reply', unless('conflict', new ConflictError({ message: 'no', outcome: 'unknown' }))),
    },
  ],
  'an input whose response is lost is not given again, and can be reconciled': [
    { adapter: again('messages.provideInput') },
    { adapter: result('messages.reconcile', (reconciliation) => ({ ...reconciliation, outcome: 'unknown' })) },
  ],
  'a read that fails before anything was sent ends in an error that says so': [
    { adapter: errors('messages.ask', unless('permission', new PermissionError({ message: 'no' }))) },
    { adapter: errors('messages.provideInput', unless('permission', new PermissionError({ message: 'no' }))) },
  ],
  'an answer of several messages has all of them in their order': [
    { adapter: result('messages.ask', (answer) => ({ ...answer, messages: answer.messages.slice(-1) })) },
    { adapter: result('messages.ask', (answer) => ({ ...answer, messages: answer.messages.toReversed() })) },
    { adapter: result('messages.ask', (answer) => ({ ...answer, message: answer.messages[0] ?? null })) },
    { adapter: result('messages.ask', (answer) => ({ ...answer, text: answer.message?.text ?? null })) },
  ],
  'taking over and releasing change who is in control, wherever one looks': [
    { adapter: (adapter) => replace(adapter, 'control.release', () => async () => ({ holder: 'agent' })) },
    { adapter: result('control.get', (control) => ({ ...control, holder: 'agent' })) },
  ],
  'while an operator is in control the agent stays silent, and an ask says so': [
    { adapter: result('messages.ask', (answer) => ({ ...answer, outcome: 'answered' })) },
    { adapter: (adapter) => replace(adapter, 'control.takeOver', () => async () => ({ holder: 'operator' })) },
  ],
}

function sourcesOf(item: { sources?: object[] }, change: (source: Record<string, unknown>) => object): object {
  return item.sources ? { sources: item.sources.map((source) => change(source as never)) } : {}
}

function scored(score: object): NonNullable<Mutant['adapter']> {
  return each('messages', (item) => ({
    ...item,
    ...sourcesOf(item, (source) => ({ ...source, score: { ...(source['score'] as object), ...score } })),
  }))
}

/** Sends everything twice. */
function twice(name: 'messages.ask' | 'messages.reply'): NonNullable<Mutant['adapter']> {
  return (adapter) =>
    replace(adapter, name, (send) => async (...args) => {
      await send(...args)
      return send(...args)
    })
}

/** Sends again what it does not know the outcome of. */
function again(name: 'messages.ask' | 'messages.reply' | 'messages.provideInput'): NonNullable<Mutant['adapter']> {
  return (adapter) =>
    replace(adapter, name, (send) => async (...args) => {
      const sent = await send(...args)
      return sent.outcome === 'unknown' ? send(...args) : sent
    })
}

/** Changes the input of an operation. */
function input(name: OperationName, place: number, change: (value: Input) => object): NonNullable<Mutant['adapter']> {
  return (adapter) =>
    replace(
      adapter,
      name,
      (call) =>
        (...args) =>
          call(...args.with(place, change(args[place]))),
    )
}

// biome-ignore lint/suspicious/noExplicitAny: whatever the operation is, its input is an object
type Input = any

/** Does it, and then says that the agent cannot be chosen. */
function refusing(name: OperationName): NonNullable<Mutant['adapter']> {
  return result(name, () => {
    throw new UnsupportedError({ message: 'no', operation: name })
  })
}

/** The id of the row alone. */
const rowOf = (id: string): string => id.replace(/#(?:question|answer)$/, '')
