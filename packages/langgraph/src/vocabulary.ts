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
export const threadStatuses = ['idle', 'busy', 'interrupted', 'error'] as const
