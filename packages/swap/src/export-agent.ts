import {
  type Adapter,
  type Agent,
  type AgentAction,
  type FieldTable,
  isParleyError,
  isRecord,
  type KnowledgeItem,
  type OperationName,
  type OperationOptions,
  requireOperation,
  supports,
  type Target,
  unsupportedReason,
  type WorkingHours,
} from '@parley/core'
import { fieldSupport } from '@parley/core/fields'
import type { AgentManifest, ManifestAction, ManifestHours, ManifestKnowledge, Omission } from './agent-manifest.ts'
import { tableOf } from './compare-fields.ts'
import { agentFields, isSet, itemPath, knowledgeKey, setAt } from './manifest-fields.ts'
import { parseAgentManifest } from './manifest-text.ts'
import { refusalOf } from './trial.ts'

/** An agent as a manifest, and what it has that the manifest does not have. */
export interface AgentExport {
  manifest: AgentManifest
  omitted: Omission[]
}

/**
 * Reads an agent with its actions, working hours and knowledge, and writes it down as a manifest.
 *
 * The manifest has only what the vendor says, in the words of the contract, so that every vendor can read it. Two exports of
 * an unchanged agent are equal. `omitted` has everything else: secrets, fields and words that only this vendor has, files,
 * and what its API does not show.
 *
 * @throws NotFoundError if the vendor has no such agent.
 * @throws ConfigurationError if the adapter has no field table.
 */
export async function exportAgent(
  adapter: Adapter,
  agent: Target<Agent>,
  options?: OperationOptions,
): Promise<AgentExport> {
  const { manifest, omitted } = await readLiveAgent(adapter, agent, options)
  return { manifest, omitted }
}

/** An agent as the vendor has it now. */
export interface LiveAgent extends AgentExport {
  id: string
  /** The entities behind the manifest, for what it does not have. */
  actions: readonly AgentAction[]
  hours: WorkingHours | null
  /** How the agent's knowledge is named to the adapter. `undefined`: the adapter cannot reach it. */
  knowledgeOf: KnowledgePlace | undefined
}

/** Whose knowledge is read and added: that of an agent, or that of knowledge bases. */
export interface KnowledgePlace {
  vendor?: Record<string, unknown>
  /** The knowledge bases of the agent, where the vendor has them. */
  bases?: string[]
}

export async function readLiveAgent(
  adapter: Adapter,
  target: Target<Agent>,
  options?: OperationOptions,
): Promise<LiveAgent> {
  const table = await tableOf(adapter)
  const agent = await requireOperation(adapter, 'agents.get')(target, options)
  const omitted: Omission[] = []
  const draft: Record<string, unknown> = {
    parley: 'agent',
    version: 1,
    source: { vendor: adapter.vendor, account: adapter.account, agentId: agent.id },
  }
  writeFields(draft, agent, table, omitted)
  const actions = await readActions(adapter, agent, omitted, options)
  if (actions) draft['actions'] = actions.map(({ written }) => written)
  const hours = await readHours(adapter, agent, omitted, options)
  if (hours !== undefined) draft['workingHours'] = hours && hoursOf(hours, omitted)
  const knowledgeOf = await knowledgePlace(adapter, agent, table, options)
  const knowledge = await readKnowledge(adapter, knowledgeOf, omitted, options)
  if (knowledge) draft['knowledge'] = knowledge
  noteAttributes(agent, draft, omitted)
  return {
    id: agent.id,
    // This gives the fields their order.
    manifest: parseAgentManifest(draft),
    omitted,
    actions: actions?.map(({ action }) => action) ?? [],
    hours: hours ?? null,
    knowledgeOf,
  }
}

const noWord = 'The vendor’s word for this is unknown to the contract.'
const byHand = 'Set it at the target by hand.'

function writeFields(draft: Record<string, unknown>, agent: Agent, table: FieldTable, omitted: Omission[]): void {
  for (const { path, field, part } of agentFields) {
    const whole = agent[field] as unknown
    const value = wordOf(part ? (whole as Record<string, unknown> | undefined)?.[part] : whole)
    if (Array.isArray(value)) {
      const words = value.map(wordOf)
      if (words.includes('unknown') && path === 'channels') omitted.push({ path, reason: noWord, advice: byHand })
      const known = path === 'channels' ? words.filter((word) => word !== 'unknown') : words
      setAt(draft, path, isSet(path) ? [...new Set(known)].sort() : known)
    } else if (value === 'unknown' && isRecord(whole)) {
      if (whole['native'] !== null) omitted.push({ path, reason: noWord, advice: byHand })
    } else if (value !== undefined) setAt(draft, path, value)
    else noteHidden(table, field, path, omitted)
  }
}

/** A field that a person sees in the vendor's dashboard, although no reading returns it. */
function noteHidden(table: FieldTable, field: string, path: string, omitted: Omission[]): void {
  const { readable, manualSteps, reason = '' } = fieldSupport(table, 'agent', field) ?? {}
  if (readable === false && manualSteps !== undefined)
    omitted.push({ path, reason, advice: `Copy it by hand from ${manualSteps}` })
}

/** A term as its word. */
export const wordOf = (value: unknown): unknown => (isRecord(value) && 'native' in value ? value['value'] : value)

/** What only this vendor has. Nobody knows which of it is secret, so none of it is copied. */
function noteAttributes({ attributes = {} }: Agent, draft: object, omitted: Omission[]): void {
  const names = Object.keys(attributes).filter((name) => !Object.hasOwn(draft, name))
  if (names.length === 0) return
  const reason = `Only this vendor has these fields: ${names.join(', ')}.`
  omitted.push({ path: 'attributes', reason, advice: 'Set them with the vendor options of agents.update.' })
}

async function readActions(
  adapter: Adapter,
  agent: Agent,
  omitted: Omission[],
  options: OperationOptions | undefined,
): Promise<{ action: AgentAction; written: ManifestAction }[] | undefined> {
  if (!supports(adapter, 'agents.actions.list')) return noteMissing(adapter, 'agents.actions.list', 'actions', omitted)
  const found: { action: AgentAction; written: ManifestAction }[] = []
  for await (const action of adapter.agents.actions.list(agent.id, {}, options)) {
    const written = actionOf(action, omitted)
    if (written) found.push({ action, written })
  }
  // A stable sort, so that several with one name stay in the vendor's order.
  return found.sort((one, other) => compareText(nameKey(one.written), nameKey(other.written)))
}

const nameKey = ({ kind, name }: ManifestAction): string => JSON.stringify([kind, name])
const compareText = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0)

/** Fields of an entity that no manifest has. */
const ofEntity = new Set(['ref', 'vendor', 'account', 'id', 'raw', 'native', 'agentId', 'attributes'])

function actionOf(action: AgentAction, omitted: Omission[]): ManifestAction | undefined {
  const { kind, name } = action
  const path = itemPath('actions', kind, name)
  if (kind === 'unknown' || !name) {
    const reason = name ? 'The contract does not know this kind of action.' : 'The vendor does not say its name.'
    omitted.push({ path, reason, advice: 'Set it up at the target by hand.' })
    return undefined
  }
  if (kind === 'api-call')
    omitted.push({
      path: `${path}.attributes`,
      reason: 'The description of an API call can have secrets in its address, its headers and its parameters.',
      advice: 'Attach it at the target with agents.actions.attach, with the secrets of your own store.',
    })
  else if (action.attributes && Object.keys(action.attributes).length > 0)
    omitted.push({
      path: `${path}.attributes`,
      reason: `Only this vendor has these fields: ${Object.keys(action.attributes).join(', ')}.`,
      advice: 'They stay as they are in the same account. Elsewhere, set them by hand.',
    })
  const written: Record<string, unknown> = {}
  for (const [field, value] of Object.entries(action)) {
    if (ofEntity.has(field)) continue
    const plain = field === 'kind' ? value : plainOf(value, field)
    if (plain === 'unknown' && isRecord(value))
      omitted.push({ path: `${path}.${field}`, reason: noWord, advice: byHand })
    else written[field] = plain
  }
  return written as unknown as ManifestAction
}

/** A value of an action with plain words, without the ids of its parts and without what only the vendor has. */
function plainOf(value: unknown, field: string): unknown {
  const word = wordOf(value)
  if (Array.isArray(word)) return word.map((item) => (isRecord(item) ? partOf(item, field) : item))
  return isRecord(word) ? partOf(word, field) : word
}

function partOf(part: Record<string, unknown>, field: string): Record<string, unknown> {
  const entries = Object.entries(part).flatMap(([key, value]): [string, unknown][] => {
    // The id of an example is the vendor's own. That of a step is its number, and that of a calendar its address.
    if (key === 'attributes' || (field === 'examples' && key === 'id')) return []
    const plain = plainOf(value, key)
    return plain === 'unknown' && isRecord(value) ? [] : [[key, plain]]
  })
  return Object.fromEntries(entries)
}

async function readHours(
  adapter: Adapter,
  agent: Agent,
  omitted: Omission[],
  options: OperationOptions | undefined,
): Promise<WorkingHours | null | undefined> {
  if (supports(adapter, 'agents.workingHours.get')) return adapter.agents.workingHours.get(agent.id, options)
  return noteMissing(adapter, 'agents.workingHours.get', 'workingHours', omitted)
}

const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']

/** Working hours in plain words. */
export function hoursOf(hours: WorkingHours, omitted: Omission[]): ManifestHours {
  const { agentId: _agent, attributes, raw: _raw, timezone, channels, schedule, ...rest } = hours
  const words = channels.map(({ value }) => value)
  const known = words.filter((word) => word !== 'unknown')
  if (known.length < words.length) omitted.push({ path: 'workingHours.channels', reason: noWord, advice: byHand })
  if (timezone.value === 'unknown') omitted.push({ path: 'workingHours.timezone', reason: noWord, advice: byHand })
  if (attributes)
    omitted.push({
      path: 'workingHours.attributes',
      reason: `Only this vendor has these fields: ${Object.keys(attributes).join(', ')}.`,
      advice: 'They stay as they are in the same account. Elsewhere, set them by hand.',
    })
  const byDay = schedule.toSorted((one, other) => weekdays.indexOf(one.day) - weekdays.indexOf(other.day))
  return {
    ...rest,
    channels: [...new Set(known)].sort(),
    schedule: byDay,
    ...(timezone.value !== 'unknown' && { timezone: timezone.value }),
  }
}

function noteMissing(adapter: Adapter, operation: OperationName, path: string, omitted: Omission[]): undefined {
  const reason = unsupportedReason(adapter, operation) ?? ''
  omitted.push({ path, reason, advice: 'Look it up in the vendor’s dashboard, and set it at the target by hand.' })
}

/** How the adapter is told whose knowledge is meant. @param agent without an id if it does not exist yet. */
export async function knowledgePlace(
  adapter: Adapter,
  agent: { id?: string; knowledgeBaseIds?: string[] },
  table: FieldTable,
  options?: OperationOptions,
): Promise<KnowledgePlace | undefined> {
  if (!supports(adapter, 'knowledge.list')) return undefined
  const isSaid = (field: string) => fieldSupport(table, 'knowledge', field)?.readable !== false
  if (isSaid('knowledgeBaseId')) return { bases: agent.knowledgeBaseIds ?? [] }
  if (!isSaid('agentId')) return {}
  // Knowledge belongs to an agent. An adapter that can name another agent than its own has an option for it.
  const vendor = { [adapter.vendor]: { agentId: agent.id ?? 'new' } }
  if (agent.id === undefined) return (await canAddTo(adapter, vendor, options)) ? { vendor } : undefined
  if (await canList(adapter, vendor, options)) return { vendor }
  const { items, next } = await requireOperation(adapter, 'agents.list')({}, options)
  return next === null && items.length === 1 && items[0]?.id === agent.id ? {} : undefined
}

const isOption = (path: string): boolean => path.startsWith('vendor.')

async function canList(adapter: Adapter, vendor: object, options: OperationOptions | undefined): Promise<boolean> {
  try {
    await requireOperation(adapter, 'knowledge.list')({ vendor, limit: 1 } as never, options)
    return true
  } catch (error) {
    if (isParleyError(error) && error.fields?.some(({ path }) => isOption(path))) return false
    throw error
  }
}

async function canAddTo(adapter: Adapter, vendor: object, how: OperationOptions = {}): Promise<boolean> {
  if (!supports(adapter, 'knowledge.add')) return false
  const { add } = adapter.knowledge
  const item = { kind: 'website', url: 'https://page.example/', vendor }
  const refusal = await refusalOf((options) => add(item as never, options), how)
  return !refusal?.fields.some(({ path }) => isOption(path))
}

export async function readKnowledge(
  adapter: Adapter,
  place: KnowledgePlace | undefined,
  omitted: Omission[],
  options?: OperationOptions,
): Promise<ManifestKnowledge[] | undefined> {
  if (!supports(adapter, 'knowledge.list')) return noteMissing(adapter, 'knowledge.list', 'knowledge', omitted)
  if (!place) {
    omitted.push({ path: 'knowledge', ...ofOtherAgent })
    return undefined
  }
  const found = new Map<string, ManifestKnowledge>()
  const { bases, ...query } = place
  for (const one of bases ?? [undefined]) {
    const asked = one === undefined ? query : { ...query, knowledgeBaseId: one }
    for await (const item of adapter.knowledge.list(asked as never, options)) {
      const written = knowledgeOf(item, omitted)
      if (written && !found.has(knowledgeKey(written))) found.set(knowledgeKey(written), written)
    }
  }
  return [...found].sort(([one], [other]) => compareText(one, other)).map(([, item]) => item)
}

export const ofOtherAgent = {
  reason: 'The account reads the knowledge of its own agent only.',
  advice: 'Open an account with this agent.',
}

function knowledgeOf(item: KnowledgeItem, omitted: Omission[]): ManifestKnowledge | undefined {
  const { kind, url, question, answer, title, text, fileName } = item
  const base = item.knowledgeBaseId ? { knowledgeBaseId: item.knowledgeBaseId } : {}
  if (kind.value === 'website' && url) return { kind: 'website', url, ...base }
  if (kind.value === 'faq' && question) return { kind: 'faq', question, answer: answer ?? '', ...base }
  if (kind.value === 'text' && text) return { kind: 'text', title: title ?? '', text, ...base }
  omitted.push({
    path: itemPath('knowledge', kind.value, fileName ?? title ?? url),
    reason:
      kind.value === 'file'
        ? 'Vendors do not give files back.'
        : 'No vendor takes this kind, or its content is missing.',
    advice: 'Add it to the target by hand, from the original.',
  })
  return undefined
}
