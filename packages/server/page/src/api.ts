import { type components, createClient, type paths } from '../../src/client.ts'

/** The server's API. The page uses nothing else. */
export const client = createClient({ url: location.origin })

type Schemas = components['schemas']
export type DeskConversation = Schemas['DeskConversation']
export type Message = Schemas['Message']
export type Attachment = Schemas['Attachment']
export type Source = Schemas['Source']
export type Generation = Schemas['Generation']
export type Send = Schemas['Send']
export type Channel = NonNullable<Send['channel']>
export type Contact = Schemas['Contact']
export type LinkSuggestion = Schemas['LinkSuggestion']
export type Agent = Schemas['Agent']
export type SavedReply = Schemas['SavedReply']
export type SavedView = Schemas['SavedView']
export type DeskFilter = Schemas['DeskFilter']
export type SearchHit = Schemas['SearchHit']
export type Change = Schemas['Change']
export type CommandResult = Schemas['CommandResult']
export type Warning = Schemas['Warning']
export type Problem = Schemas['Problem']

export type InputRequest = NonNullable<DeskConversation['conversation']['control']['inputRequests']>[number]

type JsonOf<Path extends keyof paths> = paths[Path] extends {
  get: { responses: { 200: { content: { 'application/json': infer Body } } } }
}
  ? Body
  : never
export type Session = JsonOf<'/v1/session'>
type Accounts = JsonOf<'/v1/accounts'>
export type AccountStatus = Accounts['items'][number]
export type Quality = JsonOf<'/v1/quality'>
export type ConversationPage = JsonOf<'/v1/conversations'>
export type MessagePage = JsonOf<'/v1/conversations/{conversation}/messages'>
export type ConversationQuery = NonNullable<paths['/v1/conversations']['get']['parameters']['query']>

/** What the server answered instead of a result. `problem` is RFC 9457 with the library's `code`. */
export class Refused extends Error {
  override readonly name = 'Refused'
  readonly status: number
  readonly problem: Problem | undefined

  constructor(status: number, problem: Problem | undefined) {
    super(problem?.detail ?? `The server answered with ${status}.`)
    this.status = status
    this.problem = problem
  }
}

/**
 * Whether trying again later may help without a change: the server or the connection is the reason, and not a ref that no address
 * can have.
 */
export function isTemporary(error: unknown): boolean {
  if (error instanceof Refused) return error.status === 502 || error.status === 503 || error.status === 504
  return !(error instanceof URIError)
}

type Answer<T> = Promise<{ data?: T; error?: unknown; response: Response }>

/**
 * The result of a request.
 *
 * @throws Refused for a problem. TypeError if no server answers.
 */
export async function ask<T>(answer: Answer<T>): Promise<T> {
  const { data, error, response } = await answer
  if (response.ok) return data as T
  const isProblem = typeof error === 'object' && error !== null && 'code' in error
  throw new Refused(response.status, isProblem ? (error as Problem) : undefined)
}
