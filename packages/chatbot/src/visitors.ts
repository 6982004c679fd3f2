import { type Answer, buildRef, isRecord, type SendAttempt, serialize, type Visitor } from '@parley/core'
import { checkVisitor, digest, visitorNames } from '@parley/core/operations'
import { type Asked, type GuardedStore, isSameAttempt, type Memory, memoryIn, type Place, type Time } from './memory.ts'

/** So many questions of each state are recognized if they come again. */
const mostAsked = 20
/** So many other keys lead to a visitor. A browser that has a new id each time would otherwise add one with each visit. */
const mostKeys = 100

/** Who the visitors of one account are, and what they have asked, in the chatbot's store. */
export type Visitors = ReturnType<typeof visitorsIn>

export function visitorsIn(store: GuardedStore, { vendor, account }: { vendor: string; account: string }) {
  const placeOf = (operation: string): Place => ({ vendor, account, operation: `chatbot.${operation}` })

  /** The names of all keys of a visitor. @throws InvalidRequestError when nothing identifies the visitor. */
  async function keysOf(operation: string, visitor: Visitor): Promise<string[]> {
    const place = placeOf(operation)
    return (await visitorNames(place, checkVisitor(place, visitor, 'visitor'))).map((name) => `chatbot ${name}`)
  }

  /** The name under which a visitor is remembered: that of any of the visitor's keys. */
  async function keyOf(operation: string, visitor: Visitor): Promise<string> {
    const keys = await keysOf(operation, visitor)
    for (const key of keys) {
      const value = await store.read(key)
      if (memoryIn(value)) return key
      if (isRecord(value) && typeof value['sameAs'] === 'string') return value['sameAs']
    }
    return keys[0] as string
  }

  const recall = async (key: string): Promise<Memory | undefined> => memoryIn(await store.read(key))
  const answerKey = async (key: string, id: string): Promise<string> => `${key} answer ${await digest(id)}`
  const conversationKey = async (id: string): Promise<string> =>
    `chatbot conversation ${vendor}:${account} ${await digest(id)}`

  /** Lets an event about the conversation find the visitor. */
  async function keep(key: string, memory: Memory): Promise<void> {
    await store.write(key, memory)
    const { conversationId } = memory
    if (conversationId === null) return
    const place = await conversationKey(conversationId)
    const known = await store.read(place)
    if (!isRecord(known) || known['sameAs'] !== key) await store.write(place, { sameAs: key })
  }

  return {
    placeOf,
    keysOf,
    keyOf,
    recall,
    keep,

    /** Waits until no other call works for the visitor. */
    async hold(
      operation: string,
      visitor: Visitor,
      time: Time,
    ): Promise<{ key: string; release: () => Promise<void> }> {
      const keys = await keysOf(operation, visitor)
      for (;;) {
        const key = await keyOf(operation, visitor)
        const release = await store.hold([...keys, key], time)
        const now = await keyOf(operation, visitor).catch(async (error) => {
          await release()
          throw error
        })
        if (now === key) return { key, release }
        await release()
      }
    },

    /** Lets the visitor's other keys lead to the same conversation. @returns the names of all that do. */
    async linkKeys(key: string, visitor: Visitor, before: readonly string[]): Promise<string[]> {
      const linked: string[] = []
      for (const other of await keysOf('ask', visitor)) {
        if (other === key) continue
        const value = await store.read(other)
        // A chat of its own under another key stays as it is.
        if (memoryIn(value)) continue
        if (!isRecord(value) || value['sameAs'] !== key) await store.write(other, { sameAs: key })
        linked.push(other)
      }
      const all = [...before.filter((each) => !linked.includes(each)), ...linked]
      for (const old of all.slice(0, -mostKeys)) await store.remove(old)
      return all.slice(-mostKeys)
    },

    /** Begins anew, because the vendor has deleted the conversation. */
    async leave(key: string): Promise<void> {
      const memory = await recall(key)
      if (!memory?.conversationId) return
      await store.write(key, { ...memory, conversationId: null, began: null, beganAt: null })
      await store.remove(await conversationKey(memory.conversationId))
    },

    /** The name of the visitor whose conversation it is. */
    async ownerOf(conversationId: string): Promise<string | undefined> {
      const value = await store.read(await conversationKey(conversationId))
      return isRecord(value) && typeof value['sameAs'] === 'string' ? value['sameAs'] : undefined
    },

    async storedAnswer(key: string, id: string): Promise<Answer | undefined> {
      const stored = await store.read(await answerKey(key, id))
      return isRecord(stored) && 'outcome' in stored ? (stored as unknown as Answer) : undefined
    },

    /** Keeps a question and, if it has ended, its answer. */
    async remember(key: string, asked: Asked, answer?: Answer): Promise<void> {
      const memory = await recall(key)
      if (!memory) return
      const hasEnded = answer !== undefined && answer.outcome !== 'pending' && answer.outcome !== 'unknown'
      if (hasEnded && asked.id !== undefined)
        await store.write(await answerKey(key, asked.id), JSON.parse(serialize(answer)))
      const others = memory.asked.filter((other) => !isSame(other, asked))
      const all = [...others, { ...asked, state: hasEnded ? ('done' as const) : ('open' as const) }]
      const dropped = new Set((['done', 'open'] as const).flatMap((state) => oldest(all, state)))
      for (const { id } of dropped) if (id !== undefined) await store.remove(await answerKey(key, id))
      await keep(key, {
        ...memory,
        conversationId: memory.conversationId ?? asked.attempt.conversationId,
        asked: all.filter((each) => !dropped.has(each)),
      })
    },

    /** Forgets an open question that was provably not sent. */
    async drop(key: string, asked: Pick<Asked, 'id'> & { attempt: Pick<SendAttempt, 'startedAt'> }): Promise<void> {
      const memory = await recall(key)
      if (memory)
        await store.write(key, {
          ...memory,
          asked: memory.asked.filter((other) => other.state === 'done' || !isSameAttempt(other, asked)),
        })
    },

    /** The names of all keys of a visitor. */
    async allKeys(key: string, visitor: Visitor): Promise<string[]> {
      const all = [...(await keysOf('forget', visitor)), key]
      for (const each of [...all]) {
        const memory = await recall(each)
        if (memory) all.unshift(...(await keysOf('forget', memory.visitor)), ...(memory.keys ?? []))
      }
      return [...new Set(all)]
    },

    /** @param keys those of `allKeys`. */
    async forget(key: string, visitor: Visitor, keys: readonly string[]): Promise<void> {
      const own = new Set([...(await keysOf('forget', visitor)), key])
      // Those that know the others come last, so that a call after this one finishes what this one has begun.
      for (const each of [...keys.filter((name) => !own.has(name)), ...own]) {
        const value = await store.read(each)
        const leads = isRecord(value) && typeof value['sameAs'] === 'string' && own.has(value['sameAs'])
        if (!own.has(each) && !leads) continue
        const { asked = [], conversationId } = memoryIn(value) ?? {}
        for (const { id } of asked) if (id !== undefined) await store.remove(await answerKey(each, id))
        if (conversationId) await store.remove(await conversationKey(conversationId))
        await store.remove(each)
      }
    },

    refOf: (kind: 'conversation' | 'contact', id: string): string => buildRef({ vendor, account, kind, id }),
  }
}

const isSame = (left: Asked, right: Asked): boolean =>
  right.id === undefined ? isSameAttempt(left, right) : left.id === right.id

/** The questions of one state that are too many to keep. */
const oldest = (asked: readonly Asked[], state: Asked['state']): Asked[] =>
  asked.filter((each) => each.state === state).slice(0, -mostAsked)
