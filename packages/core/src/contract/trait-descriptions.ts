import type { OperationName } from './adapter.ts'
import type { ConversationFilter } from './options.ts'
import type { TraitName, TraitValues } from './traits.ts'

/** What a trait is about, its values, best first, and the operations that behave differently. */
export interface TraitDescription<Name extends TraitName = TraitName> {
  /** The question that the trait answers. */
  readonly question: string
  readonly values: readonly TraitValues[Name][]
  readonly operations: readonly OperationName[]
}

/** Makes a list of values that lacks none; the compiler refuses one that does. */
const of = <Name extends TraitName>(
  question: string,
  values: Readonly<Record<TraitValues[Name], true>>,
  ...operations: OperationName[]
): TraitDescription<Name> => ({ question, values: Object.keys(values) as TraitValues[Name][], operations })

/** All traits. */
export const traitDescriptions: { readonly [Name in TraitName]: TraitDescription<Name> } = {
  anonymousVisitor: of('May a visitor be anonymous?', { yes: true, placeholder: true }, 'contacts.ensure'),
  contactLookup: of('How is a contact found?', { read: true, write: true, none: true }, 'contacts.ensure'),
  contactKey: of('Who keeps two contacts from being made at once?', { vendor: true, store: true }, 'contacts.ensure'),
  conversationsPerContact: of(
    'How many conversations has a contact?',
    { many: true, one: true },
    'conversations.create',
    'messages.ask',
  ),
  questionContext: of('Does the agent get context with a question?', { yes: true, no: true }, 'messages.ask'),
  answerArrival: of('How does an answer arrive?', { response: true, polling: true }, 'messages.ask'),
  answerSources: of(
    'How do the sources of an answer come?',
    { inline: true, fetched: true, none: true },
    'messages.ask',
    'messages.list',
  ),
  streaming: of('Does an answer arrive in parts?', { parts: true, option: true, whole: true }, 'messages.stream'),
  answerReach: of('Who gets an answer?', { caller: true, contact: true }, 'messages.ask', 'messages.stream'),
  questionToOperator: of(
    'What becomes of a question while an operator is in control?',
    { unanswered: true, answered: true, refused: true },
    'messages.ask',
    'messages.stream',
  ),
  replyOperator: of(
    'Must a reply name its operator?',
    { optional: true, ignored: true, required: true },
    'messages.reply',
  ),
  replyControl: of('Does a reply need a take-over?', { 'not-needed': true, needed: true }, 'messages.reply'),
  replyTakesControl: of(
    'Does a reply stop the agent?',
    { yes: true, configured: true, unknown: true, no: true },
    'messages.reply',
  ),
  replyDelivery: of('Who delivers a reply?', { vendor: true, application: true }, 'messages.reply'),
  handOff: of(
    'How does an operator get a conversation?',
    { operation: true, reply: true, agent: true },
    'control.takeOver',
  ),
  sentTexts: of(
    'Are the texts that are sent changed?',
    { kept: true, unknown: true, rewritten: true },
    'messages.reply',
    'messages.reconcile',
  ),
  statusRead: of('Can the status of a conversation be read?', { yes: true, no: true }, 'conversations.list'),
  statusWrite: of(
    'Can the status of a conversation be changed?',
    { yes: true, close: true, no: true },
    'conversations.update',
    'conversations.close',
  ),
  messageTimes: of('Do messages have a time?', { yes: true, no: true }, 'messages.list'),
  deletes: of('Are deletes seen?', { seen: true, unseen: true }, 'conversations.get', 'conversations.list'),
  edits: of('How are changed messages seen?', { never: true, listed: true, reread: true }, 'messages.list'),
}

/** Every filter of `conversations.list`; the compiler refuses a name that is missing or that does not exist. */
const filters: Readonly<Record<ConversationFilter, true>> = {
  ...{ status: true, channel: true, agentId: true, contactId: true, assigneeId: true, unread: true, isStarred: true },
  ...{ search: true, since: true, until: true },
}

export const conversationFilters: readonly ConversationFilter[] = /* @__PURE__ */ Object.keys(
  filters,
) as ConversationFilter[]

export const traitNames: readonly TraitName[] = /* @__PURE__ */ Object.keys(traitDescriptions) as TraitName[]
