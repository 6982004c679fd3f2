export { priorities } from '../transport/limit-window.ts'
export type { Adapter, AdapterIdentity, Limits, OperationName, OperationOf, RateLimit, With } from './adapter.ts'
export * from './agent-inputs.ts'
export {
  droppedField,
  type FieldLevel,
  type FieldSupport,
  type FieldTable,
  fieldLevels,
  fieldSupport,
  fieldTableFrom,
  hiddenField,
  isWholeModel,
  missingField,
  type PortableField,
  type PortableModel,
  type PortableModels,
  partialField,
  portableFields,
} from './fields.ts'
export * from './inputs.ts'
export { lazyGroup, type OperationKinds } from './lazy-group.ts'
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
export { operationNames, requireOperation, supports, unsupportedFrom } from './supports.ts'
export * from './warning.ts'
