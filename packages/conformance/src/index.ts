export { type Bench, setUp } from './bench.ts'
export { type Check, type CheckGroup, Violation } from './check.ts'
export { checks } from './checks/index.ts'
export type { Expectations, Expected, ExpectedEntity } from './expectations.ts'
export type {
  CreateOptions,
  CreateSubject,
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
export { conformance, type Runner, type RunnerContext } from './register.ts'
export { type Result, runCheck, runConformance } from './run.ts'
