import {
  type Adapter,
  type Answer,
  isParleyError,
  type Message,
  requireOperation,
  type Source,
  supports,
  type Visitor,
} from '@parley/core'

/*
 * A program that is written once, against the contract alone: it never asks which vendor it talks to. It plays a visitor,
 * the operator who takes over and the dashboard that lists it all, and returns what happened without the vendors' own ids.
 */

export interface Stage {
  /** Opens the account again, as after a restart. What the visitors have said is remembered in the stage's store. */
  open(): Adapter
  /** A day goes by. */
  sleep(): Promise<void>
}

/** What happened at each step, in the order of the steps. */
export type Transcript = Record<string, unknown>

const ada: Visitor = { externalId: 'write-once-ada', name: 'Ada Lark' }
const ben: Visitor = { externalId: 'write-once-ben' }
const questions = {
  first: 'When are you open on Saturday?',
  second: 'Do I need an appointment to look at bikes?',
  person: 'Can somebody call me about this, please?',
  again: 'How long do I have to send something back?',
  nextDay: 'Do you sell gift cards?',
}
const replyText = 'This is Ines from the shop. I will call you at noon.'

export async function visitTheShop(stage: Stage): Promise<Transcript> {
  let agent = stage.open()
  const ask = (visitor: Visitor, text: string) => requireOperation(agent, 'messages.ask')({ visitor }, { text })
  const transcript: Transcript = {}

  // A new visitor begins, and goes on.
  const first = await ask(ada, questions.first)
  const conversation = first.conversationId as string
  transcript['the first question'] = toldOf(first)
  transcript['the answer’s sources'] = (await sourcesOf(agent, first)).length > 0
  const second = await ask(ada, questions.second)
  transcript['the second question'] = toldOf(second)
  transcript['goes on in the same conversation'] = second.conversationId === conversation

  // Another visitor asks twice at the same time.
  const both = await Promise.all([settled(ask(ben, questions.first)), settled(ask(ben, questions.second))])
  transcript['two questions at once'] = both.map(({ answer, error }) => answer?.outcome ?? error).toSorted()
  const places = new Set(both.flatMap(({ answer }) => answer?.conversationId ?? []))
  transcript['two questions at once are in one conversation'] = places.size
  transcript['each visitor has a conversation of their own'] = !places.has(conversation)

  // The streamed answer says the same as the whole one.
  const parts: string[] = []
  let streamed: Answer | undefined
  for await (const part of requireOperation(agent, 'messages.stream')({ visitor: ada }, { text: questions.first })) {
    if (part.type === 'text') parts.push(part.text)
    if (part.type === 'finish') streamed = part.answer
  }
  transcript['the streamed answer'] = streamed && toldOf(streamed)
  transcript['its parts are the answer'] = parts.join('') === streamed?.text
  transcript['it came in several parts'] = parts.length > 1

  // A person takes over, replies, and gives the conversation back.
  const operatorId = (await requireOperation(agent, 'operators.list')()).items[0]?.id
  if (supports(agent, 'control.takeOver')) {
    transcript['who is in control after the take-over'] = (await agent.control.takeOver(conversation)).holder
    const meanwhile = await ask(ada, questions.person)
    transcript['a question to the operator'] = meanwhile.outcome
    await requireOperation(agent, 'control.release')(conversation)
  }
  const reply = await requireOperation(agent, 'messages.reply')(
    conversation,
    { text: replyText, ...(operatorId !== undefined && { operatorId }) },
    { takeOver: 'if-needed' },
  )
  transcript['the operator’s reply'] = reply.outcome
  if (supports(agent, 'control.release')) {
    transcript['who is in control after the release'] = (await agent.control.release(conversation)).holder
    transcript['the agent answers again'] = toldOf(await ask(ada, questions.again))
  }

  // The program is started again, and the visitor comes back the next day.
  await stage.sleep()
  agent = stage.open()
  const later = await ask(ada, questions.nextDay)
  transcript['the next day it goes on'] = later.conversationId === conversation
  transcript['the same contact'] = later.contactId === first.contactId

  // The dashboard.
  const list = requireOperation(agent, 'conversations.list')
  const contactId = first.contactId as string
  transcript['conversations of the visitor'] = (await list({ contactId })).items.map(({ id }) => id === conversation)
  const open = await list({ contactId, status: 'open' })
  transcript['listed as open'] = open.items.some(({ id }) => id === conversation)
  transcript['not answerable: open'] = open.unapplied ?? []
  const unread = await list({ contactId, unread: true, unknown: 'exclude' })
  transcript['not answerable: unread'] = unread.unapplied ?? []
  const nothing = await list({ search: 'zqxj-nobody-says-this' })
  transcript['a search for nonsense'] = nothing.items.length

  const history = await everything(agent, conversation)
  transcript['who spoke'] = history.map(({ author }) => author.kind).filter((kind) => kind !== 'system')
  transcript['what the visitor said'] = said(history, questions.first, questions.second, questions.nextDay)
  transcript['what the operator said'] = said(history, replyText)
  transcript['every message has a time'] = history.every(({ createdAt }) => !!createdAt)
  return transcript
}

/** What a program sees of an answer. */
const toldOf = ({ outcome, text, conversationRef, contactRef }: Answer) => ({
  outcome,
  text,
  hasRefs: conversationRef !== null && contactRef !== undefined,
})

async function settled(asked: Promise<Answer>): Promise<{ answer?: Answer; error?: string }> {
  try {
    return { answer: await asked }
  } catch (error) {
    if (!isParleyError(error)) throw error
    return { error: error.code }
  }
}

async function sourcesOf(agent: Adapter, { sources, sourcesState, message }: Answer): Promise<readonly Source[]> {
  if (sourcesState !== 'fetchable' || !message || !supports(agent, 'sources.list')) return sources
  return (await agent.sources.list(message)).items
}

/** Oldest first. */
async function everything(agent: Adapter, conversation: string): Promise<Message[]> {
  const all: Message[] = []
  for await (const message of requireOperation(agent, 'messages.list')(conversation, { order: 'asc' }))
    all.push(message)
  return all
}

/** Whether each text is in the thread once. A vendor may add to a text. */
const said = (thread: readonly Message[], ...texts: string[]): boolean[] =>
  texts.map((text) => thread.some((message) => message.text?.includes(text)))
