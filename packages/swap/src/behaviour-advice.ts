import type { TraitName, TraitValues } from '@parley/core'

const ownStatus = 'Keep the status in your own store.'
const byId = 'Compare messages by their id, never by their text.'

/** What an application can do if a trait changes to a later value. By trait and by the value at the target. */
const byValue: { readonly [Name in TraitName]: Readonly<Partial<Record<TraitValues[Name], string>>> } = {
  anonymousVisitor: {
    placeholder:
      'Pass the visitor’s first and last name where you know them; otherwise, the contact gets a placeholder.',
  },
  contactLookup: {
    write: 'Pass only names and custom fields that are up to date: contacts.ensure writes them to the contact.',
    none: 'Keep names, emails and phones in your own store, under the externalId.',
  },
  contactKey: { store: 'Set the adapter’s option store to one that all processes share.' },
  conversationsPerContact: {
    one: 'Show one thread for each contact; a new topic does not get a conversation of its own.',
  },
  questionContext: { no: 'Put what the agent must know into the question, or into the agent’s own settings.' },
  answerArrival: {
    polling:
      'Allow more time for an answer, handle the outcome pending, and expect several requests for each question.',
  },
  answerSources: {
    fetched: 'Read the sources with sources.list where message.sourcesState is fetchable.',
    none: 'Show answers without sources.',
  },
  streaming: {
    option:
      'Turn on streaming in the adapter’s configuration; without it, messages.stream gives the whole answer at once.',
    whole: 'Show that the agent is writing: messages.stream gives the whole answer at once.',
  },
  answerReach: {
    contact: 'Do not send the answer to the person a second time, and try things out only with contacts of your own.',
  },
  questionToOperator: {
    answered: 'Send no question while an operator is in control: read control.get first.',
    refused: 'Catch the ConflictError of messages.ask, and ask again when the agent is in control.',
  },
  replyOperator: {
    ignored: 'Keep in your own store who wrote a reply.',
    required: 'Pass operatorId with each reply, or set it in the adapter’s configuration.',
  },
  replyControl: { needed: "Reply with { takeOver: 'if-needed' }, or call control.takeOver first." },
  replyTakesControl: {
    configured: 'Check in the agent’s own settings that a reply stops it.',
    unknown: 'Find out with your own account whether a reply stops the agent, before you rely on it.',
    no: 'Call control.takeOver before a reply where the target has it; otherwise, the agent goes on answering.',
  },
  replyDelivery: { application: 'Deliver the text to the person yourself, after messages.reply.' },
  handOff: {
    reply: 'Take a conversation over with a reply, not with control.takeOver.',
    agent: 'Set up in the agent itself when it hands over; control.takeOver does not exist.',
  },
  sentTexts: { unknown: byId, rewritten: byId },
  statusRead: { no: ownStatus },
  statusWrite: { close: 'Only close conversations, and keep other states in your own store.', no: ownStatus },
  messageTimes: { no: 'Show messages in the order of messages.list, and keep their times in your own store.' },
  deletes: { unseen: 'Do not take a missing conversation for a deleted one, and record deletes in your own store.' },
  edits: {
    listed: 'Read the conversations at the top of the list again, and replace the messages that you have stored.',
    reread: 'Read the conversations that you have stored again, and replace their messages.',
  },
}

/** Undefined for the best value, which needs nothing. */
export const behaviourAdvice = (name: TraitName, value: string): string | undefined =>
  (byValue[name] as Readonly<Record<string, string>>)[value]
