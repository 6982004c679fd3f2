import {
  type Adapter,
  type Answer,
  type AnswerPart,
  type AskInput,
  type ConversationTarget,
  errorOf,
  isParleyError,
  type Message,
  type OperationOptions,
  type Reconciliation,
  requireOperation,
  type SendAttempt,
  type SendOptions,
  supports,
  type Traits,
  type Visitor,
} from '@parley/core'
import { isGone } from '@parley/core/operations'
import type { ChatbotInput } from './chatbot.ts'
import type { Memory, Time } from './memory.ts'
import type { recentMessages } from './recent.ts'
import type { Visitors } from './visitors.ts'

/** A question that is about to be sent. */
export interface Question {
  target: ConversationTarget
  input: AskInput
  options: SendOptions
}

/** Asks the agent in a visitor's conversation: one question at a time, and each question once. */
export function askingOf(
  agent: Adapter,
  {
    visitors,
    recent,
    traitsOf,
  }: {
    visitors: Visitors
    recent: ReturnType<typeof recentMessages>
    traitsOf: () => Promise<Traits | undefined>
  },
) {
  const { refOf } = visitors

  /** The visitor's conversation, opened if there is none. `isOld`: there was one before. */
  async function placeFor(key: string, visitor: Visitor, time: Time): Promise<Memory & { isOld: boolean }> {
    const known = await visitors.recall(key)
    const isOpen = known !== undefined && (known.conversationId !== null || !supports(agent, 'conversations.create'))
    const memory = isOpen ? known : await open(key, visitor, known, time)
    const keys = await visitors.linkKeys(key, visitor, memory.keys ?? [])
    const now = {
      ...memory,
      ...(keys.length > 0 && { keys }),
      visitor: { ...identity(visitor), ...memory.visitor },
      unverified: { ...memory.unverified, ...(visitor.verified ? {} : addresses(visitor)) },
    }
    if (!isOpen || JSON.stringify(now) !== JSON.stringify(memory)) await visitors.keep(key, now)
    return { ...now, isOld: typeof known?.conversationId === 'string' }
  }

  /** @param before what an earlier call remembered that was stopped while it opened the conversation. */
  async function open(key: string, visitor: Visitor, before: Memory | undefined, time: Time): Promise<Memory> {
    const { contact } = await requireOperation(agent, 'contacts.ensure')(visitor, time.options())
    const memory: Memory = {
      ...{ visitor: identity(visitor), asked: [], unverified: {} },
      ...before,
      ...{ contactId: contact.id, conversationId: null, began: null, beganAt: null },
    }
    if (!supports(agent, 'conversations.create')) return memory
    // Remembered before the conversation exists, so that a call after this one looks for it.
    await visitors.keep(key, memory)
    const id = (before && (await emptyConversation(contact.id, time))) ?? (await opened(contact.id, time))
    const newest = await newestIn(id, time)
    return { ...memory, conversationId: id, began: newest?.id ?? null, beganAt: newest?.createdAt ?? null }
  }

  const opened = async (contact: string, time: Time): Promise<string> =>
    (await requireOperation(agent, 'conversations.create')({ contact }, time.options())).id

  /** A conversation of the contact in which nothing was said: it may be the one that an earlier call opened. */
  async function emptyConversation(contactId: string, time: Time): Promise<string | undefined> {
    if (!supports(agent, 'conversations.list') || !supports(agent, 'messages.list')) return undefined
    for (const { id } of (await agent.conversations.list({ contactId, limit: 5 }, time.options())).items)
      if ((await agent.messages.list(id, { limit: 1 }, time.options())).items.length === 0) return id
    return undefined
  }

  /** Where contacts have one conversation, it may have messages from before this chat. */
  async function newestIn(conversationId: string, time: Time): Promise<Message | undefined> {
    const isShared = (await traitsOf())?.conversationsPerContact?.value === 'one'
    if (!isShared || !supports(agent, 'messages.list')) return undefined
    return (await agent.messages.list(conversationId, { limit: 1 }, time.options())).items[0]
  }

  /** What becomes of a question that was asked before. `undefined`: it was not, or provably did not arrive. */
  async function knownAnswer(key: string, { id, text }: ChatbotInput, time: Time): Promise<Answer | undefined> {
    if (id === undefined) return undefined
    const memory = await visitors.recall(key)
    const asked = memory?.asked.find((each) => each.id === id)
    if (!memory || !asked) return undefined
    if (asked.attempt.text.trim() !== text.trim())
      throw errorOf(visitors.placeOf('ask'), 'conflict', 'another question was asked with this id.', {
        fields: [{ path: 'id', problem: 'belongs to another text' }],
      })
    const stored = asked.state === 'done' ? await visitors.storedAnswer(key, id) : undefined
    if (stored) return stored
    const found = await reconcile(asked.attempt, time.options())
    if (found.outcome === 'not-done') {
      await visitors.drop(key, asked)
      return undefined
    }
    const outcome = found.outcome === 'done' ? 'pending' : 'unknown'
    const answer = withContact(found.answer ?? answerless(outcome, found.attempt), memory.contactId)
    await visitors.remember(key, { ...asked, attempt: found.attempt }, answer)
    return answer
  }

  const reconcile = async (attempt: SendAttempt, own: OperationOptions): Promise<Reconciliation> =>
    supports(agent, 'messages.reconcile')
      ? agent.messages.reconcile(attempt, own)
      : { outcome: 'unknown', message: null, answer: null, attempt }

  const answerless = (outcome: Answer['outcome'], attempt: SendAttempt): Answer => ({
    ...{ outcome, text: null, message: null, messages: [], sources: [], sourcesState: 'unavailable' as const },
    conversationId: attempt.conversationId,
    conversationRef: attempt.conversationId === null ? null : refOf('conversation', attempt.conversationId),
    attempt,
    warnings: [],
  })

  const withContact = (answer: Answer, contactId: string): Answer => ({
    ...answer,
    contactId,
    contactRef: answer.contactRef ?? refOf('contact', contactId),
  })

  /** Sends a question and keeps what becomes of it. */
  async function* send(
    key: string,
    visitor: Visitor,
    { id, ...given }: ChatbotInput,
    time: Time<SendOptions>,
    run: (question: Question) => AsyncIterable<AnswerPart>,
  ): AsyncGenerator<AnswerPart, void, undefined> {
    const own = id === undefined ? {} : { id }
    for (;;) {
      const { conversationId, contactId, isOld } = await placeFor(key, visitor, withoutAttempt(time))
      const input = isOld ? given : await recent.contextFor(visitor, given)
      const options = time.options()
      let attempt: SendAttempt | undefined
      const onAttempt = async (now: SendAttempt) => {
        const isFirst = attempt === undefined
        attempt = now
        await visitors.remember(key, { ...own, attempt: now, state: 'open' })
        try {
          await options.onAttempt?.(now)
        } catch (error) {
          // Nothing is sent then.
          if (isFirst) await visitors.drop(key, { ...own, attempt: now })
          throw error
        }
      }
      const finished = async (given: Answer): Promise<Answer> => {
        const answer = withContact(given, contactId)
        try {
          await visitors.remember(key, { ...own, attempt: answer.attempt, state: 'open' }, answer)
          await recent.keep(visitor, input.text, answer.text)
        } catch (error) {
          // The question is asked: an error now would invite the caller to ask it again.
          if (!isParleyError(error)) throw error
        }
        return answer
      }
      let hasBegun = false
      try {
        const target = conversationId ?? { contact: contactId }
        for await (const part of run({ target, input, options: { ...options, onAttempt } })) {
          hasBegun ||= part.type !== 'warning'
          yield part.type === 'finish' ? { type: 'finish', answer: await finished(part.answer) } : part
        }
        return
      } catch (error) {
        const isUnsent = isParleyError(error) && error.outcome === 'not-done'
        if (isUnsent && attempt) await visitors.drop(key, { ...own, attempt })
        if (hasBegun || !isOld || !isGone(error)) throw error
        // The vendor has deleted the conversation, so that the question was stored nowhere.
        await visitors.leave(key)
      }
    }
  }

  return {
    answerless,
    reconcile,

    async *parts(
      visitor: Visitor,
      input: ChatbotInput,
      time: Time<SendOptions>,
      run: (question: Question) => AsyncIterable<AnswerPart>,
    ): AsyncGenerator<AnswerPart, void, undefined> {
      const { key, release } = await visitors.hold('ask', visitor, time)
      try {
        const known = await knownAnswer(key, input, withoutAttempt(time))
        if (!known) return yield* send(key, visitor, input, time, run)
        if (known.text) yield { type: 'text', text: known.text }
        yield { type: 'finish', answer: known }
      } finally {
        await release()
      }
    },
  }
}

const withoutAttempt = (time: Time<SendOptions>): Time => ({
  wait: time.wait,
  options: () => {
    const { onAttempt: _, ...own } = time.options()
    return own
  },
})

/** What identifies a visitor. */
const identity = ({ externalId, email, phone, verified }: Visitor): Visitor => ({
  ...(externalId?.trim() && { externalId }),
  ...(verified && { ...addresses({ email, phone } as Visitor), verified }),
})

const addresses = ({ email, phone }: Visitor): Memory['unverified'] => ({
  ...(email?.trim() && { email }),
  ...(phone?.trim() && { phone }),
})
