import { type AskInput, type Clock, isRecord, type Traits, type Visitor } from '@parley/core'
import { visitorNames } from '@parley/core/operations'
import type { ChatbotOptions } from './chatbot.ts'
import type { GuardedStore } from './memory.ts'

const day = 86_400_000

/** The last messages of a visitor, for a conversation that begins at another vendor or anew (`ChatbotOptions.carryOver`). */
export function recentMessages(
  store: GuardedStore,
  {
    carryOver,
    clock,
    traitsOf,
  }: { carryOver: ChatbotOptions['carryOver']; clock: Clock; traitsOf: () => Promise<Traits | undefined> },
) {
  /** The same at every vendor, strongest key first. */
  const keysOf = async (visitor: Visitor): Promise<string[]> =>
    (await visitorNames({ vendor: 'any', account: 'any', operation: '' }, visitor)).map(
      (name) => `chatbot recent ${name}`,
    )

  async function linesOf(visitor: Visitor): Promise<string[]> {
    for (const key of await keysOf(visitor)) {
      const kept = await store.read(key)
      if (isRecord(kept) && Array.isArray(kept['lines']) && Number(kept['until']) >= clock.now())
        return kept['lines'].filter((line) => typeof line === 'string')
    }
    return []
  }

  return {
    async contextFor(visitor: Visitor, input: AskInput): Promise<AskInput> {
      if (!carryOver?.messages || (await traitsOf())?.questionContext?.value !== 'yes') return input
      const lines = await linesOf(visitor)
      if (lines.length === 0) return input
      return {
        ...input,
        context: [input.context, `Earlier in this chat:\n${lines.join('\n')}`].filter(Boolean).join('\n\n'),
      }
    },

    async keep(visitor: Visitor, question: string, answer: string | null): Promise<void> {
      if (!carryOver?.messages) return
      const [key] = await keysOf(visitor)
      const all = [...(await linesOf(visitor)), `Visitor: ${question}`, ...(answer ? [`Agent: ${answer}`] : [])]
      const until = clock.now() + (carryOver.keepFor ?? day)
      await store.write(key as string, { lines: all.slice(-carryOver.messages), until })
    },

    async forget(visitor: Visitor): Promise<void> {
      for (const key of await keysOf(visitor)) await store.remove(key)
    },
  }
}
