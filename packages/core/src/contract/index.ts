export { priorities } from '../transport/limit-window.ts'
export type {
  Adapter,
  AdapterIdentity,
  FilterSupport,
  Limits,
  OperationName,
  OperationOf,
  RateLimit,
  SearchedText,
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
  ConversationFilter,
  ConversationQuery,
  ExportQuery,
  FeedbackQuery,
  KnowledgeQuery,
  ListQuery,
  MessageQuery,
  OperationOptions,
  OperatorQuery,
  Priority,
  ReconcileOptions,
  RemoveKnowledgeOptions,
  ReplyOptions,
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
  EnsuredContact,
  FileAddress,
  FileContent,
  Page,
  Paged,
  Reconciliation,
  SendAttempt,
  Sent,
} from './results.ts'
export { filterSupport, operationNames, requireOperation, supports, unsupportedReason } from './supports.ts'
export type { Trait, TraitName, Traits, TraitValues } from './traits.ts'
export * from './warning.ts'
