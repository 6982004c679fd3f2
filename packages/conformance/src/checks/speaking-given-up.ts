import { type Adapter, type Attempt, type Conversation, can, need } from '@parley/core'
import type { Bench } from '../bench.ts'
import type { Check } from '../check.ts'
import { collect } from '../support/collect.ts'
import { ensure, failureOf } from '../support/ensure.ts'
import { abandoning, counting } from '../support/requests.ts'
import { threadOf } from '../support/sample.ts'
import { controlOf } from '../support/settling.ts'
import { questionOf } from '../support/speak.ts'
import { type Verb, verbs } from '../support/verbs.ts'

export const givenUpQuestionsSettle: Check = {
  group: 'settling',
  name: 'a caller who gives up while a conversation is opened can settle the attempt, and goes on in that conversation',
  needs: ['messages.ask', 'messages.settle', 'messages.list', 'conversations.list'],
  async run(bench) {
    for (const verb of verbs) {
      if (!verb.opens || !can(bench.adapter, `messages.${verb.name}`)) continue
      const connection = counting(bench.harness.fetch)
      const contact = await verb.contact(bench)
      await verb.run(bench, await bench.open({ fetch: connection.fetch }), { contact }, {})
      // Whatever it takes to ask: the caller may give up after each of the writes.
      for (let last = 1; last <= connection.writes(); last++) await giveUpAfter(bench, verb, last)
    }
  },
}

async function giveUpAfter(bench: Bench, verb: Verb, last: number): Promise<void> {
  const { clock } = controlOf(bench)
  await clock.advance(120 * 60_000)
  const contact = await verb.contact(bench)
  const before = new Set(await conversationsOf(bench.adapter, contact))
  const attempts: Attempt[] = []
  const controller = new AbortController()
  const adapter = await bench.open({ fetch: abandoning(bench.harness.fetch, controller, last) })
  const { signal } = controller
  const onAttempt = (attempt: Attempt) => void attempts.push(attempt)
  await failureOf(verb.run(bench, adapter, { contact }, { signal, onAttempt }))
  const attempt = attempts.at(-1)
  const what = `${verb.name}, given up after write ${last},`
  ensure(signal.aborted, `${what} was not given up: there were fewer writes.`)
  ensure(attempt, `${what} left its caller without an attempt.`)

  await clock.advance(20 * 60_000)
  const opened = (await conversationsOf(bench.adapter, contact)).filter((id) => !before.has(id))
  ensure(opened.length <= 1, `${what} opened ${opened.length} conversations.`)
  const place = opened[0] ?? attempt.conversationId
  const thread = place === null || place === undefined ? [] : await threadOf(bench.adapter, place)
  const isStored = thread.some(({ text }) => text === attempt.text)
  const stored = JSON.parse(JSON.stringify(attempt)) as Attempt
  const settlement = await need(await bench.open({}), 'messages.settle')(stored)
  const { outcome } = settlement
  ensure(isStored === (outcome === 'done'), `${what} is ${isStored ? '' : 'not '}stored, and settles as "${outcome}".`)
  const known = settlement.attempt.conversationId ?? attempt.conversationId
  if (known === null) return ensure(!isStored, `${what} settles without its conversation.`)
  ensure(known === place, `${what} settles in another conversation.`)

  const text = `${questionOf(bench)} (once more)`
  const again = await need(bench.adapter, 'messages.ask')(known, { text, ...bench.harness.use?.ask })
  ensure(again.conversationId === known, `The caller who goes on after ${what} is answered in another conversation.`)
  const now = await conversationsOf(bench.adapter, contact)
  ensure(now.length === before.size + opened.length, `The caller who goes on after ${what} opens another conversation.`)
}

async function conversationsOf(adapter: Adapter, contactId: string): Promise<string[]> {
  const list = need(adapter, 'conversations.list')({ contactId })
  return (await collect<Conversation>(list)).filter(({ contact }) => contact?.id === contactId).map(({ id }) => id)
}
