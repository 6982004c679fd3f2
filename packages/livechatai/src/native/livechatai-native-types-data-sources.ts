import type { LiveChatAIRawDataSource } from '../wire/index.ts'
import type { LiveChatAIEnvelope, LiveChatAILimitQuery, LiveChatAIPages } from './livechatai-native-envelope.ts'

/**
 * The knowledge of an AI agent. Nothing retrieves, changes or trains a single source; training goes on after a create,
 * and the list's `status` tells. Lengths are undocumented, and so is what happens to a duplicate.
 */
export interface LiveChatAIDataSourceEndpoints {
  /** "data-sources/list". */
  'GET /data-sources': {
    query: LiveChatAILimitQuery & { agentId: string; source?: LiveChatAISourceType | 'ALL' }
    answer: LiveChatAIEnvelope<{ agentId?: string; items: LiveChatAIRawDataSource[] } & LiveChatAIPages>
  }
  /** "data-sources/create-url": one page; there is no crawl. */
  'POST /data-sources/url': { body: { agentId: string; url: string }; answer: LiveChatAIDataSourceCreated }
  /** "data-sources/create-text". */
  'POST /data-sources/text': {
    body: { agentId: string; title: string; content: string }
    answer: LiveChatAIDataSourceCreated
  }
  /** "data-sources/create-qa". Which fields are required is presumed. */
  'POST /data-sources/qa': {
    body: {
      agentId: string
      question: string
      answer: string
      isGeneratedByAI?: boolean
      /** The message that it came from. */
      relatedMessageId?: string
    }
    answer: LiveChatAIDataSourceCreated
  }
  /** "data-sources/create-file": the text that was taken out of a file, not the file. */
  'POST /data-sources/file': {
    body: {
      agentId: string
      title: string
      content: string
      /** In small letters here, in capitals in every answer. */
      fileType: 'pdf' | 'docx' | 'image'
    }
    answer: LiveChatAIDataSourceCreated
  }
  /**
   * "data-sources/delete": a DELETE with a body. Sources of one type at a time; what was not there is in `notFound` and
   * no error. `source` of the answer is not to be relied on.
   */
  'DELETE /data-sources': {
    body: {
      agentId: string
      /** `YOUTUBE` and `NOTION` cannot be deleted. */
      source: LiveChatAISourceType
    } & ({ id: string; ids?: string[] } | { ids: string[]; id?: string })
    answer: LiveChatAIEnvelope<{
      message?: string
      agentId?: string
      source?: string
      deleted: string[]
      notFound?: string[]
    }>
  }
}

type LiveChatAISourceType = 'WEBSITE' | 'TEXT' | 'QA' | 'PDF' | 'DOCX' | 'IMAGE'

type LiveChatAIDataSourceCreated = LiveChatAIEnvelope<{
  message?: string
  item: Pick<LiveChatAIRawDataSource, 'id' | 'source' | 'isGeneratedByAI'>
}>
