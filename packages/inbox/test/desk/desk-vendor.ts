import {
  type Adapter,
  ConflictError,
  type Control,
  type Message,
  NetworkError,
  type NoteInput,
  type ReplyInput,
  type SendAttempt,
  type SendOptions,
  type Sent,
} from '@parley/core'
import { aMessage, refOf, type VendorInMemory, vendorInMemory } from '../sync/vendor-in-memory.ts'

/**
 * What becomes of a send at the vendor. `lost`: it is stored, and the answer is lost. `dropped`: it never arrives, and nobody
 * knows. `refused`: the vendor refuses it.
 */
type Fate = 'accepted' | 'lost' | 'dropped' | 'refused'

export interface DeskVendor extends VendorInMemory {
  /** The requests that sent something, with their texts. */
  sent: (ReplyInput | NoteInput)[]
  /** What becomes of the next sends, and then `accepted`. */
  fates: Fate[]
  /** Called between `onAttempt` and `beforeSend`, where a process can be suspended. */
  whileWaiting: () => void | Promise<void>
  /** How many sends have come so far. */
  waited: number
  /** Called after the vendor has stored a message, and before its answer arrives. */
  beforeAnswer: () => void | Promise<void>
  /** Whether enough time has passed for a proof that something was not sent. */
  canProve: boolean
  control: Control['holder']
}

/** A vendor in memory to which people reply. Its send takes the same steps as that of an adapter. */
export function deskVendor(): DeskVendor {
  const base = vendorInMemory()
  let ids = 0
  const send =
    (kind: 'reply' | 'note') =>
    async (
      target: string | { id: string },
      input: ReplyInput | NoteInput,
      options: SendOptions = {},
    ): Promise<Sent> => {
      const conversationId = typeof target === 'string' ? target : target.id
      const { text, after } = input as ReplyInput
      const attempt: SendAttempt = {
        ...{ kind, conversationId, messageId: null, text, startedAt: now() },
        ...(after !== undefined && { after }),
      }
      await options.onAttempt?.({ ...attempt })
      self.waited++
      await self.whileWaiting()
      await options.beforeSend?.()
      self.sent.push(input)
      const fate = self.fates.shift() ?? 'accepted'
      if (fate === 'refused') throw new ConflictError({ message: 'The vendor refused it.', outcome: 'not-done' })
      if (fate === 'dropped') throw new NetworkError({ message: 'The connection broke.', outcome: 'unknown' })
      const message: Message = {
        ...aMessage(`sent-${++ids}`, conversationId, now()),
        ...{ text: input.text, direction: kind === 'reply' ? 'outbound' : 'internal' },
        author: { kind: 'operator', basis: 'vendor' },
        ...(kind === 'note' && { type: { value: 'note', native: 'note' } }),
      }
      self.messages.push(message)
      await self.beforeAnswer()
      if (fate === 'lost') throw new NetworkError({ message: 'The connection broke.', outcome: 'unknown' })
      attempt.messageId = message.id
      // The request was sent, so a failure here does not make it fail.
      await Promise.resolve(options.onAttempt?.({ ...attempt })).catch(() => {})
      return { outcome: 'accepted', message, messageId: message.id, conversationId, attempt, warnings: [] }
    }
  const self: DeskVendor = {
    ...base,
    ...{
      sent: [],
      fates: [],
      whileWaiting: () => {},
      waited: 0,
      beforeAnswer: () => {},
      canProve: false,
      control: 'agent',
    },
  }
  const messages: Adapter['messages'] = {
    ...base.adapter.messages,
    reply: send('reply'),
    note: send('note'),
    reconcile: async (attempt, { otherMessageIds = [] } = {}) => {
      self.asked.push('messages.reconcile')
      const message = self.messages.find(
        ({ id, text, direction }) => text === attempt.text && direction !== 'inbound' && !otherMessageIds.includes(id),
      )
      const outcome = message ? 'done' : self.canProve ? 'not-done' : 'unknown'
      return {
        outcome,
        message: message ?? null,
        answer: null,
        attempt: { ...attempt, messageId: message?.id ?? null },
      }
    },
  }
  const native = null
  self.adapter = {
    ...base.adapter,
    messages,
    control: { get: async () => ({ holder: self.control, basis: 'vendor', native }) },
  } as Adapter
  // The list reads what the base has.
  Object.defineProperties(self, {
    messages: { get: () => base.messages, set: (value) => Object.assign(base, { messages: value }) },
    conversations: { get: () => base.conversations, set: (value) => Object.assign(base, { conversations: value }) },
    before: { get: () => base.before, set: (value) => Object.assign(base, { before: value }) },
  })
  return self
}

const now = (): string => new Date().toISOString()

/** A message that the contact writes now. */
export const contactWrites = (id: string, conversationId: string): Message => aMessage(id, conversationId, now())

export { refOf }
