import type { World } from '../../world/world.ts'
import { idFrom } from '../leadconnector-ids.ts'
import type { KnowledgeBaseRecord } from '../state/leadconnector-records.ts'
import type { LocationState } from '../state/leadconnector-state.ts'

export function seedKnowledge({ seed, knowledge, bots, now }: World, location: LocationState): void {
  const id = (key: string) => idFrom(`${seed}:${location.id}:knowledge:${key}`)
  const at = Math.min(now, ...bots.map(({ createdAt }) => createdAt))
  const shared = { createdAt: at, updatedAt: at }
  const pages = knowledge.filter(({ kind }) => kind === 'website')
  const faqs = knowledge.filter(({ kind }) => kind === 'faq')
  const count = (kind: string) => knowledge.filter((article) => article.kind === kind).length
  const main: KnowledgeBaseRecord = {
    ...shared,
    id: id('main'),
    name: 'Everything customers ask',
    description: 'The website, the FAQ and the manuals',
    isDefault: true,
    faqs: faqs.map(({ key, title, text }) => ({ ...shared, id: id(key), question: title, answer: text })),
    pages: [
      ...pages.map(({ key, title, text, url }) => ({
        id: id(key),
        url: url ?? '',
        title,
        text,
        status: 'Successful',
        updatedAt: at,
      })),
      { id: id('lost'), url: 'https://shop.example/lost', title: '', text: '', status: 'Failed', updatedAt: at },
    ],
    richText: count('text'),
    files: count('file'),
  }
  const drafts: KnowledgeBaseRecord = {
    ...shared,
    id: id('drafts'),
    name: 'Drafts',
    description: '',
    isDefault: false,
    faqs: [],
    pages: [],
    richText: 0,
    files: 0,
  }
  for (const base of [main, drafts]) location.knowledgeBases.set(base.id, base)
}
