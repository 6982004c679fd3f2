export * from './kinds.ts'
export {
  type ConnectionFailure,
  type ErrorCode,
  type FieldProblem,
  isParleyError,
  type Outcome,
  ParleyError,
  type ParleyErrorDetails,
  saysMissing,
} from './parley-error.ts'
