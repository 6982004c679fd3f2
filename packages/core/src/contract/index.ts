export { priorities } from '../transport/limit-window.ts'
export type {
  Adapter,
  AdapterIdentity,
  Limits,
  OperationName,
  OperationOf,
  RateLimit,
  UnsupportedReasons,
  With,
} from './adapter.ts'
export * from './agent-inputs.ts'
export type {
  FieldLevel,
  FieldSupport,
  FieldTable,
  PortableField,
  PortableModel,
  PortableModels,
} from './fields.ts'
export * from './inputs.ts'
export { lazyGroup, type NamesIn } from './lazy-group.ts'
export * from './operations.ts'
export type {
  AgentQuery,
  ContactQuery,
  ContactSearch,
  ConversationQuery,
  ExportQuery,
  FeedbackQuery,
  KnowledgeQuery,
  ListQuery,
  MessageQuery,
  OperationOptions,
  Priority,
  ReconcileOptions,
  RemoveKnowledgeOptions,
  SendOptions,
  SuggestionQuery,
  VendorOptions,
  VendorOptionsOf,
} from './options.ts'
export type {
  Answer,
  AnswerPart,
  AskOutcome,
  Cancelled,
  Deleted,
  FileAddress,
  FileContent,
  Page,
  Paged,
  Reconciliation,
  SendAttempt,
  Sent,
} from './results.ts'
export { operationNames, requireOperation, supports, unsupportedReason } from './supports.ts'
export * from './warning.ts'
