import {
  type Adapter,
  type Answer,
  isParleyError,
  requireOperation,
  supports,
  type TraitName,
  type Traits,
} from '@parley/core'
import { traitDescriptions, traitNames } from '@parley/core/fields'
import { type Bench, type Check, checksOf, Inapplicable, type ListedCheck } from '../check.ts'
import { ensure } from '../support/ensure.ts'
import { collect, someConversations, someMessages, threadOf } from '../support/reading.ts'
import { questionOf } from '../support/writing.ts'

/** What the server shows of a trait: the values that fit it. */
type Shown<Name extends TraitName> = readonly Required<Traits>[Name]['value'][]

let visitors = 0
const visitor = () => ({ externalId: `traits-${Date.now()}-${++visitors}` })

/** A new conversation in which the agent has answered. */
async function answered(bench: Bench, more: object = {}, adapter: Adapter = bench.adapter): Promise<Answer> {
  const input = { text: questionOf(bench), ...bench.harness.use?.ask, ...more }
  return requireOperation(adapter, 'messages.ask')({ visitor: visitor() }, input)
}

const replyIn = ({ adapter, harness }: Bench, conversation: string, more: object = {}) =>
  requireOperation(adapter, 'messages.reply')(conversation, {
    text: 'A colleague will call you.',
    ...harness.use?.reply,
    ...more,
  })

/** Traits that no operation of the contract shows, because they are about what happens outside of the API. */
type Unseen =
  // Whether a person also gets the answer, and who delivers a reply.
  | 'answerReach'
  | 'replyDelivery'
  // A list that hides what was deleted looks like a shorter one, and no operation changes a message.
  | 'deletes'
  | 'edits'

/** How each trait shows. */
const probes: { readonly [Name in Exclude<TraitName, Unseen>]: (bench: Bench) => Promise<Shown<Name>> } = {
  async anonymousVisitor({ adapter }) {
    const { warnings } = await requireOperation(adapter, 'contacts.ensure')(visitor())
    return [warnings.some(({ message }) => message.includes('placeholder')) ? 'placeholder' : 'yes']
  },
  async contactLookup({ adapter }) {
    if (!supports(adapter, 'contacts.get')) return ['none']
    const who = visitor()
    const ensureContact = requireOperation(adapter, 'contacts.ensure')
    const { contact } = await ensureContact({ ...who, firstName: 'First', lastName: 'Name' })
    await ensureContact({ ...who, firstName: 'Second', lastName: 'Name' })
    return [(await adapter.contacts.get(contact)).name === contact.name ? 'read' : 'write']
  },
  async contactKey({ open }) {
    const who = visitor()
    // Two adapters that share no store, one after the other.
    const [one, other] = [await open({}), await open({})]
    const first = await requireOperation(one, 'contacts.ensure')(who)
    const second = await requireOperation(other, 'contacts.ensure')(who)
    return first.contact.id === second.contact.id ? ['vendor', 'store'] : ['store']
  },
  async conversationsPerContact({ adapter }) {
    const { contact } = await requireOperation(adapter, 'contacts.ensure')(visitor())
    const create = requireOperation(adapter, 'conversations.create')
    const [one, other] = [await create({ contact: contact.id }), await create({ contact: contact.id })]
    return [one.id === other.id ? 'one' : 'many']
  },
  async questionContext(bench) {
    const { warnings } = await answered(bench, { context: 'The visitor reads the page about returns.' })
    const isIgnored = warnings.some(({ code, path }) => code === 'ignored-option' && path === 'context')
    return [isIgnored ? 'no' : 'yes']
  },
  async answerArrival(bench) {
    const said: string[] = []
    const send: typeof fetch = async (input, init) => {
      const answer = await bench.harness.fetch(input, init)
      if (init?.method === 'POST' || (input instanceof Request && input.method === 'POST'))
        said.push(await answer.clone().text())
      return answer
    }
    const { text } = await answered(bench, {}, await bench.open({ fetch: send }))
    ensure(text, 'The agent did not answer.')
    const words = JSON.stringify(text).slice(1, -1)
    return [said.some((body) => body.includes(words)) ? 'response' : 'polling']
  },
  async answerSources(bench) {
    const states = (await someMessages(bench)).filter(({ sources, sourcesState }) =>
      sourcesState === 'inline' ? (sources ?? []).length > 0 : sourcesState === 'fetchable',
    )
    const [first] = states
    return [first === undefined ? 'none' : first.sourcesState === 'inline' ? 'inline' : 'fetched']
  },
  async streaming(bench) {
    const stream = requireOperation(bench.adapter, 'messages.stream')
    const input = { text: questionOf(bench), ...bench.harness.use?.ask }
    const parts = await collect(stream({ visitor: visitor() }, input))
    return parts.filter(({ type }) => type === 'text').length > 1 ? ['parts', 'option'] : ['whole', 'option']
  },
  async questionToOperator(bench) {
    const { adapter } = bench
    const { conversationId } = await answered(bench)
    const id = conversationId as string
    const { waiting, ...use } = bench.harness.use ?? {}
    const ask = (text: string) => requireOperation(adapter, 'messages.ask')(id, { text, ...use.ask })
    // At a vendor without a take-over, a person is in control while the agent waits for one.
    if (supports(adapter, 'control.takeOver')) await adapter.control.takeOver(id)
    else if (waiting) await ask(waiting.question)
    else await replyIn(bench, id)
    try {
      const { outcome } = await ask(`${questionOf(bench)} (to the operator)`)
      return [outcome === 'answered' ? 'answered' : 'unanswered']
    } catch (error) {
      if (!isParleyError(error) || error.code !== 'conflict') throw error
      return ['refused']
    }
  },
  async replyOperator(bench) {
    const { conversationId } = await answered(bench)
    const [operator] = (await bench.adapter.operators?.list?.())?.items ?? []
    const operatorId = bench.harness.use?.reply?.operatorId ?? operator?.id
    if (operatorId === undefined) throw new Inapplicable('No operator is known.')
    const reply = requireOperation(bench.adapter, 'messages.reply')
    const { warnings } = await reply(
      conversationId as string,
      { text: 'A colleague will call you.', operatorId },
      { takeOver: 'if-needed' },
    )
    const isIgnored = warnings.some(({ code, path }) => code === 'ignored-option' && path === 'operatorId')
    return isIgnored ? ['ignored'] : ['optional', 'required']
  },
  async replyControl(bench) {
    const { conversationId } = await answered(bench)
    try {
      await replyIn(bench, conversationId as string)
      return ['not-needed']
    } catch (error) {
      if (!isParleyError(error) || error.code !== 'conflict') throw error
      return ['needed']
    }
  },
  async replyTakesControl(bench) {
    const { adapter } = bench
    if (!supports(adapter, 'control.get')) return ['configured', 'unknown']
    const { conversationId } = await answered(bench)
    const id = conversationId as string
    // Where a reply needs a take-over, it is not the reply that takes control.
    const done = await replyIn(bench, id).catch((error: unknown) => {
      if (isParleyError(error) && error.code === 'conflict') return undefined
      throw error
    })
    if (!done) return ['no']
    return (await adapter.control.get(id)).holder === 'operator'
      ? ['yes', 'configured', 'unknown']
      : ['no', 'configured', 'unknown']
  },
  async handOff({ adapter }) {
    return supports(adapter, 'control.takeOver') ? ['operation'] : ['reply', 'agent']
  },
  async sentTexts(bench) {
    const { conversationId } = await answered(bench)
    const text = 'A colleague will call you at noon.'
    await requireOperation(bench.adapter, 'messages.reply')(
      conversationId as string,
      { text, ...bench.harness.use?.reply },
      { takeOver: 'if-needed' },
    )
    const isKept = (await threadOf(bench.adapter, conversationId as string)).some((message) => message.text === text)
    return isKept ? ['kept', 'unknown', 'rewritten'] : ['unknown', 'rewritten']
  },
  async statusRead({ adapter }) {
    const conversations = await someConversations(adapter)
    return [conversations.some(({ status }) => status.value !== 'unknown') ? 'yes' : 'no']
  },
  async statusWrite(bench) {
    const { adapter } = bench
    const { conversationId } = await answered(bench)
    if (supports(adapter, 'conversations.update')) {
      try {
        await adapter.conversations.update(conversationId as string, { status: 'closed' })
        return ['yes']
      } catch (error) {
        if (!isParleyError(error) || error.code !== 'unsupported') throw error
      }
    }
    return [supports(adapter, 'conversations.close') ? 'close' : 'no']
  },
  async messageTimes(bench) {
    return [(await someMessages(bench)).every(({ createdAt }) => createdAt) ? 'yes' : 'no']
  },
}

export const traitChecks: readonly Check[] = checksOf('traits', [
  {
    name: 'every trait of an operation that the adapter has is declared, with a value of its set and a reason',
    async run({ adapter }) {
      const traits = await adapter.traits?.()
      ensure(traits, 'The adapter declares no traits.')
      for (const name of traitNames) {
        const { operations, values } = traitDescriptions[name]
        const { value = '', reason = '' } = traits[name] ?? {}
        if (!traits[name] && !operations.some((operation) => supports(adapter, operation))) continue
        ensure(
          (values as readonly string[]).includes(value),
          `The trait ${name} is "${value}", which is none of ${values.join(', ')}.`,
        )
        ensure(/^\S.*\.$/s.test(reason), `The trait ${name} has no sentence as its reason.`)
      }
    },
  },
  ...(Object.keys(probes) as (keyof typeof probes)[]).map(
    (name): ListedCheck => ({
      name: `the trait ${name} is what the server shows`,
      async run(bench) {
        const trait = (await bench.adapter.traits?.())?.[name]
        if (!trait) throw new Inapplicable('The adapter does not declare it.')
        for (const operation of needed[name] ?? traitDescriptions[name].operations)
          if (!supports(bench.adapter, operation)) throw new Inapplicable(`It needs ${operation}.`)
        const shown: readonly string[] = await probes[name](bench)
        ensure(
          shown.includes(trait.value),
          `The adapter says "${trait.value}", but the server shows ${shown.join(' or ')}.`,
        )
      },
    }),
  ),
])

/** What a probe needs besides, or other than, the operations that the trait is about. */
const needed: { readonly [Name in TraitName]?: readonly Parameters<typeof supports>[1][] } = {
  conversationsPerContact: ['contacts.ensure', 'conversations.create'],
  questionToOperator: ['contacts.ensure', 'messages.ask', 'messages.reply'],
  replyOperator: ['contacts.ensure', 'messages.ask', 'messages.reply'],
  replyControl: ['contacts.ensure', 'messages.ask', 'messages.reply'],
  replyTakesControl: ['contacts.ensure', 'messages.ask', 'messages.reply'],
  sentTexts: ['contacts.ensure', 'messages.ask', 'messages.reply', 'messages.list'],
  statusWrite: ['contacts.ensure', 'messages.ask'],
  answerSources: ['messages.list'],
  handOff: [],
}
