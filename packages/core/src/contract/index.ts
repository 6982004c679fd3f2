export { absentFrom } from './absent.ts'
export type * from './adapter.ts'
export type * from './agent-inputs.ts'
export { can, need } from './can.ts'
export {
  droppedField,
  fieldLevels,
  fieldSupport,
  hiddenField,
  isWholeModel,
  missingField,
  partialField,
} from './field-support.ts'
export type * from './fields.ts'
export type * from './inputs.ts'
export { lazily } from './lazily.ts'
export type * from './limits.ts'
export { operationNames } from './operation-names.ts'
export type * from './operations.ts'
export type * from './options.ts'
export type * from './paged.ts'
export { portableFields } from './portable-fields.ts'
export { type Priority, priorities } from './priority.ts'
export type * from './results.ts'
export type * from './warning.ts'
