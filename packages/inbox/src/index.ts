export { createInbox } from './create-inbox.ts'
export type { AccountChoice, AccountOutcome, AccountState, InAccount, Inbox, InboxOptions, InboxPage } from './inbox.ts'
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
