import type { Article, World } from '../world/world.ts'
import { seededId } from './livechatai-seed-ids.ts'
import type { StoredAgent, StoredDataSource } from './livechatai-state.ts'

/**
 * Sources of the types that the world's knowledge does not have; one failed, one in a state that nobody knows. No
 * answer is drawn from them: to one question the bots of all vendors say the same.
 */
const extras: readonly (Pick<StoredDataSource, 'source' | 'title' | 'text' | 'url' | 'failed' | 'oddity'> & {
  readonly key: string
})[] = [
  {
    key: 'house-rules',
    source: 'DOCX',
    title: 'house-rules.docx',
    text: 'Dogs are welcome in the showroom as long as they stay on a lead.',
    url: null,
    failed: false,
  },
  {
    key: 'floor-plan',
    source: 'IMAGE',
    title: 'floor-plan.png',
    text: 'Ground floor: showroom and counter. Basement: helmets and clothing.',
    url: null,
    failed: false,
  },
  {
    key: 'brake-video',
    source: 'YOUTUBE',
    title: 'How to adjust disc brakes',
    text: 'Loosen both bolts of the caliper, pull the lever, and tighten them again.',
    url: 'https://www.youtube.com/watch?v=sandbox0001',
    failed: false,
  },
  {
    key: 'old-campaign',
    source: 'WEBSITE',
    title: 'Spring campaign',
    text: '',
    url: 'https://campaign.quilloncycles.example/spring',
    failed: true,
  },
  {
    key: 'supplier-list',
    source: 'TEXT',
    title: 'Supplier list',
    text: 'Our rims come from two family firms.',
    url: null,
    failed: false,
    oddity: { status: 'AWAITING_REVIEW', url: undefined },
  },
]

/** Every agent knows the whole world, so that an article's citation always finds its source. */
export function seedDataSources(world: World, agents: readonly StoredAgent[]): StoredDataSource[] {
  return agents
    .filter((agent) => !agent.isArchived)
    .flatMap((agent) => {
      const at = (index: number): number => agent.createdAt + index * 61_009
      const articles = world.knowledge.map((article, index) => ({
        id: dataSourceId(world, agent.id, article.key),
        agentId: agent.id,
        source: typeOf(article),
        title: article.title,
        text: article.text,
        url: article.url,
        isGeneratedByAI: false,
        isUsed: true,
        processing: 0,
        failed: false,
        createdAt: at(index),
        updatedAt: at(index) + 4_000,
      }))
      const others = extras.map(({ key, ...extra }, index) => ({
        id: dataSourceId(world, agent.id, key),
        agentId: agent.id,
        ...extra,
        isGeneratedByAI: false,
        isUsed: false,
        processing: 0,
        createdAt: at(world.knowledge.length + index),
        updatedAt: at(world.knowledge.length + index) + 4_000,
      }))
      return [...articles, ...others]
    })
}

export const dataSourceId = (world: World, agentId: string, article: string): string =>
  seededId(world, 'source', `${agentId}:${article}`)

/** A note that stands in Notion can be cited and listed, but neither filtered for nor deleted. */
function typeOf({ kind, key }: Article): string {
  if (kind === 'text') return key.includes('winter') ? 'NOTION' : 'TEXT'
  return { website: 'WEBSITE', faq: 'QA', file: 'PDF' }[kind]
}
