import {
  type Adapter,
  type Answer,
  type AnswerPart,
  type Control,
  errorOf,
  type OperationOptions,
  requireOperation,
  supports,
  type Traits,
  unsupportedReason,
  type Visitor,
} from '@parley/core'
import { isGone } from '@parley/core/operations'
import type { Chatbot, ChatbotOptions, HandOff } from './chatbot.ts'
import type { GuardedStore, Memory, Time } from './memory.ts'
import type { Visitors } from './visitors.ts'

/** A part of an answer. The last one also says who answers next, where the caller wants to know. */
export type ChatPart =
  | Exclude<AnswerPart, { type: 'finish' }>
  | { type: 'finish'; answer: Answer; control: Control | null }

/** Who answers a visitor: the agent or a person. */
export function handOffsOf(
  agent: Adapter,
  {
    store,
    visitors,
    traitsOf,
    timeFor,
    onHandOff,
    report,
  }: {
    store: GuardedStore
    visitors: Visitors
    traitsOf: () => Promise<Traits | undefined>
    timeFor: (operation: string, own: OperationOptions) => Time
    onHandOff: ChatbotOptions['onHandOff']
    report: (error: unknown) => void
  },
) {
  const { keyOf, recall, placeOf, refOf } = visitors
  /** Whether the vendor says who is in control. Not asked again once it has not. */
  let saysControl = true

  async function controlOf(conversation: string, own: OperationOptions): Promise<Control | null> {
    if (supports(agent, 'control.get')) return agent.control.get(conversation, own)
    return supports(agent, 'conversations.get') ? (await agent.conversations.get(conversation, own)).control : null
  }

  async function controlAfter({ outcome, inputRequests, conversationId }: Answer, time: Time): Promise<Control | null> {
    if (conversationId === null) return null
    if (outcome === 'needs-input')
      return { holder: 'operator', basis: 'vendor', native: null, ...(inputRequests && { inputRequests }) }
    if (!saysControl) return null
    const control = await controlOf(conversationId, time.options())
    saysControl = control !== null && control.basis !== 'none'
    return control
  }

  const mark = (key: string, isHandedOff: boolean, time: Time): Promise<void> =>
    store.alone([key], time, async () => {
      const memory = await recall(key)
      if (memory) await visitors.keep(key, { ...memory, isHandedOff })
    })

  /** Tells the application of a hand-off once, until the agent answers again. */
  async function tell(key: string, memory: Memory, handOff: HandOff, time: Time): Promise<void> {
    if (memory.isHandedOff) return
    await onHandOff?.(handOff)
    // Only now, so that an `onHandOff` that failed is called again.
    await mark(key, true, time)
  }

  /** Finds out whether an agent has handed over by itself. The question is answered, so nothing here makes it fail. */
  async function seeControl(visitor: Visitor, answer: Answer, time: Time): Promise<Control | null> {
    try {
      const control = await controlAfter(answer, time)
      const key = await keyOf('ask', visitor)
      const memory = await recall(key)
      if (!control || !memory || answer.conversationRef === null) return control
      const { conversationRef } = answer
      if (control.holder === 'operator')
        await tell(key, memory, { visitor, conversationRef, by: 'agent', control }, time)
      else if (control.holder === 'agent' && memory.isHandedOff) await mark(key, false, time)
      return control
    } catch (error) {
      report(error)
      return null
    }
  }

  /** The remembered conversation. @throws ConflictError when there is none. */
  async function conversationOf(operation: string, visitor: Visitor) {
    const key = await keyOf(operation, visitor)
    const memory = await recall(key)
    if (!memory?.conversationId) throw none(operation)
    return { key, memory, conversation: memory.conversationId }
  }

  const none = (operation: string, cause?: unknown) =>
    errorOf(placeOf(operation), 'conflict', 'the visitor has no conversation yet.', { cause })

  /** @throws ConflictError if the vendor no longer has the conversation. */
  async function inPlace<T>(operation: string, work: () => Promise<T>): Promise<T> {
    try {
      return await work()
    } catch (error) {
      throw isGone(error) ? none(operation, error) : error
    }
  }

  return {
    controlOf,

    /** @param wantsControl whether to look who answers next. It costs a request. */
    async *watched(
      visitor: Visitor,
      parts: AsyncIterable<AnswerPart>,
      wantsControl: boolean,
      time: Time,
    ): AsyncGenerator<ChatPart, void, undefined> {
      let answer: Answer | undefined
      for await (const part of parts) {
        if (part.type === 'finish') answer = part.answer
        else yield part
      }
      // The visitor's lock is given back by now, so `onHandOff` may ask.
      const looks = wantsControl || onHandOff !== undefined
      if (answer) yield { type: 'finish', answer, control: looks ? await seeControl(visitor, answer, time) : null }
    },

    async handOff(visitor: Visitor, reason?: string, own: OperationOptions = {}): Promise<HandOff> {
      const { key, memory, conversation } = await conversationOf('handOff', visitor)
      const time = timeFor('handOff', own)
      const about = {
        visitor,
        conversationRef: refOf('conversation', conversation),
        ...(reason !== undefined && { reason }),
      }
      const explanation = (await traitsOf())?.handOff?.reason ?? unsupportedReason(agent, 'control.takeOver')
      const handOff = await inPlace<HandOff>('handOff', async () => {
        if (supports(agent, 'control.takeOver'))
          return { ...about, by: 'vendor', control: await agent.control.takeOver(conversation, time.options()) }
        const control = await controlOf(conversation, time.options())
        return {
          ...{ ...about, by: 'application' as const },
          ...(explanation !== undefined && { explanation }),
          ...(control && { control }),
        }
      })
      await tell(key, memory, handOff, time)
      return handOff
    },

    async release(visitor: Visitor, own: OperationOptions = {}): ReturnType<Chatbot['release']> {
      const { key, memory, conversation } = await conversationOf('release', visitor)
      const time = timeFor('release', own)
      const control = await inPlace('release', async () =>
        // What only the application has handed over, only the application takes back.
        memory.isHandedOff && !supports(agent, 'control.release')
          ? ((await controlOf(conversation, time.options())) ?? unknown)
          : requireOperation(agent, 'control.release')(conversation, time.options()),
      )
      if (memory.isHandedOff) await mark(key, false, time)
      return control
    },
  }
}

const unknown: Control = { holder: 'unknown', basis: 'none', native: null }
