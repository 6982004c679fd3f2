import { can } from '@parley/core'
import type { Check } from '../check.ts'
import { idsOf } from '../support/collect.ts'
import { ensure, ensureSame } from '../support/ensure.ts'
import { someGeneration } from '../support/sources.ts'

export const generationsExplainAnswers: Check = {
  group: 'generations',
  name: 'a generation says how its message was made, from the sources that the message has',
  needs: ['generations.get', 'messages.list'],
  async run(bench) {
    const { adapter } = bench
    const made = await someGeneration(bench)
    ensure(made, 'Of no answer of the agent it can be told how it was made.')
    const { generation, message } = made
    ensure(generation.messageId === message.id, `It is said to have made "${generation.messageId}".`)
    ensure(generation.response.author.kind === 'agent', `Its answer is by the ${generation.response.author.kind}.`)
    const said = [generation.response.text, message.text]
    ensure(said.some((text) => typeof text !== 'string') || said[0] === said[1], `It says it made another text.`)
    ensure(
      generation.history.every(({ author }) => author.kind !== undefined),
      'Its history does not say who spoke.',
    )
    if (!can(adapter, 'sources.of')) return
    ensureSame(idsOf(generation.sources), idsOf(await adapter.sources.of(message)), 'The sources of the generation')
  },
}
