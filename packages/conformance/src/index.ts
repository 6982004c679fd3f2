export { type Bench, type Check, type CheckGroup, setUp, Violation } from './check.ts'
export { checks } from './checks/index.ts'
export type {
  CreateOptions,
  CreateSubject,
  Expectations,
  Expected,
  ExpectedEntity,
  Harness,
  PlantedMessage,
  ServerSwitches,
  Skip,
  Subject,
  ThreadControl,
  Use,
} from './harness.ts'
export { type Drift, type DriftSubject, recordDrift, type Tolerated } from './mutations/drift.ts'
export { type Exchange, record, replay } from './mutations/exchange.ts'
export { type Mutation, mutate, mutationsOf } from './mutations/mutation.ts'
export { conformance, type Result, type Runner, type RunnerContext, runCheck, runConformance } from './run.ts'
