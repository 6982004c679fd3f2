import {
  anyOf,
  type Call,
  checkId,
  checkInput,
  checkLimit,
  checkOptionalText,
  checkText,
  checkUrl,
  checkWord,
  compact,
  DecodeError,
  type Deleted,
  errorOf,
  flag,
  ignoreOptions,
  invalid,
  isRecord,
  type KnowledgeInput,
  type KnowledgeItem,
  type KnowledgeOperations,
  type KnowledgeQuery,
  type OptionRules,
  type Page,
  type RemoveKnowledgeOptions,
  type SourceKind,
  type Target,
  vendorOptions,
} from '@parley/core'
import { numberedCursor, type PagePosition, pagePosition, type TurnedPage, turnPage } from '@parley/core/operations'
import { pageSize } from './capabilities.ts'
import { agentOptions, type LiveChatAIVendorOptions } from './options.ts'
import { agentIdOf, type Context, dataOf } from './protocol.ts'
import { readDataSource } from './read/knowledge.ts'
import { orEnd, readPages } from './read/page.ts'
import { sourceWords } from './vocabulary.ts'
import type { LiveChatAIDataSourcePayload } from './wire.ts'

/**
 * The data sources of the configured agent. A file is added by its text, and a website page by page. A new source is
 * `processing` until the list shows another status. `remove` by a bare id reads the list to find the source's kind.
 */
export type LiveChatAIKnowledge = KnowledgeOperations<KnowledgeItem<LiveChatAIDataSourcePayload>>

export const createKnowledge = (context: Context): LiveChatAIKnowledge => ({
  list: (query, options) =>
    context.list('knowledge.list', query, options, (call, query, cursor, seen) =>
      listKnowledge(context, call, query, cursor, seen),
    ),
  add: async (input, options) => addKnowledge(context, context.begin('knowledge.add', options), input),
  remove: async (target, options) =>
    removeKnowledge(context, context.begin('knowledge.remove', options), target, options),
})

const kinds: readonly SourceKind[] = 'website,faq,file,text,rich-text,video,image,notion'.split(',') as SourceKind[]

const listOptions: OptionRules<LiveChatAIVendorOptions['knowledge.list']> = {
  ...agentOptions,
  source: anyOf('WEBSITE', 'TEXT', 'QA', 'PDF', 'DOCX', 'IMAGE', 'ALL'),
}

async function listKnowledge(
  context: Context,
  call: Call,
  given: KnowledgeQuery,
  cursor: string | undefined,
  seen: Set<string>,
): Promise<Page<Found>> {
  const query = checkInput(call, given)
  const { agentId = context.agentId, source: word } = vendorOptions(call, query.vendor, listOptions)
  const place = pagePosition(cursor)
  const size = checkLimit(call, query.limit, pageSize)
  const kind = checkWord(call, query.kind, 'kind', kinds)
  const search = checkOptionalText(call, query.search, 'search')?.toLowerCase()
  const source = word ?? (kind && sourceWords[kind])
  ignoreOptions(call, query, ['knowledgeBaseId'], 'an agent has only one collection.')
  const { items, next: after, total } = await fetchKnowledge(call, place, size, seen, agentId, source)
  // A deployment that does not support the filter returns everything.
  const wanted = items.filter((item) => (!kind || item.kind.value === kind) && (!search || holds(item, search)))
  const local = [kind && !sourceWords[kind] && 'kind', search && 'search'].filter(Boolean)
  for (const name of local)
    call.reading.warn('local-filter', `${call.vendor} cannot filter by ${name}; Parley filtered this page instead.`)
  const next = numberedCursor(after)
  const { warnings } = call.reading
  const isWhole = total !== undefined && local.length === 0 && wanted.length === items.length
  return isWhole ? { items: wanted, next, warnings, total } : { items: wanted, next, warnings }
}

const holds = ({ title, url, text }: Found, search: string): boolean =>
  [title, url, text].some((part) => part?.toLowerCase().includes(search))

const addOptions: OptionRules<LiveChatAIVendorOptions['knowledge.add']> = {
  ...agentOptions,
  fileType: anyOf('pdf', 'docx', 'image'),
  isGeneratedByAI: flag,
  relatedMessageId: checkText,
}

/** "data-sources/create-…". It returns only an id, so the item is built from the input. */
async function addKnowledge(context: Context, call: Call, given: KnowledgeInput): Promise<Found> {
  const input = checkInput(call, given)
  const { agentId = context.agentId, ...own } = vendorOptions(call, input.vendor, addOptions)
  const { path, body, known } = written(call, input, own)
  const pointless = Object.keys(own).filter((name) => !(name in body))
  ignoreOptions(call, own, pointless, `it does not apply to the kind ${input.kind}.`)
  ignoreOptions(call, input, ['knowledgeBaseId'], 'an agent has only one collection.')
  const spec = { method: 'POST', path: `/data-sources/${path}`, body: compact({ ...body, agentId }) } as const
  return call.read(spec, (answer, reading) => {
    const raw = dataOf(answer)['item']
    if (!isRecord(raw)) throw new DecodeError('data.item')
    // The vendor accepted the source and returns nothing else.
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

/** Files cannot be uploaded: the vendor accepts the text of a file and the kind of the file. */
function file(call: Call, input: Extract<KnowledgeInput, { kind: 'file' }>, own: Own): Written {
  if (input.content !== undefined && input.text === undefined)
    throw invalid(call, 'content', 'cannot be read by this vendor: pass the text of the file as text')
  const title = checkText(call, input.title ?? input.fileName, input.title === undefined ? 'fileName' : 'title')
  const text = checkText(call, input.text, 'text')
  const fileType = own.fileType ?? fileTypeOf(`${input.contentType ?? ''} ${input.fileName ?? input.title ?? ''}`)
  if (!fileType) throw invalid(call, 'contentType', 'must be the media type of a PDF, a DOCX or an image')
  ignoreOptions(call, input, ['content'], 'it accepts only the text of a file.')
  return { path: 'file', body: { title, content: text, fileType }, known: { title, text } }
}

function fileTypeOf(said: string): 'pdf' | 'docx' | 'image' | undefined {
  if (/\bpdf\b/i.test(said)) return 'pdf'
  if (/\bdocx\b|wordprocessingml/i.test(said)) return 'docx'
  return /^image\/|\.(?:png|jpe?g|gif|webp|bmp|tiff?|svg|heic)$/i.test(said) ? 'image' : undefined
}

type Found = KnowledgeItem<LiveChatAIDataSourcePayload>

/** "data-sources/list". @param source the vendor's word for a kind. */
const fetchKnowledge = (
  call: Call,
  place: PagePosition,
  size: number,
  seen: Set<string>,
  agentId: string,
  source: string | undefined,
): Promise<TurnedPage<Found>> => {
  const query = { agentId, source, page: place.page, limit: size }
  const page = call.read({ path: '/data-sources', query }, (body, reading) => {
    const data = dataOf(body)
    const owner = reading.text(data, 'agentId') || agentId
    const list = data['items']
    const all = reading.items(list, 'data.items', (raw) => readDataSource(raw, reading, owner))
    return turnPage(reading, place, all, (list as unknown[]).length, readPages(data, reading), seen)
  })
  return orEnd(call, place, seen, page)
}

/** "data-sources/delete": a DELETE with a body, which has to name the kind as well. */
async function removeKnowledge(
  context: Context,
  call: Call,
  target: Target<KnowledgeItem>,
  options: RemoveKnowledgeOptions = {},
): Promise<Deleted> {
  const id = checkId(call, target, 'item')
  const kind = checkWord(call, options.kind, 'kind', kinds)
  const agentId = agentIdOf(context, target)
  ignoreOptions(call, options, ['knowledgeBaseId'], 'an agent has only one collection.')
  const native = typeof target === 'object' ? target.kind?.native : undefined
  const source = typeof native === 'string' ? native : (kind && sourceWords[kind]) || (await wordFor(call, agentId, id))
  // These come with a citation or a list, and no call makes or removes them.
  if (source === 'YOUTUBE' || source === 'NOTION') {
    const said = 'videos and Notion pages can only be removed in the dashboard.'
    throw errorOf(call, 'unsupported', said, { fields: [{ path: 'item.kind', problem: 'cannot be removed' }] })
  }
  // A retry reports that the source does not exist, which would hide that the first request succeeded.
  const spec = {
    method: 'DELETE',
    path: '/data-sources',
    body: { agentId, source, ids: [id] },
    idempotent: false,
  } as const
  return call.read(spec, (body, reading) => {
    // Missing ids are reported in a successful response. Its `source` is unreliable.
    const data = dataOf(body)
    if (reading.texts(data, 'notFound')?.includes(id)) throw missing(call)
    return { id, confirmed: reading.texts(data, 'deleted')?.includes(id) ?? false }
  })
}

/** There is no endpoint for a single source, so the list is read until it appears. */
async function wordFor(call: Call, agentId: string, id: string): Promise<string> {
  const seen = new Set<string>()
  for (let place = pagePosition(undefined); ; ) {
    const page = await fetchKnowledge(call, place, pageSize.max, seen, agentId, undefined)
    const found = page.items.find((item) => item.id === id)
    if (typeof found?.kind.native === 'string') return found.kind.native
    if (found || page.next === null) throw missing(call)
    place = page.next
  }
}

const missing = (call: Call): Error => errorOf(call, 'not-found', 'the agent has no source of this kind with this id.')
