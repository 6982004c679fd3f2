import {
  type Adapter,
  type FieldLevel,
  type FieldTable,
  type JsonValue,
  type OperationName,
  type OperationOptions,
  unsupportedReason,
} from '@parley/core'
import type { AgentManifest } from './agent-manifest.ts'
import type { Difference } from './compare-agent.ts'
import type { LiveAgent } from './export-agent.ts'
import { json } from './manifest-fields.ts'

/** What happens to one value that the manifest mentions. */
export interface AgentReportRow {
  /** As in `AgentDifference`. */
  path: string
  /**
   * `same`: the agent has it already. `set`: it is written, and reads back equal. `created`: the agent, an action or an
   * item of knowledge is new. `partial`: the vendor takes only a part of it. `not-possible`: nothing of it is written; `reason` says why.
   *
   * Only after a real run: `not-kept`: it was written and reads back as something else. `unverified`: it was written, and reading
   * does not show it (yet). `failed`: the write failed.
   */
  action: 'same' | 'set' | 'created' | 'partial' | 'not-possible' | 'not-kept' | 'unverified' | 'failed'
  /** What the vendor does with this field: that of its field table. */
  level: FieldLevel
  wanted: JsonValue
  /** What the agent had before. Missing: the vendor does not say. */
  before?: JsonValue
  reason?: string
  /** What to do about it. */
  advice?: string
}

/** A write, with the rows that it is for. */
export interface Step {
  rows: AgentReportRow[]
  run(agentId: string, options: OperationOptions): Promise<unknown>
}

export interface Plan {
  rows: AgentReportRow[]
  /** The input of `agents.create`. `undefined`: the agent exists. */
  create?: Record<string, unknown>
  steps: Step[]
  /** The part of a list that the vendor takes, by the path of its row. */
  taken: ReadonlyMap<string, JsonValue>
}

/** What all parts of a plan are made from. */
export interface Planning {
  adapter: Adapter
  table: FieldTable
  wanted: AgentManifest
  live: LiveAgent
  isNew: boolean
  /** Whether the ids of the manifest belong to another account. */
  foreign: boolean
  /** For the operations that are tried. */
  how: OperationOptions
}

export function rowFor(
  { path, wanted, actual }: Difference,
  action: AgentReportRow['action'],
  level: FieldLevel,
  why: { reason?: string | undefined; advice?: string | undefined } = {},
): AgentReportRow {
  const row: AgentReportRow = { path, action, level, wanted: json(wanted) }
  if (actual !== undefined) row.before = actual
  if (why.reason) row.reason = why.reason
  if (why.advice) row.advice = why.advice
  return row
}

/** Ids of another account mean nothing here. */
export const foreignIds = ({ wanted }: Planning): { reason: string; advice: string } => ({
  reason: `An id of the account ${wanted.source?.vendor}:${wanted.source?.account}, which means nothing here.`,
  advice: 'Replace it in the manifest by an id of this account, and remove source; or set it by hand.',
})

export const missing = (adapter: Adapter, operation: OperationName): { reason: string } => ({
  reason: unsupportedReason(adapter, operation) ?? '',
})

/** Marks rows that were to be written. */
export function refuse(rows: readonly AgentReportRow[], reason: string): void {
  for (const row of rows) Object.assign(row, { action: 'not-possible', reason })
}

/** What the adapter refuses, in a sentence. */
export const refusalText = ({ vendor }: Adapter, { path, problem }: { path: string; problem?: string }): string =>
  `${vendor} refuses it: ${path ? `${path} ` : ''}${problem}.`
