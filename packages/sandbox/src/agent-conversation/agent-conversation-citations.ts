import type { Article } from '../world/world.ts'
import { tokenOf } from './agent-conversation-ids.ts'
import type { AiResponse } from './agent-conversation-state.ts'

/** Pages are cited by address. Everything else was uploaded as a file and is cited by its id in the vector store. */
export function citationsOf(
  seed: number,
  articles: readonly Article[],
): Pick<AiResponse, 'urlCitations' | 'fileCitations'> {
  const files = articles.filter(({ kind }) => kind !== 'website')
  return {
    urlCitations: articles.flatMap(({ kind, url, title }) => (kind === 'website' && url ? [{ url, title }] : [])),
    fileCitations: files.map((article) => ({ fileId: vectorStoreFileId(seed, article), filename: fileName(article) })),
  }
}

export const vectorStoreFileId = (seed: number, { key }: Article): string => `file-${tokenOf(seed, `file/${key}`, 22)}`

export const fileName = ({ kind, key, title }: Article): string => (kind === 'file' ? title : `${key}.md`)
