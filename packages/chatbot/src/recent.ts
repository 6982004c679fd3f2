import { type AskInput, type Clock, isRecord, type Traits, type Visitor } from '@parley/core'
import { visitorNames } from '@parley/core/operations'
import type { ChatbotOptions } from './chatbot.ts'
import type { guarded } from './memory.ts'

const day = 86_400_000

/** The last messages of a visitor, for a conversation that begins at another vendor or anew (`ChatbotOptions.carryOver`). */
export function recentMessages(
  store: ReturnType<typeof guarded>,
  {
    carryOver,
    clock,
    traitsOf,
  }: { carryOver: ChatbotOptions['carryOver']; clock: Clock; traitsOf: () => Promise<Traits | undefined> },
) {
  /** The messages of the visitor that another conversation had. */
  const recentKey = async (visitor: Visitor): Promise<string> =>
    `chatbot recent ${(await visitorNames({ vendor: 'any', account: 'any', operation: '' }, visitor))[0]}`

  async function contextFor(visitor: Visitor, input: AskInput): Promise<AskInput> {
    if (!carryOver || carryOver.messages < 1 || (await traitsOf())?.questionContext?.value !== 'yes') return input
    const kept = await store.read(await recentKey(visitor))
    if (!isRecord(kept) || !Array.isArray(kept['lines']) || Number(kept['until']) < clock.now()) return input
    const lines = kept['lines'].filter((line) => typeof line === 'string')
    if (lines.length === 0) return input
    return {
      ...input,
      context: [input.context, `Earlier in this chat:\n${lines.join('\n')}`].filter(Boolean).join('\n\n'),
    }
  }

  async function keep(visitor: Visitor, question: string, answer: string | null): Promise<void> {
    if (!carryOver || carryOver.messages < 1) return
    const key = await recentKey(visitor)
    const kept = await store.read(key)
    const before =
      isRecord(kept) && Array.isArray(kept['lines']) && Number(kept['until']) >= clock.now() ? kept['lines'] : []
    const lines = [...before, `Visitor: ${question}`, ...(answer ? [`Agent: ${answer}`] : [])].slice(
      -carryOver.messages,
    )
    await store.write(key, { lines, until: clock.now() + (carryOver.keepFor ?? day) })
  }

  return { contextFor, keep, forget: async (visitor: Visitor) => store.remove(await recentKey(visitor)) }
}
