import {
  type Adapter,
  type Entity,
  type FieldLevel,
  isParleyError,
  type Message,
  type PortableModel,
  parseRef,
  supports,
} from '@parley/core'
import { fieldLevels, fieldSupport, isWholeModel, portableFields } from '@parley/core/fields'
import { type Bench, type Check, checksOf } from '../check.ts'
import { differences, ensure, show } from '../support/ensure.ts'
import { type FieldWrite, fieldRows, fieldWrites, portableModels, type TableRow } from '../support/field-writes.ts'
import { everything, threadOf } from '../support/reading.ts'

/** Returns the problem of a field in a sentence. `undefined`: the field is as the table says. */
type Judge = (written: { wanted: unknown; found: unknown } | { failed: unknown }) => string | undefined

/** Compares the declared level of each field with the result of writing it. */
const levelCheck = (level: FieldLevel, name: string, judge: Judge): Check => ({
  group: 'fields',
  name,
  async run(bench) {
    const rows = (await fieldRows(bench))?.filter(({ support }) => support.level === level) ?? []
    const writes = fieldWrites()
    const problems: string[] = []
    for (const { model, field } of rows) {
      const write = writes.find((each) => each.model === model && each.field === field)
      const problem =
        write && isPossible(write, bench)
          ? judge(await written(write, bench))
          : level === 'full'
            ? 'is declared full, but no operation writes it'
            : undefined
      if (problem) problems.push(`${model}.${field} ${problem}`)
    }
    ensure(problems.length === 0, `${problems.join('; ')}.`)
  },
})

const isPossible = ({ needs, model }: FieldWrite, { adapter }: Bench): boolean =>
  needs.every((name) => supports(adapter, name)) &&
  (model !== 'contact' || supports(adapter, 'contacts.create') || supports(adapter, 'contacts.upsert'))

const isSame = (found: unknown, wanted: unknown): boolean => differences(found, wanted).length === 0

export const fieldChecks: readonly Check[] = checksOf('fields', [
  {
    name: 'the field table names every field of every model, and why one is not full',
    async run({ adapter }) {
      const table = await adapter.fields?.()
      if (!table) return
      for (const model of portableModels) {
        const entry = table[model]
        ensure(entry, `The table has no ${model}.`)
        const others = isWholeModel(entry)
          ? []
          : Object.keys(entry).filter((field) => !portableFields[model].includes(field))
        ensure(others.length === 0, `The table has fields that ${model} does not have: ${others.join(', ')}.`)
        for (const field of portableFields[model]) {
          const support = fieldSupport(table, model, field)
          ensure(support && fieldLevels.includes(support.level), `The table has no entry for ${model}.${field}.`)
          ensure(
            support.level === 'full' || support.reason?.trim(),
            `${model}.${field} is ${support.level}, but the table gives no reason.`,
          )
        }
      }
    },
  },
  {
    name: 'a field that is declared as never returned is nowhere, and one that is declared as returned is somewhere',
    async run(bench) {
      const rows = await fieldRows(bench)
      if (!rows) return
      const seen = await look(bench, rows)
      const problems = [
        ...rows
          .filter(({ support, ...place }) => support.readable === false && seen.has(nameOf(place)))
          .map((row) => `${nameOf(row)} is declared as never returned, but was returned`),
        ...missing(bench, rows, seen).map((name) => `${name} is declared as returned but is nowhere`),
      ]
      const hint = 'Give a reason in use.unseen for each field that the server cannot show.'
      ensure(problems.length === 0, `${problems.join('; ')}. ${hint}`)
    },
  },
  levelCheck('full', 'a field that is declared full reads back as it was written', (result) => {
    if ('failed' in result) return `cannot be written: ${String(result.failed)}`
    const { wanted, found } = result
    return isSame(found, wanted) ? undefined : `reads back as ${show(found)} instead of ${show(wanted)}`
  }),
  levelCheck('dropped', 'a field that is declared dropped is accepted and does not read back', (result) => {
    if ('failed' in result) return `is not accepted: ${String(result.failed)}`
    return isSame(result.found, result.wanted) ? 'is declared dropped but reads back' : undefined
  }),
  levelCheck('rejected', 'a field that is declared rejected is refused', (result) => {
    if (!('failed' in result)) return 'is declared rejected, but the write succeeded'
    const { failed } = result
    const isRefusal = isParleyError(failed) && ['invalid-request', 'unsupported'].includes(failed.code)
    return isRefusal ? undefined : `failed with ${String(failed)} instead of being refused`
  }),
])

/** The most conversations that are read for a field that was not seen yet. */
const maxConversations = 60

const nameOf = ({ model, field }: Pick<TableRow, 'model' | 'field'>): string => `${model}.${field}`

/** Fields that should be returned but were not seen. If a model was not seen at all, its fields are not checked. */
const missing = ({ harness }: Bench, rows: readonly TableRow[], seen: ReadonlySet<string>): string[] => {
  const models = new Set([...seen].map((name) => name.split('.')[0]))
  return rows
    .filter(({ support, model }) => support.readable !== false && models.has(model))
    .map(nameOf)
    .filter((name) => !seen.has(name) && harness.use?.unseen?.[name] === undefined)
}

/** Reads a part of the account's data, and further conversations while a field is missing. */
async function look(bench: Bench, rows: readonly TableRow[]): Promise<ReadonlySet<string>> {
  const { adapter } = bench
  const seen = new Set<string>()
  for (const entity of await everything(bench)) add(seen, entity)
  if (!supports(adapter, 'messages.list') || !supports(adapter, 'conversations.list')) return seen
  let read = 0
  for await (const conversation of adapter.conversations.list()) {
    if (++read > maxConversations || missing(bench, rows, seen).length === 0) return seen
    add(seen, conversation)
    for (const message of await threadOf(adapter, conversation.id)) await addWhole(seen, adapter, message, read)
  }
  return seen
}

/** Reads single items for the fields that lists omit: the bodies of emails, the sources of some answers. */
async function addWhole(seen: Set<string>, adapter: Adapter, message: Message, read: number): Promise<void> {
  add(seen, message)
  if (message.type.value === 'email' && supports(adapter, 'messages.get') && !seen.has('message.html'))
    add(seen, await adapter.messages.get(message))
  const asks = message.sourcesState === 'fetchable' && message.author.kind === 'agent' && read <= 20
  if (asks && supports(adapter, 'sources.list'))
    for (const source of (await adapter.sources.list(message)).items) add(seen, source)
}

function add(seen: Set<string>, entity: Entity): void {
  const model = parseRef(entity.ref).kind as PortableModel
  for (const field of Object.keys(entity)) seen.add(`${model}.${field}`)
  const { attachments = [], sources = [] } = entity as Partial<Pick<Message, 'attachments' | 'sources'>>
  for (const part of [...attachments, ...sources]) add(seen, part)
}

async function written(write: FieldWrite, bench: Bench): Promise<Parameters<Judge>[0]> {
  try {
    return await write.run(bench)
  } catch (failed) {
    return { failed }
  }
}
