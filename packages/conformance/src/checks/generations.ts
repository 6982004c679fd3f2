import { supports } from '@parley/core'
import { type Check, checksOf } from '../check.ts'
import { ensure, ensureFails, ensureSame } from '../support/ensure.ts'
import { idsOf, someGeneration, talkingId, threadOf } from '../support/reading.ts'

export const generationChecks: readonly Check[] = checksOf('generations', [
  {
    name: 'a generation says how its message was made, from the sources that the message has',
    needs: ['generations.get', 'messages.list'],
    async run(bench) {
      const { adapter } = bench
      const made = await someGeneration(bench)
      ensure(made, 'No answer of the agent has a generation.')
      const { generation, message } = made
      ensure(generation.messageId === message.id, `Its messageId is "${generation.messageId}".`)
      ensure(generation.response.author.kind === 'agent', `Its answer is by the ${generation.response.author.kind}.`)
      const said = [generation.response.text, message.text]
      ensure(
        said.some((text) => typeof text !== 'string') || said[0] === said[1],
        `It has another text than the message.`,
      )
      ensure(
        generation.history.every(({ author }) => author.kind !== undefined),
        'Its history has a message without a known author.',
      )
      if (!supports(adapter, 'sources.list')) return
      ensureSame(
        idsOf(generation.sources),
        idsOf((await adapter.sources.list(message)).items),
        'The sources of the generation',
      )
    },
  },
  {
    name: 'a message of the contact has no generation',
    needs: ['generations.get', 'messages.list'],
    async run(bench) {
      const { adapter } = bench
      if (!supports(adapter, 'generations.get')) return
      const message = (await threadOf(adapter, await talkingId(bench))).find(({ author }) => author.kind === 'contact')
      ensure(message, 'The contact has not written a message.')
      await ensureFails(adapter.generations.get(message), 'not-found', 'The generation of a message of the contact')
    },
  },
])
