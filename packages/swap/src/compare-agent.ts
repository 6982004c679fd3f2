import type { Adapter, Agent, FieldTable, JsonValue, OperationOptions, Target } from '@parley/core'
import { fieldSupport } from '@parley/core/fields'
import type { AgentManifest, ManifestAction, ManifestKnowledge } from './agent-manifest.ts'
import { tableOf } from './compare-fields.ts'
import { readLiveAgent } from './export-agent.ts'
import {
  agentFields,
  isNone,
  isSame,
  json,
  type Keyed,
  keyedActions,
  keyedKnowledge,
  valueAt,
  withoutIds,
} from './manifest-fields.ts'
import { parseAgentManifest } from './manifest-text.ts'

/** One value of a manifest or of an agent. */
export interface AgentDifference {
  /** Its path in the manifest; items of lists have their names: `actions[hand-over "Help"].finalMessage`. */
  path: string
  /**
   * `only-in-manifest`: an action or an item of knowledge that the agent does not have. `only-at-agent`: the manifest does
   * not mention it. `unknown`: the vendor does not say, or the value is an id of another account.
   */
  state: 'same' | 'different' | 'only-in-manifest' | 'only-at-agent' | 'unknown'
  /** Missing: the manifest does not mention it. */
  wanted?: JsonValue
  /** Missing: the vendor does not say. */
  actual?: JsonValue
}

/**
 * Compares a manifest with a live agent, value by value, in the order of the manifest. Writes nothing.
 *
 * An empty string and `null` are the same. An action is found by its kind and name, knowledge by its kind and content.
 *
 * @throws InvalidRequestError for a bad manifest, and what `exportAgent` throws.
 */
export async function compareAgent(
  manifest: AgentManifest,
  adapter: Adapter,
  agent: Target<Agent>,
  options?: OperationOptions,
): Promise<AgentDifference[]> {
  const wanted = parseAgentManifest(manifest)
  const live = await readLiveAgent(adapter, agent, options)
  const rows = compareManifests(wanted, live.manifest, await tableOf(adapter), isForeign(wanted, adapter))
  return rows.map(({ at: _, ...row }) => row)
}

/** Whether the ids in a manifest belong to another account. */
export const isForeign = ({ source }: AgentManifest, { vendor, account }: Adapter): boolean =>
  source !== undefined && (source.vendor !== vendor || source.account !== account)

/** A difference, and what it is about. */
export interface Difference extends AgentDifference {
  at:
    | { about: 'agent'; field: string; part?: string }
    | { about: 'action'; key: string; action: ManifestAction; field?: string }
    | { about: 'hours'; field?: string }
    | { about: 'knowledge'; item: ManifestKnowledge }
}

export function compareManifests(
  wanted: AgentManifest,
  live: AgentManifest,
  table: FieldTable,
  foreign: boolean,
): Difference[] {
  return [
    ...compareAgentFields(wanted, live, table, foreign),
    ...compareActions(wanted, live, foreign),
    ...compareHours(wanted, live),
    ...compareKnowledge(wanted, live),
  ]
}

/** A row with what is known. `undefined`: nobody mentions it. */
function rowOf(
  path: string,
  wanted: JsonValue | undefined,
  actual: JsonValue | undefined,
  at: Difference['at'],
): Difference | undefined {
  const both = { ...(wanted !== undefined && { wanted }), ...(actual !== undefined && { actual }) }
  if (wanted === undefined && actual === undefined) return undefined
  const state =
    wanted === undefined
      ? 'only-at-agent'
      : actual === undefined
        ? 'unknown'
        : isSame(path, wanted, actual)
          ? 'same'
          : 'different'
  return { path, state, ...both, at }
}

const present = <T>(rows: (T | undefined)[]): T[] => rows.filter((row) => row !== undefined)

function compareAgentFields(
  wanted: AgentManifest,
  live: AgentManifest,
  table: FieldTable,
  foreign: boolean,
): Difference[] {
  return present(
    agentFields.map(({ path, field, part }) => {
      const at = part ? ({ about: 'agent', field, part } as const) : ({ about: 'agent', field } as const)
      const row = rowOf(path, valueAt(wanted, path), valueAt(live, path), at)
      if (row?.wanted === undefined) return row
      if (field === 'knowledgeBaseIds' && foreign && !isNone(row.wanted)) return { ...row, state: 'unknown' }
      // The vendor has the field and says nothing, and nothing is wanted.
      const isReadable = fieldSupport(table, 'agent', field)?.readable !== false
      return row.actual === undefined && isReadable && isNone(row.wanted) ? { ...row, state: 'same' } : row
    }),
  )
}

function compareActions(wanted: AgentManifest, live: AgentManifest, foreign: boolean): Difference[] {
  if (wanted.actions === undefined && live.actions === undefined) return []
  const there = new Map(keyedActions(live.actions).map((entry) => [entry.key, entry]))
  const here = keyedActions(wanted.actions)
  const rows = here.flatMap((entry) => {
    const found = there.get(entry.key)
    there.delete(entry.key)
    return found ? compareAction(entry, found.item, foreign) : [missingAction(entry, live)]
  })
  return [...rows, ...[...there.values()].map(extraAction)]
}

const missingAction = ({ key, path, item }: Keyed<ManifestAction>, live: AgentManifest): Difference => ({
  path,
  state: live.actions === undefined ? 'unknown' : 'only-in-manifest',
  wanted: json(item),
  at: { about: 'action', key, action: item },
})

const extraAction = ({ key, path, item }: Keyed<ManifestAction>): Difference => ({
  path,
  state: 'only-at-agent',
  actual: json(item),
  at: { about: 'action', key, action: item },
})

/** The fields of an action that both have. The name and the kind are equal, because they found it. */
function compareAction(
  { key, path, item }: Keyed<ManifestAction>,
  live: ManifestAction,
  foreign: boolean,
): Difference[] {
  const { action, withheld } = foreign ? withoutIds(item) : { action: item, withheld: [] }
  const there: Record<string, unknown> = { ...(foreign ? withoutIds(live).action : live) }
  // Ids of this account that the manifest has none for are only here.
  for (const [field, value] of Object.entries(live)) if (!Object.hasOwn(item, field)) there[field] = value
  const at = (field: string): Difference['at'] => ({ about: 'action', key, action: item, field })
  const fields = [...new Set([...Object.keys(action), ...Object.keys(there)])].filter(
    (field) => field !== 'kind' && field !== 'name' && !withheld.some(({ path }) => path === field),
  )
  const rows = present(
    fields.map((field) => rowOf(`${path}.${field}`, fieldOf(action, field), fieldOf(there, field), at(field))),
  )
  const ofIds = withheld.map(
    ({ path: field, value }): Difference => ({
      path: `${path}.${field}`,
      state: 'unknown',
      wanted: value,
      at: at(field),
    }),
  )
  // The manifest says no more than that the action is there.
  const isBare = Object.keys(item).length === 2
  const bare: Difference = { path, state: 'same', wanted: json(item), actual: json(live), at: at('name') }
  return [...(isBare ? [bare] : []), ...rows, ...ofIds]
}

const fieldOf = (of: object, field: string): JsonValue | undefined => (of as Record<string, JsonValue>)[field]

const hourFields = ['enabled', 'channels', 'timezone', 'schedule', 'continuesForMs', 'autoReply', 'followUp'] as const

function compareHours({ workingHours: wanted }: AgentManifest, { workingHours: live }: AgentManifest): Difference[] {
  if (!wanted) return present([rowOf('workingHours', json(wanted), json(live), { about: 'hours' })])
  return present(
    hourFields.map((field) => {
      // Without working hours, the agent has none of their fields.
      const actual = live === null && wanted[field] !== undefined ? null : json(live?.[field])
      return rowOf(`workingHours.${field}`, json(wanted[field]), actual, { about: 'hours', field })
    }),
  ).map((row) => (live === null ? { ...row, state: 'different' } : row))
}

/** By key. The same knowledge can be there several times. */
function firstOfEach<Item>(entries: readonly Keyed<Item>[]): Map<string, Keyed<Item>> {
  const firsts = new Map<string, Keyed<Item>>()
  for (const entry of entries) if (!firsts.has(entry.key)) firsts.set(entry.key, entry)
  return firsts
}

function compareKnowledge(wanted: AgentManifest, live: AgentManifest): Difference[] {
  const there = firstOfEach(keyedKnowledge(live.knowledge))
  const here = firstOfEach(keyedKnowledge(wanted.knowledge))
  const rows = [...here.values()].map(({ key, path, item }): Difference => {
    const found = there.get(key)
    const state = found ? 'same' : live.knowledge === undefined ? 'unknown' : 'only-in-manifest'
    const row: Difference = { path, state, wanted: json(item), at: { about: 'knowledge', item } }
    return found ? { ...row, actual: json(found.item) } : row
  })
  const extra = [...there.values()].filter(({ key }) => !here.has(key))
  return [
    ...rows,
    ...extra.map(
      ({ path, item }): Difference => ({
        path,
        state: 'only-at-agent',
        actual: json(item),
        at: { about: 'knowledge', item },
      }),
    ),
  ]
}
