import { answer } from '../world/answer.ts'
import type { Article } from '../world/world.ts'
import { citationOf } from './livechatai-citation.ts'
import type { Citation, State, StoredAgent, StoredDataSource } from './livechatai-state.ts'

/** What an agent says to a question, from the data sources that it has at this moment: also those that clients added. */
export function answerOf(
  state: State,
  agent: StoredAgent,
  question: string,
  format: 'MARKDOWN' | 'PLAIN',
): { readonly text: string; readonly citations: readonly Citation[] } {
  const own = [...state.dataSources.values()].filter((each) => each.agentId === agent.id && each.isUsed)
  const { text, articles } = answer({ knowledge: own.map(asArticle) }, question)
  return {
    text: format === 'PLAIN' ? withoutMarkdown(text) : text,
    citations: articles
      .flatMap(({ key }) => state.dataSources.get(key) ?? [])
      .map((source, rank) => citationOf(source, rank, question)),
  }
}

/** Only knowledge that clients added has any Markdown. */
const withoutMarkdown = (text: string): string =>
  text
    .replaceAll(/\[([^\]]*)\]\(([^)]*)\)/g, '$1 ($2)')
    .replaceAll(/\*\*|__|`/g, '')
    .replaceAll(/^#+\s*/gm, '')

const asArticle = ({ id, title, url, text }: StoredDataSource): Article => ({ key: id, kind: 'text', title, url, text })
