import type { StoredFact } from './data-knowledge.ts'
import { newId, on, pageOf, type Route, withOne } from './route.ts'
import { start } from './start.ts'

const within = (from: string | undefined, until: string | undefined) => (one: { at: number }) =>
  (!from || one.at >= Number(from)) && (!until || one.at <= Number(until))

export const knowledgeRoutes: readonly Route[] = [
  on('GET', '/facts', (store, input) => {
    const { kind, shelf } = input
    return pageOf(
      store.facts.filter((fact) => (!kind || fact.kind === kind) && (shelf === '*' || fact.shelf === shelf)),
      input,
    )
  }),
  on('POST', '/facts', (store, { kind, title, link, body, asks, says, file, shelf }) => {
    const fact: StoredFact = {
      ...{ id: newId('fact'), kind, title: title ?? null, link: link ?? null, body: body ?? null, asks: asks ?? null },
      ...{ says: says ?? null, file: file ?? null, shelf: shelf ?? 'shelf-0', state: 'busy', at: start },
    }
    store.facts.push(fact)
    return { body: fact }
  }),
  on('DELETE', '/facts/:id', (store, { id }) =>
    withOne(store.facts, id, (fact) => {
      store.facts = store.facts.filter((other) => other !== fact)
    }),
  ),

  on('GET', '/ratings', (store, input) => pageOf(store.ratings.filter(within(input.from, input.until)), input)),
  on('GET', '/hints', (store, input) => pageOf(store.hints.filter(within(input.from, input.until)), input)),
  on('DELETE', '/hints/:id', (store, { id }) =>
    withOne(store.hints, id, (hint) => {
      store.hints = store.hints.filter((other) => other !== hint)
    }),
  ),
]
