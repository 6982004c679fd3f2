import { type AuthorKind, type Direction, type TermMap, vocabulary } from '@parley/core'

/**
 * The `type` of a message, or the `role` of one in OpenAI's form. The chunk types come from streams, the last ones from
 * the constructors that a webhook names.
 */
export const mapAuthor: TermMap<AuthorKind> = vocabulary<AuthorKind>({
  human: 'contact',
  HumanMessageChunk: 'contact',
  HumanMessage: 'contact',
  user: 'contact',
  ai: 'agent',
  AIMessageChunk: 'agent',
  AIMessage: 'agent',
  assistant: 'agent',
  tool: 'agent',
  ToolMessage: 'agent',
  ToolMessageChunk: 'agent',
  function: 'agent',
  FunctionMessage: 'agent',
  system: 'system',
  SystemMessage: 'system',
  developer: 'system',
})

/** The result of a tool. */
export const isToolResult = (type: string): boolean => /^(?:tool|function)/i.test(type)

export const directionOf = (kind: AuthorKind): Direction =>
  kind === 'contact' ? 'inbound' : kind === 'system' ? 'internal' : kind === 'unknown' ? 'unknown' : 'outbound'

/** The `status` of a thread. Every thread is open, because the server closes none. */
export const mapStatus: TermMap<'open'> = vocabulary<'open'>({
  idle: 'open',
  busy: 'open',
  interrupted: 'open',
  error: 'open',
})

/**
 * The `type` of a part of a message: LangChain's standard blocks, and those of the models' vendors. The calls of tools are
 * also in `tool_calls`, so their parts are ignored.
 */
export const mapPart: TermMap<'text' | 'reasoning' | 'file' | 'tool'> = vocabulary<
  'text' | 'reasoning' | 'file' | 'tool'
>({
  text: 'text',
  'text-plain': 'text',
  output_text: 'text',
  input_text: 'text',
  reasoning: 'reasoning',
  thinking: 'reasoning',
  image_url: 'file',
  image: 'file',
  input_image: 'file',
  file: 'file',
  input_file: 'file',
  document: 'file',
  audio: 'file',
  input_audio: 'file',
  video: 'file',
  tool_use: 'tool',
  tool_call: 'tool',
  tool_call_chunk: 'tool',
  function_call: 'tool',
})
