import type { Adapter, Answer, AskTarget, Reconciliation, SendAttempt, SendOptions, Traits } from '@parley/core'

/** What an agent does with a question. `attempt` is what it has been given to keep. */
export type Behaviour = (
  question: string,
  attempt: SendAttempt,
  options: SendOptions,
) => Promise<Partial<Answer>> | Partial<Answer>

export interface MadeUpAgent extends Adapter {
  /** The questions that were sent, in order, and who asked. */
  readonly sent: { text: string; target: AskTarget }[]
}

const reason = 'It is so.'
const traitsOf = (more: Traits): Traits => ({
  contactLookup: { value: 'none', reason },
  conversationsPerContact: { value: 'many', reason },
  answerArrival: { value: 'response', reason },
  answerReach: { value: 'caller', reason },
  answerSources: { value: 'none', reason },
  ...more,
})

/** An adapter that asks nobody. */
export function madeUpAgent(
  vendor: string,
  behaviour: Behaviour,
  {
    traits = {},
    reconcile,
    ...more
  }: {
    traits?: Traits
    reconcile?: (attempt: SendAttempt) => Promise<Reconciliation>
    account?: string
    limits?: Adapter['limits']
  } = {},
): MadeUpAgent {
  const sent: MadeUpAgent['sent'] = []
  return {
    vendor,
    account: 'main',
    limits: { pageSize: {}, filters: {}, text: {}, rate: [], notes: [] },
    unsupported: {},
    traits: async () => traitsOf(traits),
    messages: {
      async ask(target, { text }, options = {}) {
        const attempt: SendAttempt = {
          ...{ kind: 'ask', conversationId: null, messageId: null, text, startedAt: '2026-01-15T12:00:00.000Z' },
        }
        await options.onAttempt?.(attempt)
        await options.beforeSend?.()
        sent.push({ text, target })
        const answer = await behaviour(text, attempt, options)
        return { ...answerTo(text, attempt), ...answer }
      },
      ...(reconcile && { reconcile }),
    },
    sent,
    ...more,
  }
}

const answerTo = (text: string, attempt: SendAttempt): Answer => ({
  ...{ outcome: 'answered', text: `Answer to ${text}`, message: null, messages: [], sources: [] },
  ...{ sourcesState: 'unavailable', conversationId: 'c1', conversationRef: null, attempt, warnings: [] },
})
