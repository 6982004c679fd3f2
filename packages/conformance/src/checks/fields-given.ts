import { type Adapter, can, type Entity, type Message, type PortableModel, parseRef } from '@parley/core'
import type { Bench } from '../bench.ts'
import type { Check } from '../check.ts'
import { ensure } from '../support/ensure.ts'
import { everything } from '../support/everything.ts'
import { fieldRows, type TableRow } from '../support/field-table.ts'
import { threadOf } from '../support/sample.ts'

/** How many conversations are read for a field that was not seen yet. */
const most = 60

export const fieldsAreGiven: Check = {
  group: 'fields',
  name: 'a field that is said never to be given is nowhere, and one that is said to be given is somewhere',
  async run(bench) {
    const rows = await fieldRows(bench)
    if (!rows) return
    const seen = await look(bench, rows)
    const problems = [
      ...rows
        .filter(({ support, ...place }) => support.given === false && seen.has(nameOf(place)))
        .map((row) => `${nameOf(row)} is said never to be given, and was`),
      ...missing(bench, rows, seen).map((name) => `${name} is said to be given and is nowhere`),
    ]
    const hint = 'What the server cannot show has its reason in use.unseen.'
    ensure(problems.length === 0, `${problems.join('; ')}. ${hint}`)
  },
}

const nameOf = ({ model, field }: Pick<TableRow, 'model' | 'field'>): string => `${model}.${field}`

/** Fields that should be given and were not seen. Of a model that was not seen at all nothing can be said. */
const missing = ({ harness }: Bench, rows: readonly TableRow[], seen: ReadonlySet<string>): string[] => {
  const models = new Set([...seen].map((name) => name.split('.')[0]))
  return rows
    .filter(({ support, model }) => support.given !== false && models.has(model))
    .map(nameOf)
    .filter((name) => !seen.has(name) && harness.use?.unseen?.[name] === undefined)
}

/** Reads what the account holds: a part of everything, and more conversations as long as something is missing. */
async function look(bench: Bench, rows: readonly TableRow[]): Promise<ReadonlySet<string>> {
  const { adapter } = bench
  const seen = new Set<string>()
  for (const entity of await everything(bench)) add(seen, entity)
  if (!can(adapter, 'messages.list') || !can(adapter, 'conversations.list')) return seen
  let read = 0
  for await (const conversation of adapter.conversations.list()) {
    if (++read > most || missing(bench, rows, seen).length === 0) return seen
    add(seen, conversation)
    for (const message of await threadOf(adapter, conversation.id)) await addWhole(seen, adapter, message, read)
  }
  return seen
}

/** What a list leaves out is read one by one: the bodies of emails, the sources of some answers. */
async function addWhole(seen: Set<string>, adapter: Adapter, message: Message, read: number): Promise<void> {
  add(seen, message)
  if (message.type.value === 'email' && can(adapter, 'messages.get') && !seen.has('message.html'))
    add(seen, await adapter.messages.get(message))
  const asks = message.sourcesState === 'fetchable' && message.author.kind === 'agent' && read <= 20
  if (asks && can(adapter, 'sources.of')) for (const source of await adapter.sources.of(message)) add(seen, source)
}

function add(seen: Set<string>, entity: Entity): void {
  const model = parseRef(entity.ref).kind as PortableModel
  for (const field of Object.keys(entity)) seen.add(`${model}.${field}`)
  const { attachments = [], sources = [] } = entity as Partial<Pick<Message, 'attachments' | 'sources'>>
  for (const part of [...attachments, ...sources]) add(seen, part)
}
