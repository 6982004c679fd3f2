import { type KnowledgeInput, type KnowledgeItem, type KnowledgeQuery, supports } from '@parley/core'
import { type Check, checksOf } from '../check.ts'
import { contradictions, ensure, ensureSame, show } from '../support/ensure.ts'
import { collect, idsOf } from '../support/reading.ts'
import { addKnowledge, listedKnowledge } from '../support/writing.ts'

export const knowledgeChecks: readonly Check[] = checksOf('knowledge', [
  {
    name: 'added knowledge has the given fields, and is listed once it is processed',
    needs: ['knowledge.add', 'knowledge.list'],
    async run({ adapter }) {
      const added = await addKnowledge(adapter)
      ensure(added.length > 0, 'The vendor supports adding knowledge but accepted none of any kind.')
      const listed = await listedKnowledge(adapter)
      for (const { input, item } of added) {
        says(item, input)
        const found = listed.get(item.id)
        if (!found) {
          const state = item.status?.value
          ensure(state === 'processing', `A ${input.kind} with the status ${state ?? 'none'} is not listed.`)
          continue
        }
        says(found, input)
        // The status may have changed since the item was added.
        const { status: _, ...before } = item
        const wrong = contradictions(before, found)
        ensure(wrong.length === 0, `A ${input.kind}, added and listed: ${wrong.join('; ')}.`)
      }
    },
  },
  {
    name: 'knowledge that was removed is no longer listed, and nothing else is missing',
    needs: ['knowledge.remove', 'knowledge.add', 'knowledge.list'],
    async run({ adapter }) {
      if (!supports(adapter, 'knowledge.remove')) return
      const added = await addKnowledge(adapter)
      const before = await listedKnowledge(adapter)
      const [first, second] = added.filter(({ item }) => before.has(item.id)).map(({ item }) => item)
      ensure(first, 'Nothing that was added is listed.')
      // One item is removed by its id, the other one as an entity.
      const removed = [
        await adapter.knowledge.remove(first.id),
        ...(second ? [await adapter.knowledge.remove(second)] : []),
      ]
      const after = await listedKnowledge(adapter)
      for (const { id } of removed) ensure(!after.has(id), `${id} was removed but is still listed.`)
      const missing = [...before.keys()].filter((id) => !after.has(id))
      ensure(missing.length === removed.length, `${missing.length} are missing, but ${removed.length} were removed.`)
    },
  },
  {
    name: 'knowledge is filtered by its kind and by its collection',
    needs: ['knowledge.list'],
    async run({ adapter }) {
      if (!supports(adapter, 'knowledge.list')) return
      const { list } = adapter.knowledge
      const all = await collect(list())
      ensure(all.length > 0, 'There is no knowledge.')
      const kinds = new Set(all.flatMap(({ kind }) => (kind.value === 'unknown' ? [] : kind.value)))
      for (const kind of kinds) {
        const wanted = all.filter((item) => item.kind.value === kind)
        ensureSame(idsOf(await collect(list({ kind }))).toSorted(), idsOf(wanted).toSorted(), `The ${kind}s`)
      }
      const [base] = all.flatMap(({ knowledgeBaseId }) => knowledgeBaseId ?? [])
      if (base === undefined) return
      const query: KnowledgeQuery = { knowledgeBaseId: base }
      const wanted = all.filter(({ knowledgeBaseId }) => knowledgeBaseId === base)
      ensureSame(idsOf(await collect(list(query))).toSorted(), idsOf(wanted).toSorted(), show(query))
    },
  },
])

/** Every field that the item has must equal the input. */
function says(item: KnowledgeItem, input: KnowledgeInput): void {
  ensure(item.kind.value === input.kind, `A ${input.kind} has the kind ${item.kind.value}.`)
  for (const field of ['url', 'title', 'text', 'question', 'answer', 'fileName'] as const) {
    const [wanted, found] = [(input as Partial<Record<typeof field, string>>)[field], item[field]]
    if (wanted === undefined || found === undefined || found === null) continue
    ensure(found === wanted, `The ${field} of a ${input.kind} is ${show(found)} instead of ${show(wanted)}.`)
  }
}
