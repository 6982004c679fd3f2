import type { Call } from './livechatai-endpoint.ts'
import { badRequest } from './livechatai-errors.ts'
import { agentOf } from './livechatai-find.ts'
import { optionalFlag, optionalText, requiredText, requiredWord } from './livechatai-read.ts'
import type { StoredDataSource } from './livechatai-state.ts'

type Written = Pick<StoredDataSource, 'source' | 'title' | 'text' | 'url' | 'isGeneratedByAI' | 'failed'>

/** `data-sources/create-url`: one page. The emulator fetches nothing, so it learns nothing from it either. */
export async function createUrlSource(call: Call): Promise<object> {
  const body = await call.body()
  const url = requiredText('url', body['url'])
  if (!URL.canParse(url) || !/^https?:/i.test(url)) throw badRequest('url must be a valid URL')
  // Names that no DNS has (RFC 2606) cannot be trained.
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
export async function createTextSource(call: Call): Promise<object> {
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

/** `data-sources/create-qa`: listed with the question as title and the answer as text, which no page says. */
export async function createQuestionSource(call: Call): Promise<object> {
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

/** `data-sources/create-file`: text that the client extracted; the type is written small here and large everywhere else. */
export async function createFileSource(call: Call): Promise<object> {
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
