import { defaultSending, type SendingSettings, type ShapeSettings } from '../kit/emulator.ts'

/**
 * Switches for behavior that the vendor's documents leave open or describe in two ways. They can be changed while the
 * emulator runs. A reset keeps them, because they belong to the server's owner and not to its clients.
 */
export interface AgentConversationSettings extends SendingSettings, ShapeSettings {
  /** `older` sends `threadId` and `assistant`, and omits mode, dates, user, assignment and anonymization. */
  edition: 'current' | 'older'
  /** The header of an agent's key, and the prefix before the key. Deployments differ. */
  authHeader: string
  authPrefix: string
  /**
   * The form of lists that the specification declares as one object. `object` has the first state, and the newest file.
   */
  statesShape: 'array' | 'object' | 'envelope'
  agentFilesShape: 'array' | 'object' | 'envelope'
  /** The response to a synchronous send: the agent's reply, or the stored question. */
  syncAnswer: 'reply' | 'echo'
  /** `missing`: the route for asynchronous sends is unknown, as on older deployments. */
  asyncRoute: 'present' | 'missing'
  /** The form of a response about a pending answer. `older` uses the words of an earlier release note. */
  responseShape:
    | 'current'
    | 'older'
    | 'nullWhilePending'
    | 'notFoundWhilePending'
    | 'bareMessage'
    | 'emptyWhenCompleted'
    | 'newWords'
  /** The number of polls, or reads of the thread, before an asynchronous answer exists. */
  pendingLooks: number
  /** The agent fails instead of answering: a poll returns `failed`, a synchronous send returns 500. */
  failReplies: boolean
  /** A customer who asks for a person switches the conversation to manual mode. */
  escalates: boolean
  pageSizeDefault: number
  /** The largest page size. A larger one is reduced to this. */
  pageSizeMax: number
  /** What a page after the last one contains. `repeat` also says that there are more pages. */
  pastLastPage: 'empty' | 'repeat'
  /** The direction of a list without `orderBy`. */
  defaultDirection: 'ASC' | 'DESC'
  archivedConversations: 'listed' | 'hidden'
  /** Whether a new message changes the conversation's `updatedAt`. */
  messagesTouchConversation: boolean
  /** How optional fields without a value are sent. */
  missingFields: 'omitted' | 'null' | 'mixed'
  /** Undocumented enum values: none, the seeded ones, or one in every message. */
  oddValues: 'none' | 'some' | 'all'
  /** The status inside the body of an HTTP 400. The specification says 500. */
  badRequestStatus: 400 | 500
  /** How long a signed URL works, in milliseconds. */
  signedUrlLifetime: number
  /** `any` also accepts webhook addresses on this machine. `webhooks.targets` decides where deliveries are sent. */
  webhookTargets: 'public' | 'any'
  /**
   * The form of a delivery's body; no schema is published. `flat` is the form of the vendor's own integration. The
   * others were reported by other clients.
   */
  webhookBody: 'flat' | 'nested' | 'thread' | 'bare'
  /** A dialog ends after this many milliseconds without a message. */
  dialogIdleMs: number
  /** A conversation is archived after this many milliseconds without a message. Null: never. */
  archiveIdleMs: number | null
  /** A closed chat still reports new messages. */
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
 * The settings that decide the form of responses. With `shapes: 'documented'` they follow the specification, with one
 * exception: `GET /agents/users` returns a page of users, like its twin for the organization's key. The specification
 * declares the agent's profile there, which is a mistake.
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
  missingFields: 'omitted',
  oddValues: 'none',
  badRequestStatus: 500,
} as const satisfies Partial<AgentConversationSettings>
