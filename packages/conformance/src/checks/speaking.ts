import {
  type Adapter,
  isParleyError,
  requireOperation,
  type SendAttempt,
  type SendOptions,
  supports,
} from '@parley/core'
import { type Bench, type Check, checksOf, Violation } from '../check.ts'
import { ensure, ensureFails, ensureMatches, ensureSame, failureOf } from '../support/ensure.ts'
import { collect, idsOf, someContactId, talkingId, threadOf } from '../support/reading.ts'
import { counting, losing, otherId, unreadable } from '../support/requests.ts'
import { ask, questionOf, reply, speakingId, stream, type Verb, verbs } from '../support/writing.ts'

interface Way {
  /** A description of the way, for messages. */
  adapter: string
  /** `undefined`: the operation opens a conversation. */
  conversationId: string | undefined
  /** The number of writes that were sent. */
  sent(): number
  run(options: SendOptions): Promise<{ attempt: SendAttempt }>
}

export const speakingChecks: readonly Check[] = checksOf('speaking', [
  {
    name: 'a question asks the agent that it names, or is refused as unsupported and not sent',
    needs: ['messages.ask', 'agents.list'],
    async run(bench) {
      const agents = (await bench.adapter.agents?.list?.())?.items ?? []
      const contact = await someContactId(bench)
      const connection = counting(bench.harness.fetch)
      const adapter = await bench.open({ fetch: connection.fetch })
      const ask = requireOperation(adapter, 'messages.ask')
      for (const agentId of [...agents.slice(0, 2).map(({ id }) => id), nobody]) {
        const before = connection.writes()
        const question = { ...bench.harness.use?.ask, text: questionOf(bench), agentId }
        const asked = await outcomeOf(ask({ contact }, question))
        if (isUnsupported(asked.error)) {
          ensure(connection.writes() === before, 'The question was refused as unsupported, and sent all the same.')
        } else if (agentId === nobody) {
          ensure(asked.error, `An agent that does not exist was asked, and the question was "${asked.value?.outcome}".`)
        } else {
          if (isOfAnotherAgent(asked.error)) continue
          if (asked.error) throw asked.error
          if (!supports(adapter, 'conversations.get') || !asked.value?.conversationId) continue
          const conversation = await adapter.conversations.get(asked.value.conversationId)
          ensureAgent(conversation.agentId, agentId, 'asked')
        }
      }
    },
  },
  {
    name: 'a conversation is created with the agent that it names, or refused as unsupported and not created',
    needs: ['conversations.create', 'agents.list'],
    async run(bench) {
      const agents = (await bench.adapter.agents?.list?.())?.items ?? []
      const contact = await someContactId(bench)
      const connection = counting(bench.harness.fetch)
      const adapter = await bench.open({ fetch: connection.fetch })
      const create = requireOperation(adapter, 'conversations.create')
      for (const { id: agentId } of agents.slice(0, 2)) {
        const before = connection.writes()
        const created = await outcomeOf(create({ contact, agentId }))
        if (isUnsupported(created.error)) {
          ensure(connection.writes() === before, 'The agent was refused as unsupported after a request had been sent.')
        } else {
          if (isOfAnotherAgent(created.error)) continue
          if (created.error) throw created.error
          ensureAgent(created.value?.agentId, agentId, 'named')
        }
      }
    },
  },
  {
    name: 'a question whose response is lost is not asked again, and can be reconciled',
    needs: ['messages.ask', 'messages.reconcile', 'messages.list'],
    async run(bench) {
      const id = await speakingId(bench)
      const text = `${questionOf(bench)} (lost)`
      const connection = losing(bench.harness.fetch)
      const adapter = await bench.open({ fetch: connection.fetch })
      const answer = await ask(bench, adapter, id, text)
      ensure(connection.lost() === 1, 'Asking sent no write through the fetch it was given.')
      ensure(answer.outcome !== 'failed', 'The question was stored, but the operation failed.')
      const asked = (await threadOf(bench.adapter, id)).filter((message) => message.text === text)
      ensure(asked.length === 1, `The question is in the thread ${asked.length} times.`)
      const reconciliation = await adapter.messages?.reconcile?.(answer.attempt)
      ensure(
        reconciliation?.outcome === 'done',
        `The question is in the thread, but reconciles as "${reconciliation?.outcome}".`,
      )
    },
  },
  {
    name: 'asking gives the agent’s answer, and the thread then has it',
    needs: ['messages.ask', 'messages.list'],
    async run(bench) {
      const id = await speakingId(bench)
      const answer = await ask(bench, bench.adapter, id, questionOf(bench))
      ensure(answer.outcome === 'answered', `The question was "${answer.outcome}" instead of answered.`)
      ensure(answer.text, 'The question was answered without a text.')
      ensure(answer.message, 'The question was answered without a message.')
      ensure(answer.conversationId === id, `The answer is of conversation "${answer.conversationId}", not of "${id}".`)
      ensure(answer.message.author.kind === 'agent', `The answer is written by the ${answer.message.author.kind}.`)
      ensure(answer.message.text === answer.text, 'The text of the answer is not that of its message.')
      const stored = (await threadOf(bench.adapter, id)).find((message) => message.id === answer.message?.id)
      ensure(stored, 'The answer is not in the thread.')
      ensure(stored.author.kind === 'agent', `In the thread the answer is written by the ${stored.author.kind}.`)
      ensure(stored.text === answer.text, 'In the thread the answer has another text.')
    },
  },
  {
    name: 'a reply while the agent is in control is accepted, or refused as a conflict and not sent',
    needs: ['messages.reply', 'messages.list', 'control.release'],
    async run(bench) {
      const { adapter } = bench
      const id = await speakingId(bench)
      await adapter.control?.release?.(id)
      const text = 'A colleague here, without having taken over.'
      const error = await failureOf(
        Promise.resolve(adapter.messages?.reply?.(id, { text, ...bench.harness.use?.reply })),
      )
      const stored = (await threadOf(adapter, id)).filter((message) => message.text === text)
      if (error === undefined) return ensure(stored.length === 1, 'The reply was accepted but is not in the thread.')
      ensure(
        isParleyError(error) && error.code === 'conflict',
        `It was refused as ${String(error)}, not as a conflict.`,
      )
      ensure(error.outcome === 'not-done', `The refusal leaves open whether it was sent: ${String(error.outcome)}.`)
      ensure(stored.length === 0, 'It was refused but is in the thread.')
    },
  },
  {
    name: 'an attempt that was never made does not reconcile as done',
    needs: ['messages.reconcile', 'messages.list'],
    async run(bench) {
      const { adapter } = bench
      const conversationId = await talkingId(bench)
      const [first] = await threadOf(adapter, conversationId)
      const startedAt = first?.createdAt ?? '2026-01-01T00:00:00.000Z'
      for (const kind of ['ask', 'reply'] as const) {
        if (!supports(adapter, `messages.${kind}`)) continue
        const text = 'Nobody has ever said this: zqxj.'
        const attempt: SendAttempt = { kind, conversationId, messageId: null, text, startedAt }
        const reconciliation = await adapter.messages?.reconcile?.(attempt)
        ensure(reconciliation && reconciliation.outcome !== 'done', `A ${kind} that was never made reconciles as done.`)
        ensure(reconciliation.message === null && reconciliation.answer === null, `It reconciles with a message.`)
      }
    },
  },
  {
    name: 'asking for a contact opens a conversation and returns its id',
    needs: ['messages.ask', 'messages.list'],
    async run(bench) {
      const contact = await someContactId(bench)
      const text = `${questionOf(bench)} (new)`
      const answer = await bench.adapter.messages?.ask?.({ contact }, { text, ...bench.harness.use?.ask })
      ensure(answer?.outcome === 'answered', `The question was "${answer?.outcome}" instead of answered.`)
      ensure(answer.conversationId, 'The answer has no conversationId.')
      const thread = await threadOf(bench.adapter, answer.conversationId)
      ensure(
        thread.some((message) => message.text === text),
        'The question is not in that conversation.',
      )
    },
  },
  {
    name: 'speaking in a conversation that nobody has is not found, and nothing was sent',
    needs: ['conversations.list'],
    async run(bench) {
      const { adapter } = bench
      const id = otherId(await speakingId(bench))
      if (supports(adapter, 'messages.ask')) {
        const error = await ensureFails(ask(bench, adapter, id, 'Is anybody there?'), 'not-found', 'Asking in it')
        ensure(error.outcome !== 'unknown', 'It leaves open whether the question was sent.')
      }
      if (supports(adapter, 'messages.stream')) {
        const work = collect(stream(bench, adapter, id, 'Is anybody there?'))
        const error = await ensureFails(work, 'not-found', 'Streaming in it')
        ensure(error.outcome !== 'unknown', 'It leaves open whether the streamed question was sent.')
      }
      if (supports(adapter, 'messages.reply')) {
        const work = adapter.messages.reply(id, { text: 'Is anybody there?', ...bench.harness.use?.reply })
        const error = await ensureFails(work, 'not-found', 'Replying in it')
        ensure(error.outcome !== 'unknown', 'It leaves open whether the reply was sent.')
      }
    },
  },
  {
    name: 'a note stays among operators',
    needs: ['messages.note', 'messages.list'],
    async run(bench) {
      const id = await speakingId(bench)
      const text = 'Between us: the customer has called twice.'
      const sent = await bench.adapter.messages?.note?.(id, { text })
      ensure(sent?.outcome === 'accepted', `The note was "${sent?.outcome}" instead of accepted.`)
      const stored = (await threadOf(bench.adapter, id)).find((message) => message.text === text)
      ensure(stored, 'The note is not in the thread.')
      ensure(stored.direction === 'internal', `The note goes ${stored.direction}.`)
      ensure(stored.type.value === 'note', `The note is of type ${stored.type.value}.`)
    },
  },
  {
    name: 'a question is in the thread once, as the contact’s, before its answer',
    needs: ['messages.ask', 'messages.list'],
    async run(bench) {
      const id = await speakingId(bench)
      const text = `${questionOf(bench)} (once)`
      const answer = await ask(bench, bench.adapter, id, text)
      const thread = await threadOf(bench.adapter, id)
      const asked = thread.filter((message) => message.text === text)
      ensure(asked.length === 1, `The question is in the thread ${asked.length} times.`)
      const { author, direction } = asked[0] as (typeof asked)[0]
      ensure(
        author.kind === 'contact' && direction === 'inbound',
        `The question is by the ${author.kind}, ${direction}.`,
      )
      const place = thread.findIndex((message) => message.id === answer.message?.id)
      ensure(thread.findIndex((message) => message.text === text) < place, 'The answer stands before its question.')
    },
  },
  {
    name: 'a reply whose response is lost is not sent again, and can be reconciled',
    needs: ['messages.reply', 'messages.reconcile', 'messages.list'],
    async run(bench) {
      const id = await speakingId(bench)
      if (supports(bench.adapter, 'control.takeOver')) await bench.adapter.control.takeOver(id)
      const connection = losing(bench.harness.fetch)
      const adapter = await bench.open({ fetch: connection.fetch })
      const text = 'A colleague here: the line broke just now.'
      const sent = await adapter.messages?.reply?.(id, { text, ...bench.harness.use?.reply })
      ensure(connection.lost() === 1, 'Replying sent no write through the fetch it was given.')
      ensure(sent, 'The reply has no result.')
      const stored = (await threadOf(bench.adapter, id)).filter((message) => message.text === text)
      ensure(stored.length === 1, `The reply is in the thread ${stored.length} times.`)
      const reconciliation = await adapter.messages?.reconcile?.(sent.attempt)
      ensure(
        reconciliation?.outcome === 'done',
        `The reply is in the thread, but reconciles as "${reconciliation?.outcome}".`,
      )
    },
  },
  {
    name: 'a reply is accepted, and is in the thread once, on its way to the contact',
    needs: ['messages.reply', 'messages.list'],
    async run(bench) {
      const id = await speakingId(bench)
      const text = 'A colleague here: we keep it for you until Friday.'
      const sent = await reply(bench, bench.adapter, id, text)
      ensure(sent.outcome === 'accepted', `The reply was "${sent.outcome}" instead of accepted.`)
      ensure(sent.conversationId === id, `The reply went to conversation "${sent.conversationId}", not to "${id}".`)
      ensure(sent.attempt.kind === 'reply' && sent.attempt.text === text, 'The attempt has another text.')
      const stored = (await threadOf(bench.adapter, id)).filter((message) => message.text === text)
      ensure(stored.length === 1, `The reply is in the thread ${stored.length} times.`)
      const [{ direction, id: storedId }] = stored as [(typeof stored)[0]]
      ensure(sent.messageId === null || sent.messageId === storedId, 'The reply has another id in the thread.')
      ensure(direction === 'outbound', `The reply goes ${direction}.`)
    },
  },
  {
    name: 'a reply is the operator’s',
    needs: ['messages.reply', 'messages.list'],
    async run(bench) {
      const id = await speakingId(bench)
      const text = 'A colleague here: I am looking into it.'
      const { message } = await reply(bench, bench.adapter, id, text)
      const stored = (await threadOf(bench.adapter, id)).find((each) => each.text === text)
      ensure(stored, 'The reply is not in the thread.')
      ensure(stored.author.kind === 'operator', `In the thread the reply is by the ${stored.author.kind}.`)
      ensure(!message || message.author.kind === 'operator', `The reply is by the ${message?.author.kind}.`)
    },
  },
  {
    name: 'an attempt that was answered reconciles as done, also in another process',
    needs: ['messages.ask', 'messages.reconcile'],
    async run(bench) {
      const id = await speakingId(bench)
      const text = `${questionOf(bench)} (to be reconciled)`
      const { attempt, message } = await ask(bench, bench.adapter, id, text)
      ensureMatches(attempt, { kind: 'ask', conversationId: id, text }, 'The attempt')
      const stored = JSON.parse(JSON.stringify(attempt)) as SendAttempt
      const reconciliation = await (await bench.open({})).messages?.reconcile?.(stored)
      ensure(reconciliation?.outcome === 'done', `An ask that was answered reconciles as "${reconciliation?.outcome}".`)
      ensure(
        reconciliation.message === null || reconciliation.message.text === text,
        'It reconciles with another message.',
      )
      const found = reconciliation.answer?.message
      ensure(!found || found.id === message?.id, 'It reconciles with another answer.')
    },
  },
  {
    name: 'an answer has its sources as its sourcesState says',
    needs: ['messages.ask'],
    async run(bench) {
      const { adapter } = bench
      const { message, sources, sourcesState } = await ask(bench, adapter, await speakingId(bench), questionOf(bench))
      ensure(message, 'The question has no answer.')
      ensure(Array.isArray(sources), 'The answer has no list of sources.')
      if (sourcesState === 'inline')
        ensureSame(idsOf(sources), idsOf(message.sources ?? []), 'The sources of the answer')
      else
        ensure(sources.length === 0, `The answer has the sourcesState ${sourcesState} and ${sources.length} sources.`)
      if (sourcesState !== 'fetchable') return
      ensure(
        supports(adapter, 'sources.list'),
        'The answer’s sources are fetchable, but the adapter has no sources.list.',
      )
      const { items: fetched } = await adapter.sources.list(message)
      ensure(fetched.length > 0, 'The answer to a question from the knowledge has no sources.')
    },
  },
  {
    name: 'the caller gets the attempt before anything is sent, and every new fact about it before the answer',
    needs: ['messages.reconcile'],
    async run(bench) {
      for (const verb of verbs) {
        for await (const { adapter, conversationId, sent, run } of ways(bench, verb)) {
          const seen: { attempt: SendAttempt; copy: string; writes: number }[] = []
          const onAttempt = async (attempt: SendAttempt) => {
            seen.push({ attempt, copy: JSON.stringify(attempt), writes: sent() })
          }
          const { attempt } = await run({ onAttempt })
          const [first] = seen
          const what = `The attempt of ${verb.name} by ${adapter}`
          ensure(first, `${what} was not passed to onAttempt.`)
          ensure(first.writes === 0, `${what} was passed to onAttempt after ${first.writes} writes.`)
          ensureMatches(first.attempt, { kind: verb.kind, ...(conversationId && { conversationId }) }, what)
          const { conversationId: place, messageId, text, startedAt } = attempt
          ensureMatches(
            seen.at(-1)?.attempt,
            { conversationId: place, messageId, text, startedAt },
            `${what}, at last,`,
          )
          ensure(place !== null && messageId !== null, `${what} has no ids although the vendor answered.`)
          const isChanged = seen.some((each) => JSON.stringify(each.attempt) !== each.copy)
          ensure(!isChanged, `${what} changed after it was passed to onAttempt.`)
        }
      }
    },
  },
  {
    name: 'a read that fails before anything was sent ends in an error that says so',
    needs: ['messages.reconcile'],
    async run(bench) {
      const sending: [name: string, run: (adapter: Adapter) => Promise<unknown>][] = []
      for (const verb of verbs) {
        if (!supports(bench.adapter, `messages.${verb.name}`)) continue
        const place = await verb.place(bench)
        sending.push([verb.name, (adapter) => verb.run(bench, adapter, place, {})])
      }
      const id = await speakingId(bench)
      sending.push(['provideInput', async (adapter) => adapter.messages?.provideInput?.(id, { value: 'yes' })])
      for (const [name, run] of sending) {
        const connection = unreadable(bench.harness.fetch)
        const error = await failureOf(run(await bench.open({ fetch: connection.fetch })))
        // A vendor that takes a message without a look at its conversation has it, and its answer is only pending.
        if (error === undefined || connection.passed() > 0) continue
        ensure(isParleyError(error), `${name} failed with ${String(error)}, which is not a ParleyError.`)
        ensure(
          error.outcome === 'not-done',
          `${name} sent nothing, but its error has the outcome ${String(error.outcome)}.`,
        )
      }
    },
  },
  {
    name: 'nothing is sent when the attempt cannot be stored',
    needs: ['messages.reconcile'],
    async run(bench) {
      for (const verb of verbs) {
        for await (const { adapter, sent, run } of ways(bench, verb)) {
          const full = new Error('The store is full.')
          const onAttempt = async () => {
            throw full
          }
          const error = await failureOf(run({ onAttempt }))
          ensure(
            error === full,
            `${verb.name} by ${adapter} ended in ${String(error)} instead of what onAttempt threw.`,
          )
          ensure(sent() === 0, `${verb.name} by ${adapter} still sent ${sent()} writes.`)
        }
      }
    },
  },
  {
    name: 'nothing is sent when beforeSend throws, which is called after onAttempt',
    needs: ['messages.reconcile'],
    async run(bench) {
      for (const verb of verbs) {
        for await (const { adapter, sent, run } of ways(bench, verb)) {
          const [lost, called] = [new Error('Another process has taken over.'), [] as string[]]
          const onAttempt = () => void called.push('onAttempt')
          const beforeSend = async () => {
            called.push('beforeSend')
            throw lost
          }
          const error = await failureOf(run({ onAttempt, beforeSend }))
          ensure(error === lost, `${verb.name} by ${adapter} ended in ${String(error)}, not in what beforeSend threw.`)
          ensure(sent() === 0, `${verb.name} by ${adapter} still sent ${sent()} writes.`)
          const order = called.join(', ')
          ensure(order === 'onAttempt, beforeSend', `${verb.name} by ${adapter} called ${order}.`)
        }
      }
    },
  },
])

/** The ways to use an operation that sends: in a conversation, and to open one. */
async function* ways(bench: Bench, verb: Verb): AsyncGenerator<Way> {
  if (!supports(bench.adapter, `messages.${verb.name}`)) return
  const targets = [await verb.place(bench), ...(verb.opens ? [{ contact: await verb.contact(bench) }] : [])]
  for (const target of targets) {
    const connection = counting(bench.harness.fetch)
    const adapter = await bench.open({ fetch: connection.fetch })
    yield {
      adapter: typeof target === 'string' ? 'conversation' : 'contact',
      conversationId: typeof target === 'string' ? target : undefined,
      sent: connection.writes,
      run: (options) => verb.run(bench, adapter, target, options),
    }
  }
}

/** The id of no agent. */
const nobody = '00000000-0000-4000-8000-000000000000'

/** What the work resolves with, or the error that it rejects with. */
const outcomeOf = async <Value>(work: PromiseLike<Value>): Promise<{ value?: Value; error?: unknown }> => {
  try {
    return { value: await work }
  } catch (error) {
    return { error: error ?? new Violation('It failed with no value.') }
  }
}

/** A contact can belong to one agent, and is not found for another. */
const isOfAnotherAgent = (error: unknown): boolean => isParleyError(error) && error.code === 'not-found'

const isUnsupported = (error: unknown): boolean => isParleyError(error) && error.code === 'unsupported'

/** A vendor that does not say which agent a conversation has cannot be held to it. */
const ensureAgent = (shown: string | null | undefined, agentId: string, verb: string): void =>
  ensure(
    shown === undefined || shown === null || shown === agentId,
    `"${agentId}" was ${verb}, but the conversation has "${shown}".`,
  )
