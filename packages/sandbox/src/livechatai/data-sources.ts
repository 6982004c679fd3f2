import { agentOf, type Call, type Desk, endpoint, pages, slice, withOddities } from './endpoint.ts'
import { badRequest, optionalFlag, optionalText, optionalWord, requiredText, requiredWord } from './errors.ts'
import { isoMilliseconds, type StoredDataSource, sourceTypes } from './state.ts'

export function dataSourceRoutes(desk: Desk): void {
  endpoint(desk, '/data-sources', { GET: listDataSources, DELETE: deleteDataSources })
  endpoint(desk, '/data-sources/url', { POST: createUrlSource })
  endpoint(desk, '/data-sources/text', { POST: createTextSource })
  endpoint(desk, '/data-sources/qa', { POST: createQuestionSource })
  endpoint(desk, '/data-sources/file', { POST: createFileSource })
}

/** `data-sources/list`: the second form of pagination, inside `data`. */
function listDataSources(call: Call): object {
  const agent = agentOf(call, call.query('agentId'))
  const type = optionalWord('source', call.query('source'), [...sourceTypes, 'ALL']) ?? 'ALL'
  const found = [...call.state.dataSources.values()].filter(
    (each) => each.agentId === agent.id && (type === 'ALL' || each.source === type),
  )
  const page = slice(call, found, 'limit', 10)
  const items = page.items.map((source) => shownSource(call, source))
  // Training takes a number of listings instead of time, so that no test has to wait.
  for (const source of page.items) source.processing = Math.max(0, source.processing - 1)
  return { status: 'success', data: { agentId: agent.id, items, ...pages(page) } }
}

const shownSource = (call: Call, source: StoredDataSource): object =>
  withOddities(
    call.settings,
    {
      id: source.id,
      title: source.title,
      text: source.text,
      url: source.url,
      source: source.source,
      status: statusOf(source),
      characterCount: source.text.length,
      createdAt: isoMilliseconds(source.createdAt),
      updatedAt: isoMilliseconds(source.updatedAt),
    },
    'dataSource',
    source.oddity,
  )

/** The reference documents `COMPLETED` only. */
function statusOf({ processing, failed }: StoredDataSource): string {
  if (processing > 0) return 'PROCESSING'
  return failed ? 'FAILED' : 'COMPLETED'
}

type Written = Pick<StoredDataSource, 'source' | 'title' | 'text' | 'url' | 'isGeneratedByAI' | 'failed'>

/** `data-sources/create-url`: one page. The emulator does not fetch it, so the source has no content. */
async function createUrlSource(call: Call): Promise<object> {
  const body = await call.body()
  const url = requiredText('url', body['url'])
  if (!URL.canParse(url) || !/^https?:/i.test(url)) throw badRequest('url must be a valid URL')
  // Hosts that do not exist in DNS (RFC 2606) cannot be trained.
  const failed = new URL(url).hostname.endsWith('.invalid')
  return created(call, body['agentId'], {
    source: 'WEBSITE',
    title: url,
    text: '',
    url,
    isGeneratedByAI: false,
    failed,
  })
}

/** `data-sources/create-text`. */
async function createTextSource(call: Call): Promise<object> {
  const body = await call.body()
  return created(call, body['agentId'], {
    source: 'TEXT',
    title: requiredText('title', body['title']),
    text: requiredText('content', body['content']),
    url: null,
    isGeneratedByAI: false,
    failed: false,
  })
}

/**
 * `data-sources/create-qa`: the list shows the question as the title and the answer as the text, though no page says
 * so.
 */
async function createQuestionSource(call: Call): Promise<object> {
  const body = await call.body()
  optionalText('relatedMessageId', body['relatedMessageId'])
  return created(call, body['agentId'], {
    source: 'QA',
    title: requiredText('question', body['question']),
    text: requiredText('answer', body['answer']),
    url: null,
    isGeneratedByAI: optionalFlag('isGeneratedByAI', body['isGeneratedByAI']) ?? false,
    failed: false,
  })
}

/**
 * `data-sources/create-file`: text that the client extracted. The type is lower-case here and upper-case everywhere
 * else.
 */
async function createFileSource(call: Call): Promise<object> {
  const body = await call.body()
  const fileType = requiredWord('fileType', body['fileType'], ['pdf', 'docx', 'image'])
  return created(call, body['agentId'], {
    source: fileType.toUpperCase(),
    title: requiredText('title', body['title']),
    text: requiredText('content', body['content']),
    url: null,
    isGeneratedByAI: false,
    failed: false,
  })
}

function created(call: Call, agentId: unknown, written: Written): object {
  const agent = agentOf(call, agentId)
  const at = call.state.tick()
  const source: StoredDataSource = {
    id: call.state.newId(),
    agentId: agent.id,
    ...written,
    isUsed: !written.failed && written.text !== '',
    processing: call.settings.processingListings,
    createdAt: at,
    updatedAt: at,
  }
  call.state.dataSources.set(source.id, source)
  return {
    status: 'success',
    data: {
      message: 'Data source created successfully',
      item: { id: source.id, source: source.source, isGeneratedByAI: source.isGeneratedByAI },
    },
  }
}

/**
 * `data-sources/delete`: a DELETE with a body, for one type at a time. Ids that do not exist are reported and are no
 * error.
 */
async function deleteDataSources(call: Call): Promise<object> {
  const body = await call.body()
  const agent = agentOf(call, body['agentId'])
  const type = requiredWord('source', body['source'], sourceTypes)
  const deleted: string[] = []
  const notFound: string[] = []
  for (const id of wantedIds(body)) {
    const source = call.state.dataSources.get(id)
    const matches = source?.agentId === agent.id && source.source === type
    if (matches) call.state.dataSources.delete(id)
    const outcome = matches ? deleted : notFound
    outcome.push(id)
  }
  return {
    status: 'success',
    data: {
      message: `${deleted.length} data source(s) deleted`,
      agentId: agent.id,
      // In the page's example, the response to a request for one type names another type.
      source: type === 'WEBSITE' ? 'TEXT' : 'WEBSITE',
      deleted,
      notFound,
    },
  }
}

function wantedIds(body: Readonly<Record<string, unknown>>): readonly string[] {
  const id = optionalText('id', body['id'])
  const ids = body['ids'] ?? []
  if (!Array.isArray(ids) || !ids.every((each): each is string => typeof each === 'string')) {
    throw badRequest('ids must be an array of strings')
  }
  const wanted = new Set(id === undefined ? ids : [id, ...ids])
  if (wanted.size === 0) throw badRequest('Either id or ids is required')
  return [...wanted]
}
