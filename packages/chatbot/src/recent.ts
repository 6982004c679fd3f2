import { type AskInput, type Clock, cutText, isRecord, type Traits, type Visitor } from '@parley/core'
import { visitorNames } from '@parley/core/operations'
import type { ChatbotOptions } from './chatbot.ts'
import type { GuardedStore } from './memory.ts'

const day = 86_400_000
/** A message is carried over up to so many characters. */
const longestLine = 2_000

const cut = (text: string): string => (text.length > longestLine ? `${cutText(text, longestLine - 1)}…` : text)

/** The last messages of a visitor, for a conversation that begins at another vendor or anew (`ChatbotOptions.carryOver`). */
export function recentMessages(
  store: GuardedStore,
  {
    carryOver,
    clock,
    traitsOf,
  }: { carryOver: ChatbotOptions['carryOver']; clock: Clock; traitsOf: () => Promise<Traits | undefined> },
) {
  const keyOf = (digest: string) => `chatbot recent visitor any:any ${digest}`
  /** The same at every vendor, strongest key first. */
  const keysOf = async (visitor: Visitor): Promise<string[]> =>
    (await visitorNames({ vendor: 'any', account: 'any', operation: '' }, visitor)).map((name) =>
      keyOf(name.slice(name.lastIndexOf(' ') + 1)),
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
      const said = [`Visitor: ${cut(question)}`, ...(answer ? [`Agent: ${cut(answer)}`] : [])]
      const all = [...(await linesOf(visitor)), ...said]
      const until = clock.now() + (carryOver.keepFor ?? day)
      await store.write(key as string, { lines: all.slice(-carryOver.messages), until })
    },

    /** @param names of the visitor's keys at any vendor. */
    async forget(names: readonly string[]): Promise<void> {
      for (const name of names) await store.remove(keyOf(name.slice(name.lastIndexOf(' ') + 1)))
    },
  }
}
