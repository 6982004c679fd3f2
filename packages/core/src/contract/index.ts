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
  RemoveKnowledgeOptions,
  SendOptions,
  SettleOptions,
  SuggestionQuery,
  VendorOptions,
  VendorOptionsOf,
} from './options.ts'
export type {
  Answer,
  AnswerPart,
  AskOutcome,
  Attempt,
  Cancelled,
  Deleted,
  FileAddress,
  FileContent,
  Page,
  Paged,
  Sent,
  Settlement,
} from './results.ts'
export { absentFrom, can, lazily, need, operationNames } from './supports.ts'
export * from './warning.ts'
