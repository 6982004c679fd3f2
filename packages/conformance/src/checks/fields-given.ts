import { type Attachment, type Entity, type Message, type PortableModel, parseRef, type Source } from '@parley/core'
import type { Check } from '../check.ts'
import { ensure } from '../support/ensure.ts'
import { everything } from '../support/everything.ts'
import { fieldRows } from '../support/field-table.ts'

export const fieldsAreGiven: Check = {
  group: 'fields',
  name: 'a field that is said never to be given is nowhere, and one that is said to be given is somewhere',
  async run(bench) {
    const rows = await fieldRows(bench)
    if (!rows) return
    const seen = await fieldsSeen(await everything(bench))
    const unseen = bench.harness.use?.unseen ?? {}
    const problems = rows.flatMap(({ model, field, support }) => {
      const name = `${model}.${field}`
      const fields = seen.get(model)
      if (support.given === false) return fields?.has(field) ? [`${name} is said never to be given, and was`] : []
      const isMissing = fields && unseen[name] === undefined && !fields.has(field)
      return isMissing ? [`${name} is said to be given and is nowhere; say in use.unseen why, if it is`] : []
    })
    ensure(problems.length === 0, `${problems.join('; ')}.`)
  },
}

/** The fields that readings of each model have. A model of which there was no reading is not in it. */
async function fieldsSeen(entities: readonly Entity[]): Promise<ReadonlyMap<PortableModel, ReadonlySet<string>>> {
  const seen = new Map<PortableModel, Set<string>>()
  const add = (model: PortableModel, entity: object) => {
    const fields = seen.get(model) ?? new Set()
    for (const field of Object.keys(entity)) fields.add(field)
    seen.set(model, fields)
  }
  for (const entity of entities) {
    add(parseRef(entity.ref).kind as PortableModel, entity)
    const { attachments = [], sources = [] } = entity as Partial<Pick<Message, 'attachments' | 'sources'>>
    for (const attachment of attachments satisfies Attachment[]) add('attachment', attachment)
    for (const source of sources satisfies Source[]) add('source', source)
  }
  return seen
}
