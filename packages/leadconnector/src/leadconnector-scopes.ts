const agents = 'conversation-ai.readonly'
const readConversations = 'conversations.readonly'
const writeConversations = 'conversations.write'
const readMessages = 'conversations/message.readonly'
const writeMessages = 'conversations/message.write'
const contacts = 'contacts.readonly'
const writeContacts = 'contacts.write'
const files = 'files.readonly'
const readKnowledge = 'knowledge-bases.readonly'
const writeKnowledge = 'knowledge-bases.write'

/** What the vendor's "Scopes" page and its endpoints ask for; the first is needed, the others for parts of it. */
const scopes: ReadonlyMap<string, readonly string[]> = new Map([
  ['agents.list', [agents]],
  ['agents.get', [agents]],
  ['conversations.list', [readConversations]],
  ['conversations.get', [readConversations]],
  ['conversations.create', [writeConversations, readConversations]],
  ['conversations.update', [writeConversations]],
  ['conversations.delete', [writeConversations]],
  ['messages.list', [readMessages]],
  ['messages.get', [readMessages]],
  ['messages.ask', [writeMessages, readMessages, readConversations, agents]],
  ['messages.stream', [writeMessages, readMessages, readConversations, agents]],
  ['messages.reply', [writeMessages, readMessages, readConversations]],
  ['messages.note', [writeMessages, readMessages, readConversations]],
  ['messages.export', [readMessages]],
  ['messages.cancel', [writeMessages, readMessages]],
  ['messages.setStatus', [writeMessages]],
  ['messages.settle', [readMessages, agents]],
  ['sources.of', [agents]],
  ['generations.get', [agents]],
  ['contacts.get', [contacts]],
  ['contacts.search', [contacts]],
  ['contacts.upsert', [writeContacts]],
  // Named by newer editions only; where they are missing, the account asks for them.
  ['knowledge.list', [readKnowledge]],
  ['knowledge.add', [writeKnowledge, readKnowledge]],
  ['knowledge.remove', [writeKnowledge]],
  ['attachments.upload', [writeMessages]],
  ['attachments.url', [files]],
  ['attachments.read', [files, readMessages]],
])

/** The scopes that an operation of the contract needs, in words; `undefined` for one that is not known. */
export const scopesOf = (operation: string): string | undefined => scopes.get(operation)?.join(', ')
