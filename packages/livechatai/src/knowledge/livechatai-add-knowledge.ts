import {
  anyOf,
  type Call,
  checkInput,
  checkText,
  checkUrl,
  compact,
  flag,
  ignoreOptions,
  invalid,
  isRaw,
  type KnowledgeInput,
  type OptionRules,
  Unreadable,
  vendorOptions,
} from '@parley/core'
import type { LiveChatAIContext } from '../livechatai-context.ts'
import { dataOf } from '../livechatai-unwrap.ts'
import { agentOptions, type LiveChatAIVendorOptions } from '../livechatai-vendor-options.ts'
import { readDataSource } from '../read/read-livechatai-data-source.ts'
import type { Found } from './livechatai-fetch-knowledge.ts'

const ownOptions: OptionRules<LiveChatAIVendorOptions['knowledge.add']> = {
  ...agentOptions,
  fileType: anyOf('pdf', 'docx', 'image'),
  isGeneratedByAI: flag,
  relatedMessageId: checkText,
}

/** "data-sources/create-…". It answers with an id only; what was sent is what the item is, and it is read from then on. */
export async function addKnowledge(context: LiveChatAIContext, call: Call, given: KnowledgeInput): Promise<Found> {
  const input = checkInput(call, given)
  const { agentId = context.agentId, ...own } = vendorOptions(call, input.vendor, ownOptions)
  const { path, body, known } = written(call, input, own)
  const pointless = Object.keys(own).filter((name) => !(name in body))
  ignoreOptions(call, own, pointless, `it has no meaning for the kind ${input.kind}.`)
  ignoreOptions(call, input, ['knowledgeBaseId'], 'an agent has one collection.')
  const spec = { method: 'POST', path: `/data-sources/${path}`, body: compact({ ...body, agentId }) } as const
  return call.read(spec, (answer, reading) => {
    const raw = dataOf(answer)['item']
    if (!isRaw(raw)) throw new Unreadable('data.item')
    // The vendor has accepted it, and says no more.
    return { status: { value: 'processing', native: null }, ...readDataSource(raw, reading, agentId), ...known }
  })
}

type Own = Partial<LiveChatAIVendorOptions['knowledge.add']>

interface Written {
  path: 'url' | 'text' | 'qa' | 'file'
  body: Record<string, unknown>
  /** What is certain of the item. */
  known: Partial<Found>
}

function written(call: Call, input: KnowledgeInput, own: Own): Written {
  switch (input.kind) {
    case 'website': {
      const url = checkUrl(call, input.url, 'url')
      if ((input.scope ?? 'page') !== 'page')
        throw invalid(call, 'scope', 'must be page: this vendor reads single pages')
      return { path: 'url', body: { url }, known: { url } }
    }
    case 'text': {
      const title = checkText(call, input.title, 'title')
      const text = checkText(call, input.text, 'text')
      return { path: 'text', body: { title, content: text }, known: { title, text } }
    }
    case 'faq': {
      const { isGeneratedByAI, relatedMessageId } = own
      const question = checkText(call, input.question, 'question')
      const answer = checkText(call, input.answer, 'answer')
      const body = { question, answer, isGeneratedByAI, relatedMessageId }
      return { path: 'qa', body, known: { question, answer } }
    }
    case 'file':
      return file(call, input, own)
    default:
      throw invalid(call, 'kind', 'must be one of website, text, faq, file')
  }
}

/** There is no upload: the vendor takes the text of a file, and what kind of file it was. */
function file(call: Call, input: Extract<KnowledgeInput, { kind: 'file' }>, own: Own): Written {
  if (input.content !== undefined && input.text === undefined)
    throw invalid(call, 'content', 'cannot be read by this vendor: give the text of the file as text')
  const title = checkText(call, input.title ?? input.fileName, input.title === undefined ? 'fileName' : 'title')
  const text = checkText(call, input.text, 'text')
  const fileType = own.fileType ?? fileTypeOf(`${input.contentType ?? ''} ${input.fileName ?? input.title ?? ''}`)
  if (!fileType) throw invalid(call, 'contentType', 'must be that of a PDF, a DOCX or an image')
  ignoreOptions(call, input, ['content'], 'it takes the text of a file.')
  return { path: 'file', body: { title, content: text, fileType }, known: { title, text } }
}

function fileTypeOf(said: string): 'pdf' | 'docx' | 'image' | undefined {
  if (/\bpdf\b/i.test(said)) return 'pdf'
  if (/\bdocx\b|wordprocessingml/i.test(said)) return 'docx'
  return /^image\/|\.(?:png|jpe?g|gif|webp|bmp|tiff?|svg|heic)$/i.test(said) ? 'image' : undefined
}
