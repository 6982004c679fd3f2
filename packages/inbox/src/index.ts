export { createInbox } from './create-inbox.ts'
export { createDesk } from './desk/create-desk.ts'
export type {
  AuditEntry,
  AuditQuery,
  CommandResult,
  ContactLink,
  Desk,
  DeskFilter,
  DeskNoteInput,
  DeskOptions,
  DeskQuery,
  DeskReplyInput,
  DeskRunOptions,
  DeskSendInput,
  DeskStatus,
  DeskTarget,
  Inbound,
  LinkSuggestion,
  PersonalDesk,
  SavedReply,
  SavedView,
  Send,
  SendAttachment,
  SendQuery,
  SendState,
} from './desk/desk.ts'
export type { Assignee, DeskConversation, Place, Placed } from './desk/desk-conversation.ts'
export { type ConversationMoved, conversationMoved } from './desk/moved.ts'
export type { Person, PersonSummary } from './desk/person.ts'
export type {
  AgentAnswers,
  FirstAnswers,
  HandOffs,
  PeriodUnit,
  Quality,
  QualityCounts,
  QualityCoverage,
  QualityPeriod,
  QualityQuery,
} from './desk/quality.ts'
export type { AccountChoice, AccountOutcome, AccountState, InAccount, Inbox, InboxOptions, InboxPage } from './inbox.ts'
export { type SessionLifetime, type Sessions, sessionsOf } from './sessions.ts'
export { createStore, inspectStore } from './store/create-store.ts'
export type {
  Erased,
  EraseOptions,
  ExportOptions,
  FolderOptions,
  Imported,
  PostgresOptions,
  Store,
  StoreOptions,
  StoreReport,
} from './store/store.ts'
export { createSync } from './sync/create-sync.ts'
export type {
  AccountStatus,
  RunOnceOptions,
  RunOptions,
  StreamStatus,
  Sync,
  SyncError,
  SyncOptions,
  SyncStatus,
  SyncStream,
} from './sync/sync.ts'
export type {
  Change,
  ChangePage,
  ChangeQuery,
  HistoryQuery,
  SearchCoverage,
  SearchHit,
  SearchPage,
  SearchQuery,
  SyncedInbox,
  SyncedInboxOptions,
} from './synced.ts'
