export type {
  AgentManifest,
  ManifestAction,
  ManifestHours,
  ManifestKnowledge,
  Omission,
} from './agent-manifest.ts'
export { agentManifestJsonSchema } from './agent-manifest-schema.ts'
export { type AgentReport, type ApplyAgentOptions, applyAgent } from './apply-agent.ts'
export { type AgentDifference, compareAgent } from './compare-agent.ts'
export { estimate } from './evaluate/estimate.ts'
export { evaluate } from './evaluate/evaluate.ts'
export type * from './evaluate/evaluation.ts'
export { evaluationHtml } from './evaluate/evaluation-html.ts'
export { evaluationTable } from './evaluate/evaluation-table.ts'
export { type ReadQuestionsOptions, readQuestions } from './evaluate/questions.ts'
export { type SampledInbox, type SampleOptions, sampleQuestions } from './evaluate/sample.ts'
export { citesSource, contains, exact } from './evaluate/scorers.ts'
export { type AgentExport, exportAgent } from './export-agent.ts'
export { formatAgentManifest, parseAgentManifest } from './manifest-text.ts'
export type { AgentReportRow } from './plan.ts'
export { type Portability, type PortabilityRow, portability } from './portability.ts'
export { portabilityTable } from './portability-table.ts'
export { route } from './route/create-route.ts'
export type * from './route/route.ts'
export {
  type Comparison,
  type Shadow,
  type ShadowAnswer,
  type ShadowControls,
  type ShadowOptions,
  type ShadowReport,
  shadow,
} from './shadow.ts'
