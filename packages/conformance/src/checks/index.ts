import type { Check } from '../check.ts'
import { agentChecks } from './agents.ts'
import { controlChecks } from './control.ts'
import { exportChecks } from './exports.ts'
import { failureChecks } from './failures.ts'
import { feedbackChecks } from './feedback.ts'
import { fieldChecks } from './fields.ts'
import { fileChecks } from './files.ts'
import { filterChecks } from './filters.ts'
import { generationChecks } from './generations.ts'
import { identityChecks } from './identity.ts'
import { inputChecks } from './inputs.ts'
import { knowledgeChecks } from './knowledge.ts'
import { laterChecks } from './later.ts'
import { listChecks } from './lists.ts'
import { messageChecks } from './messages.ts'
import { modelChecks } from './models.ts'
import { readingChecks } from './reading.ts'
import { reconcilingChecks } from './reconciling.ts'
import { speakingChecks } from './speaking.ts'
import { streamingChecks } from './streaming.ts'
import { traitChecks } from './traits.ts'
import { truthChecks } from './truth.ts'
import { visitorChecks } from './visitors.ts'
import { warningChecks } from './warnings.ts'
import { writingChecks } from './writing.ts'

/** The whole suite, in the order in which it runs. */
export const checks: readonly Check[] = [
  ...identityChecks,
  ...modelChecks,
  ...listChecks,
  ...filterChecks,
  ...readingChecks,
  ...messageChecks,
  ...visitorChecks,
  ...speakingChecks,
  ...inputChecks,
  ...streamingChecks,
  ...reconcilingChecks,
  ...laterChecks,
  ...controlChecks,
  ...writingChecks,
  ...agentChecks,
  ...knowledgeChecks,
  ...feedbackChecks,
  ...fileChecks,
  ...exportChecks,
  ...generationChecks,
  ...fieldChecks,
  ...traitChecks,
  ...failureChecks,
  ...warningChecks,
  ...truthChecks,
]
