/** A source of knowledge as "data-sources/list" shows it. */
export interface LiveChatAIRawDataSource {
  id: string
  /** Of a question with its answer, most likely the question. */
  title?: string | null
  /** Possibly the whole text. */
  text?: string | null
  url?: string | null
  source?: 'WEBSITE' | 'TEXT' | 'QA' | 'PDF' | 'DOCX' | 'IMAGE' | 'YOUTUBE' | 'NOTION' | (string & {})
  /** `COMPLETED` is the only one shown. */
  status?: string | null
  characterCount?: number | null
  /** Only in what a create answers, which has nothing else but `id` and `source`. */
  isGeneratedByAI?: boolean
  createdAt?: string
  updatedAt?: string
}
