import {
  type Adapter,
  type Answer,
  type AnswerPart,
  type AskInput,
  type ConversationTarget,
  checkFunctionOptions,
  checkInput,
  clockOption,
  errorOf,
  functionOption,
  isParleyError,
  isRecord,
  memoryStore,
  type OperationOptions,
  optional,
  type Reconciliation,
  requireOperation,
  type SendAttempt,
  type SendOptions,
  serialize,
  stateStoreOption,
  supports,
  systemClock,
  type Traits,
  unsupportedReason,
  type Visitor,
} from '@parley/core'
import { checkVisitor, digest, visitorNames } from '@parley/core/operations'
import type { Chatbot, ChatbotInput, ChatbotOptions, HandOff, LateAnswer } from './chatbot.ts'
import { type Asked, guarded, type Memory, memoryIn, mostAsked } from './memory.ts'
import { recentMessages } from './recent.ts'

/**
 * Puts an account's agent behind a website.
 *
 * ```ts
 * const bot = createChatbot({ agent: liveChatAI(), store: fileStore({ folder: 'visitors' }) })
 * const answer = await bot.ask({ externalId: 'web-4711' }, { text: 'When do you open?' })
 * ```
 *
 * It sends nothing when it is made.
 *
 * @throws ConfigurationError for an invalid option, and when the agent's vendor cannot be asked.
 */
export function createChatbot(options: ChatbotOptions): Chatbot {
  checkFunctionOptions('createChatbot', options, {
    agent: (value) => (isRecord(value) && isRecord(value['messages']) ? undefined : 'must be an adapter'),
    store: optional(stateStoreOption),
    carryOver: optional((value) =>
      isRecord(value) && Number.isInteger(value['messages']) ? undefined : 'must be { messages, keepFor }',
    ),
    onAnswer: optional(functionOption),
    onHandOff: optional(functionOption),
    clock: optional(clockOption),
  })
  const { agent, carryOver, onAnswer, onHandOff, clock = systemClock } = options
  const { vendor, account } = agent
  const store = guarded(options.store ?? memoryStore(), { vendor, account })
  const placeOf = (operation: string) => ({ vendor, account, operation: `chatbot.${operation}` })
  let traits: Promise<Traits | undefined> | undefined
  const traitsOf = (): Promise<Traits | undefined> => {
    traits ??= Promise.resolve(agent.traits?.())
    return traits
  }

  const keysOf = async (operation: string, visitor: Visitor): Promise<string[]> => {
    const place = placeOf(operation)
    return (await visitorNames(place, checkVisitor(place, visitor, 'visitor'))).map((name) => `chatbot ${name}`)
  }

  /** The name under which a visitor is remembered at this account: that of any of the visitor's keys. */
  async function keyOf(operation: string, visitor: Visitor): Promise<string> {
    const keys = await keysOf(operation, visitor)
    for (const key of keys) {
      const value = await store.read(key)
      if (memoryIn(value)) return key
      if (isRecord(value) && typeof value['sameAs'] === 'string') return value['sameAs']
    }
    return keys[0] as string
  }

  /** Lets the visitor's other keys lead to the same conversation. */
  async function linkKeys(key: string, visitor: Visitor): Promise<void> {
    const [first, ...others] = await keysOf('ask', visitor)
    if (others.length === 0) return
    for (const other of [first as string, ...others]) {
      const value = other === key ? undefined : await store.read(other)
      // A chat of its own under another key stays as it is.
      const isLinked = other === key || memoryIn(value) || (isRecord(value) && value['sameAs'] === key)
      if (!isLinked) await store.write(other, { sameAs: key })
    }
  }
  const answerKey = async (key: string, id: string): Promise<string> => `${key} answer ${await digest(id)}`
  const recall = async (key: string): Promise<Memory | undefined> => memoryIn(await store.read(key))

  /** Runs `work` while no other call works for the visitor. */
  async function alone<T>(key: string, work: () => Promise<T>): Promise<T> {
    const release = await store.hold(key)
    try {
      return await work()
    } finally {
      await release()
    }
  }

  /** The visitor's conversation, opened if there is none. */
  async function placeFor(key: string, visitor: Visitor, own: OperationOptions): Promise<Memory> {
    const known = await recall(key)
    const isOpen = known !== undefined && (known.conversationId !== null || !supports(agent, 'conversations.create'))
    const memory = isOpen ? known : await open(key, visitor, known, own)
    await linkKeys(key, visitor)
    const unverified = { ...memory.unverified, ...(visitor.verified ? {} : picked(visitor)) }
    if (isOpen && JSON.stringify(unverified) === JSON.stringify(memory.unverified)) return memory
    const whole = { ...memory, unverified }
    await store.write(key, whole)
    return whole
  }

  /** @param before what an earlier call remembered that was stopped while it opened the conversation. */
  async function open(
    key: string,
    visitor: Visitor,
    before: Memory | undefined,
    own: OperationOptions,
  ): Promise<Memory> {
    const { contact } = await requireOperation(agent, 'contacts.ensure')(visitor, own)
    const memory: Memory = {
      asked: [],
      unverified: {},
      ...before,
      contactId: contact.id,
      conversationId: null,
      began: null,
    }
    if (!supports(agent, 'conversations.create')) return memory
    // Remembered before the conversation exists, so that a call after this one looks for it.
    await store.write(key, memory)
    const id = (before && (await emptyConversation(contact.id, own))) ?? (await opened(contact.id, own))
    return { ...memory, conversationId: id, began: await newestIn(id, own) }
  }

  const opened = async (contact: string, own: OperationOptions): Promise<string> =>
    (await requireOperation(agent, 'conversations.create')({ contact }, own)).id

  /** A conversation of the contact in which nothing was said: it may be the one that an earlier call opened. */
  async function emptyConversation(contactId: string, own: OperationOptions): Promise<string | undefined> {
    if (!supports(agent, 'conversations.list') || !supports(agent, 'messages.list')) return undefined
    for (const { id } of (await agent.conversations.list({ contactId, limit: 5 }, own)).items)
      if ((await agent.messages.list(id, { limit: 1 }, own)).items.length === 0) return id
    return undefined
  }

  /** Where contacts have one conversation, it may have messages from before this chat. */
  async function newestIn(conversationId: string, own: OperationOptions): Promise<string | null> {
    const isShared = (await traitsOf())?.conversationsPerContact?.value === 'one'
    if (!isShared || !supports(agent, 'messages.list')) return null
    return (await agent.messages.list(conversationId, { limit: 1 }, own)).items[0]?.id ?? null
  }

  /** What becomes of a question that was asked before. `undefined`: it was not, or provably did not arrive. */
  async function knownAnswer(key: string, id: string | undefined, own: OperationOptions): Promise<Answer | undefined> {
    if (id === undefined) return undefined
    const stored = await store.read(await answerKey(key, id))
    if (isRecord(stored) && 'outcome' in stored) return stored as unknown as Answer
    const memory = await recall(key)
    const asked = memory?.asked.find((each) => each.id === id)
    if (!memory || !asked) return undefined
    const found = await reconcile(asked.attempt, own)
    if (found.outcome === 'not-done') {
      await store.write(key, { ...memory, asked: memory.asked.filter((each) => each !== asked) })
      return undefined
    }
    const answer = found.answer ?? answerless(found.outcome === 'done' ? 'pending' : 'unknown', found.attempt)
    await remember(key, { ...asked, attempt: found.attempt }, answer)
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
  const refOf = (kind: 'conversation' | 'contact', id: string): string =>
    `${encodeURIComponent(vendor)}:${encodeURIComponent(account)}/${kind}/${encodeURIComponent(id)}`

  /** Keeps a question and, if it has ended, its answer. */
  async function remember(key: string, asked: Asked, answer?: Answer): Promise<void> {
    const memory = await recall(key)
    if (!memory) return
    const hasEnded = answer !== undefined && answer.outcome !== 'pending' && answer.outcome !== 'unknown'
    if (hasEnded && asked.id !== undefined)
      await store.write(await answerKey(key, asked.id), JSON.parse(serialize(answer)))
    const isSame = (other: Asked) =>
      asked.id === undefined ? other.attempt.startedAt === asked.attempt.startedAt : other.id === asked.id
    const others = memory.asked.filter((other) => !isSame(other))
    const all = [...others, { ...asked, state: hasEnded ? ('done' as const) : ('open' as const) }]
    for (const { id } of all.slice(0, -mostAsked)) if (id !== undefined) await store.remove(await answerKey(key, id))
    const conversationId = memory.conversationId ?? asked.attempt.conversationId
    await store.write(key, { ...memory, conversationId, asked: all.slice(-mostAsked) })
  }

  const recent = recentMessages(store, { carryOver, clock, traitsOf })

  /** A question that is about to be sent. */
  interface Question {
    key: string
    target: ConversationTarget
    input: AskInput
    options: SendOptions
    isOld: boolean
    finish(answer: Answer): Promise<Answer>
    /** Forgets the question, because it was provably not sent. */
    drop(): Promise<void>
    /** Forgets the conversation, because it no longer exists. */
    leave(): Promise<void>
  }

  async function questionOf(
    key: string,
    visitor: Visitor,
    { id, ...given }: ChatbotInput,
    options: SendOptions,
  ): Promise<Question> {
    const { onAttempt, ...own } = options
    const isOld = typeof (await recall(key))?.conversationId === 'string'
    const memory = await placeFor(key, visitor, own)
    const { conversationId, contactId } = memory
    const input = isOld ? given : await recent.contextFor(visitor, given)
    let startedAt: string | undefined
    return {
      key,
      target: conversationId ?? { contact: contactId },
      input,
      options: {
        ...options,
        onAttempt: async (attempt) => {
          startedAt = attempt.startedAt
          await remember(key, { ...(id !== undefined && { id }), attempt, state: 'open' })
          await onAttempt?.(attempt)
        },
      },
      isOld,
      async finish(answer) {
        try {
          await remember(key, { ...(id !== undefined && { id }), attempt: answer.attempt, state: 'open' }, answer)
          await recent.keep(visitor, given.text, answer.text)
        } catch (error) {
          // The question is asked: an error now would invite the caller to ask it again.
          if (!isParleyError(error)) throw error
        }
        return { ...answer, contactId, contactRef: answer.contactRef ?? refOf('contact', contactId) }
      },
      async drop() {
        const now = await recall(key)
        const isOther = (asked: Asked) => asked.state === 'done' || asked.attempt.startedAt !== startedAt
        if (now && startedAt !== undefined) await store.write(key, { ...now, asked: now.asked.filter(isOther) })
      },
      async leave() {
        const now = await recall(key)
        if (now) await store.write(key, { ...now, conversationId: null, began: null })
      },
    }
  }

  /** Whether the vendor has deleted the conversation, so that the question was stored nowhere. */
  const isGone = (error: unknown, { isOld }: Question): boolean =>
    isOld &&
    isParleyError(error) &&
    error.code === 'not-found' &&
    error.outcome !== 'unknown' &&
    error.outcome !== 'partly-done'

  function checked(operation: string, input: ChatbotInput): ChatbotInput {
    const { id, ...rest } = Object(input) as ChatbotInput
    if (id !== undefined && (typeof id !== 'string' || id === ''))
      throw errorOf(placeOf(operation), 'invalid-request', 'id must be a text.', {
        fields: [{ path: 'id', problem: 'must be a text' }],
      })
    checkInput({ ...placeOf(operation), operation: 'messages.ask' }, rest)
    if (typeof rest.text !== 'string' || rest.text.trim() === '')
      throw errorOf(placeOf(operation), 'invalid-request', 'text must be a non-empty string.', {
        fields: [{ path: 'text', problem: 'must be a non-empty string' }],
      })
    return input
  }

  async function* parts(
    visitor: Visitor,
    input: ChatbotInput,
    options: SendOptions,
    run: (question: Question) => AsyncIterable<AnswerPart>,
  ): AsyncGenerator<AnswerPart, void, undefined> {
    const keys = await keysOf('ask', visitor)
    checked('ask', input)
    // All keys in one order, so that two calls cannot wait for each other.
    const releases: (() => Promise<void>)[] = []
    try {
      for (const each of keys.toSorted()) releases.push(await store.hold(each))
      const key = await keyOf('ask', visitor)
      const { onAttempt: _, ...own } = options
      const known = await knownAnswer(key, input.id, own)
      if (known) {
        if (known.text) yield { type: 'text', text: known.text }
        yield { type: 'finish', answer: known }
        return
      }
      for (;;) {
        const question = await questionOf(key, visitor, input, options)
        let hasBegun = false
        try {
          for await (const part of run(question)) {
            hasBegun ||= part.type !== 'warning'
            yield part.type === 'finish' ? { type: 'finish', answer: await question.finish(part.answer) } : part
          }
          return
        } catch (error) {
          const isUnsent = isParleyError(error) && error.outcome === 'not-done'
          if (isUnsent) await question.drop()
          if (hasBegun || !isGone(error, question)) throw error
          await question.leave()
        }
      }
    } finally {
      for (const release of releases) await release()
    }
  }

  /** The remembered conversation. @throws ConflictError when there is none. */
  async function conversationOf(operation: string, visitor: Visitor): Promise<string> {
    const memory = await recall(await keyOf(operation, visitor))
    if (memory?.conversationId) return memory.conversationId
    throw errorOf(placeOf(operation), 'conflict', 'the visitor has no conversation yet.')
  }

  return {
    async ask(visitor, input, given = {}) {
      const ask = requireOperation(agent, 'messages.ask')
      const once = async function* ({ target, input: own, options: all }: Question): AsyncGenerator<AnswerPart> {
        yield { type: 'finish', answer: await ask(target, own, all) }
      }
      for await (const part of parts(visitor, input, given, once)) if (part.type === 'finish') return part.answer
      throw errorOf(placeOf('ask'), 'response', 'the adapter gave no answer.', { outcome: 'unknown' })
    },

    async *stream(visitor, input, given = {}) {
      const stream = requireOperation(agent, 'messages.stream')
      yield* parts(visitor, input, given, ({ target, input: own, options: all }) => stream(target, own, all))
    },

    async history(visitor, own = {}) {
      const memory = await recall(await keyOf('history', visitor))
      if (!memory?.conversationId) return { messages: [], warnings: [] }
      const page = await requireOperation(agent, 'messages.list')(memory.conversationId, { order: 'asc' }, own)
      const { began, asked } = memory
      if (began === null) return { messages: page.items, warnings: page.warnings }
      const before = page.items.findIndex(({ id }) => id === began)
      // If that message is gone, the chat is shown from its first known question, and nothing of what came before it.
      const first = page.items.findIndex(({ id }) => asked.some(({ attempt }) => attempt.messageId === id))
      const start = before >= 0 ? before + 1 : first >= 0 ? first : page.items.length
      return { messages: page.items.slice(start), warnings: page.warnings }
    },

    async handOff(visitor, reason, own = {}) {
      const conversation = await conversationOf('handOff', visitor)
      const about = {
        visitor,
        conversationRef: refOf('conversation', conversation),
        ...(reason !== undefined && { reason }),
      }
      const explanation = (await traitsOf())?.handOff?.reason ?? unsupportedReason(agent, 'control.takeOver')
      const handOff: HandOff = supports(agent, 'control.takeOver')
        ? { ...about, by: 'vendor', control: await agent.control.takeOver(conversation, own) }
        : { ...about, by: 'application', ...(explanation !== undefined && { explanation }) }
      await onHandOff?.(handOff)
      return handOff
    },

    async release(visitor, own = {}) {
      const conversation = await conversationOf('release', visitor)
      return requireOperation(agent, 'control.release')(conversation, own)
    },

    async status(visitor, own = {}) {
      const memory = await recall(await keyOf('status', visitor))
      const { conversationId = null, contactId, asked = [], unverified = {} } = memory ?? {}
      return {
        conversationRef: conversationId === null ? null : refOf('conversation', conversationId),
        contactRef: contactId === undefined ? null : refOf('contact', contactId),
        control: conversationId === null ? null : await controlOf(agent, conversationId, own),
        open: asked
          .filter(({ state }) => state === 'open')
          .map(({ id, attempt }) => ({ ...(id !== undefined && { id }), attempt })),
        unverified,
      }
    },

    async check(visitor, own = {}) {
      const key = await keyOf('check', visitor)
      return alone(key, async () => {
        const late: LateAnswer[] = []
        for (const asked of (await recall(key))?.asked ?? []) {
          if (asked.state !== 'open') continue
          const found = await reconcile(asked.attempt, own)
          const answer = found.outcome === 'not-done' ? answerless('failed', found.attempt) : found.answer
          if (!answer || answer.outcome === 'pending' || answer.outcome === 'unknown') continue
          const one: LateAnswer = { visitor, ...(asked.id !== undefined && { id: asked.id }), answer }
          await onAnswer?.(one)
          await remember(key, { ...asked, attempt: found.attempt }, answer)
          late.push(one)
        }
        return late
      })
    },

    async forget(visitor) {
      const key = await keyOf('forget', visitor)
      await alone(key, async () => {
        for (const { id } of (await recall(key))?.asked ?? [])
          if (id !== undefined) await store.remove(await answerKey(key, id))
        await recent.forget(visitor)
        for (const each of [key, ...(await keysOf('forget', visitor))]) await store.remove(each)
      })
    },
  }
}

const picked = ({ email, phone }: Visitor): Memory['unverified'] => ({
  ...(email?.trim() && { email }),
  ...(phone?.trim() && { phone }),
})

async function controlOf(agent: Adapter, conversation: string, own: OperationOptions) {
  if (supports(agent, 'control.get')) return agent.control.get(conversation, own)
  return supports(agent, 'conversations.get') ? (await agent.conversations.get(conversation, own)).control : null
}
