import type { Author, AuthorKind, MessageType, Raw, Reading } from '@parley/core'

/**
 * Who wrote a message. The vendor marks no message as the agent's, so an outbound one from its app without a person is
 * the agent's by inference; that a generation exists for it (`generations.get`) is the proof.
 */
export function readAuthor(raw: Raw, type: MessageType | 'unknown', reading: Reading): Author {
  if (type === 'activity') return { kind: 'system', basis: 'vendor' }
  if (type === 'note') return withId({ kind: 'operator', basis: 'vendor' }, reading.text(raw, 'userId'))
  const direction = raw['direction']
  if (direction === 'inbound') return withId({ kind: 'contact', basis: 'vendor' }, reading.text(raw, 'contactId'))
  if (direction !== 'outbound') return { kind: 'unknown', basis: 'inferred' }
  const word = reading.text(raw, 'source') ?? null
  const userId = reading.text(raw, 'userId')
  if (userId) return withId(withNative({ kind: 'operator', basis: 'vendor' }, word), userId)
  return withNative(authorOfSource(word, reading), word)
}

const kinds: ReadonlyMap<string, { kind: AuthorKind; basis: Author['basis'] }> = new Map([
  ['app', { kind: 'agent', basis: 'inferred' }],
  // A workflow may let an agent write: `sources.of` and `generations.get` find out.
  ['workflow', { kind: 'automation', basis: 'inferred' }],
  ['campaign', { kind: 'automation', basis: 'vendor' }],
  ['bulk_actions', { kind: 'automation', basis: 'vendor' }],
  // Another program; whether a person sits behind it is not said.
  ['api', { kind: 'automation', basis: 'inferred' }],
])

function authorOfSource(source: string | null, reading: Reading): Author {
  if (source === null) return { kind: 'unknown', basis: 'inferred' }
  const known = kinds.get(source)
  if (known) return { kind: known.kind, basis: known.basis }
  reading.warn('unknown-term', `${reading.vendor} sent a value for source that this version of Parley does not know.`, {
    path: reading.at('source'),
    raw: source,
  })
  return { kind: 'unknown', basis: 'inferred' }
}

function withId(author: Author, id: string | null | undefined): Author {
  if (id) author.id = id
  return author
}

function withNative(author: Author, native: string | null): Author {
  if (native !== null) author.native = native
  return author
}
