import type { KnowledgeInput, KnowledgeItem } from '@parley/core'
import type { Check } from '../check.ts'
import { contradictions } from '../support/differences.ts'
import { ensure } from '../support/ensure.ts'
import { addKnowledge, listedKnowledge } from '../support/knowledge.ts'
import { show } from '../support/show.ts'

export const newKnowledgeIsListed: Check = {
  group: 'knowledge',
  name: 'knowledge that was added is what was given, and is listed once it is read',
  needs: ['knowledge.add', 'knowledge.list'],
  async run({ adapter }) {
    const added = await addKnowledge(adapter)
    ensure(added.length > 0, 'Knowledge can be added, and none of any kind was taken.')
    const listed = await listedKnowledge(adapter)
    for (const { input, item } of added) {
      says(item, input)
      const found = listed.get(item.id)
      if (!found) {
        const state = item.status?.value
        ensure(state === 'processing', `A ${input.kind} that is ${state ?? 'of no status'} is not listed.`)
        continue
      }
      says(found, input)
      // It may have been read in the meantime.
      const { status: _, ...before } = item
      const wrong = contradictions(before, found)
      ensure(wrong.length === 0, `A ${input.kind}, added and listed: ${wrong.join('; ')}.`)
    }
  },
}

/** As far as it is said at all, it is what was given. */
function says(item: KnowledgeItem, input: KnowledgeInput): void {
  ensure(item.kind.value === input.kind, `A ${input.kind} is said to be a ${item.kind.value}.`)
  for (const field of ['url', 'title', 'text', 'question', 'answer', 'fileName'] as const) {
    const [wanted, found] = [(input as Partial<Record<typeof field, string>>)[field], item[field]]
    if (wanted === undefined || found === undefined || found === null) continue
    ensure(found === wanted, `The ${field} of a ${input.kind} is ${show(found)} instead of ${show(wanted)}.`)
  }
}
