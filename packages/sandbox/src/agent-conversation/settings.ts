import { defaultSending, type SendingSettings, type ShapeSettings } from '../kit/emulator.ts'

/**
 * What the vendor's documents leave open or tell in two ways, as switches. They may be changed while the emulator runs;
 * a reset leaves them as they are, because they belong to whoever runs the server and not to its clients.
 */
export interface AgentConversationSettings extends SendingSettings, ShapeSettings {
  /** `older` emits `threadId` and `assistant`, and leaves away mode, dates, user, assignment and anonymisation. */
  edition: 'current' | 'older'
  /** The header that carries an agent's key, and what stands before the key: deployments differ. */
  authHeader: string
  authPrefix: string
  /** How lists come that the specification declares as one object: the first state, and the newest file. */
  statesShape: 'array' | 'object' | 'envelope'
  agentFilesShape: 'array' | 'object' | 'envelope'
  /** What a synchronous send answers: the agent's reply, or the question as it was stored. */
  syncAnswer: 'reply' | 'echo'
  /** `missing` makes the route of asynchronous sends unknown, as on older deployments. */
  asyncRoute: 'present' | 'missing'
  /** How an answer that is waited for is told; `older` uses the words of an earlier release note. */
  responseShape:
    | 'current'
    | 'older'
    | 'nullWhilePending'
    | 'notFoundWhilePending'
    | 'bareMessage'
    | 'emptyWhenCompleted'
    | 'newWords'
  /** How often an asynchronous answer is asked for, or its thread read, before it can be there. */
  pendingLooks: number
  /** The agent fails instead of answering: `failed` when polled, and 500 on a synchronous send. */
  failReplies: boolean
  /** A customer who asks for a person switches the conversation to manual. */
  escalates: boolean
  pageSizeDefault: number
  /** A larger page is cut to this. */
  pageSizeMax: number
  /** What a page after the last one shows; `repeat` also says that there are more. */
  pastLastPage: 'empty' | 'repeat'
  /** Whether a list without `orderBy` comes newest or oldest first. */
  defaultDirection: 'ASC' | 'DESC'
  archivedConversations: 'listed' | 'hidden'
  /** Whether a message changes the conversation's `updatedAt`. */
  messagesTouchConversation: boolean
  /** How optional fields without a value come. */
  missingFields: 'unsupported' | 'null' | 'mixed'
  /** The seeded odd words: hidden, as seeded, or a word never seen in every message. */
  oddValues: 'none' | 'some' | 'all'
  /** What the body of an HTTP 400 claims as its status; the specification has 500. */
  badRequestStatus: 400 | 500
  /** Milliseconds that a signed URL works. */
  signedUrlLifetime: number
  /** `any` also accepts webhook addresses on this machine; what is sent where, `webhooks.targets` says. */
  webhookTargets: 'public' | 'any'
  /** No schema of a delivery's body is published: the flat one of the vendor's own integration, or what others met. */
  webhookBody: 'flat' | 'nested' | 'thread' | 'bare'
  /** How long nobody writes until a dialog is over. */
  dialogIdleMs: number
  /** How long nobody writes until a conversation is archived by itself; null: never. */
  archiveIdleMs: number | null
  /** A closed chat tells of those who write all the same. */
  chat: 'open' | 'closed'
}

export const defaultSettings = (): AgentConversationSettings => ({
  ...defaultSending(),
  shapes: 'observed',
  edition: 'current',
  authHeader: 'Agent-Secret-Key',
  authPrefix: '',
  statesShape: 'array',
  agentFilesShape: 'array',
  syncAnswer: 'reply',
  asyncRoute: 'present',
  responseShape: 'current',
  pendingLooks: 1,
  failReplies: false,
  escalates: true,
  pageSizeDefault: 10,
  pageSizeMax: 100,
  pastLastPage: 'empty',
  defaultDirection: 'DESC',
  archivedConversations: 'listed',
  messagesTouchConversation: true,
  missingFields: 'mixed',
  oddValues: 'some',
  badRequestStatus: 500,
  signedUrlLifetime: 900_000,
  webhookTargets: 'public',
  webhookBody: 'flat',
  dialogIdleMs: 360_000,
  archiveIdleMs: null,
  chat: 'open',
})

/**
 * The settings by which an answer is written. With `shapes: 'documented'` they are the specification's own, with one
 * exception: `GET /agents/users` answers with a page of users, as its twin for the organisation's key is declared,
 * because the agent's profile that the specification declares there is a slip.
 */
export const shapedSettings = (settings: AgentConversationSettings): AgentConversationSettings =>
  settings.shapes === 'documented' ? { ...settings, ...documentedShapes } : settings

const documentedShapes = {
  edition: 'current',
  statesShape: 'object',
  agentFilesShape: 'object',
  syncAnswer: 'reply',
  asyncRoute: 'present',
  responseShape: 'current',
  missingFields: 'unsupported',
  oddValues: 'none',
  badRequestStatus: 500,
} as const satisfies Partial<AgentConversationSettings>
