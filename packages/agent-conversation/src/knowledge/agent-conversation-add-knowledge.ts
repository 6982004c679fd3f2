import {
  type Call,
  checkFile,
  checkInput,
  flag,
  ignoreOptions,
  invalid,
  isRaw,
  type KnowledgeInput,
  type OptionRules,
  Unreadable,
  vendorOptions,
} from '@parley/core'
import type { AgentConversationContext } from '../agent-conversation-context.ts'
import { errorOf } from '../agent-conversation-error.ts'
import type { AgentConversationVendorOptions } from '../agent-conversation-vendor-options.ts'
import { readAgentFile } from '../read/read-agent-conversation-agent-file.ts'
import type { Found } from './agent-conversation-list-knowledge.ts'

const ownOptions: OptionRules<AgentConversationVendorOptions['knowledge.add']> = { autoAddToVectorStore: flag }

/** "Agent files": one file, and by default to where the agent searches, without which it answers nothing from it. */
export async function addKnowledge(
  { known }: AgentConversationContext,
  call: Call,
  given: KnowledgeInput,
): Promise<Found> {
  const input = checkInput(call, given)
  const { autoAddToVectorStore = true } = vendorOptions(call, input.vendor, ownOptions)
  if (input.kind !== 'file') {
    const said = 'this vendor takes files only; give a text or a question with its answer as the content of one.'
    throw errorOf(call, 'unsupported', said, {
      fields: [{ path: 'kind', problem: 'must be file' }],
      outcome: 'not-done',
    })
  }
  if (input.content === undefined && input.text !== undefined)
    throw invalid(call, 'text', 'cannot be taken: this vendor reads the file itself (content)')
  const { fileName, contentType, content } = checkFile(call, input)
  ignoreOptions(call, input, ['title', 'text'], 'a file is called by its fileName and read by the vendor.')
  ignoreOptions(call, input, ['knowledgeBaseId'], 'an agent has one collection.')
  const body = new FormData()
  body.set('file', new Blob([content as BlobPart], { type: contentType }), fileName)
  body.set('autoAddToVectorStore', String(autoAddToVectorStore))
  return call.read({ method: 'POST', path: '/agent-files/upload', body }, (answer, reading) => {
    if (!isRaw(answer)) throw new Unreadable('')
    return readAgentFile(answer, reading, known.agentId)
  })
}
