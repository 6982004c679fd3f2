import { type Agent, cutText, isRecord, type JsonValue } from '@parley/core'
import type { AgentManifest, ManifestAction, ManifestKnowledge } from './agent-manifest.ts'

/** A field of an agent, and where it is in a manifest. */
interface AgentField {
  path: string
  field: keyof Agent & string
  /** The part of the field, where the manifest has its parts apart. */
  part?: string
}

/** Everything about the agent itself, in the order of the manifest. */
export const agentFields: readonly AgentField[] = [
  { path: 'name', field: 'name' },
  { path: 'displayName', field: 'displayName' },
  { path: 'description', field: 'description' },
  { path: 'businessName', field: 'businessName' },
  { path: 'status', field: 'status' },
  { path: 'mode', field: 'mode' },
  { path: 'channels', field: 'channels' },
  { path: 'isDefault', field: 'isDefault' },
  { path: 'liveChatEnabled', field: 'liveChatEnabled' },
  { path: 'language', field: 'language' },
  { path: 'avatarUrl', field: 'avatarUrl' },
  { path: 'prompt.instructions', field: 'instructions' },
  { path: 'prompt.personality', field: 'personality' },
  { path: 'prompt.goal', field: 'goal' },
  { path: 'prompt.whole', field: 'prompt' },
  { path: 'model', field: 'model' },
  { path: 'limits.replyDelayMs', field: 'replyDelayMs' },
  { path: 'limits.maxMessages', field: 'maxMessages' },
  { path: 'limits.pause.onOperatorMessage', field: 'pause', part: 'onOperatorMessage' },
  { path: 'limits.pause.onAutomationMessage', field: 'pause', part: 'onAutomationMessage' },
  { path: 'limits.pause.durationMs', field: 'pause', part: 'durationMs' },
  { path: 'tags', field: 'tags' },
  { path: 'knowledgeBaseIds', field: 'knowledgeBaseIds' },
]

/** Lists whose order means nothing. */
export const isSet = (path: string): boolean => /(?:^|\.)(?:channels|tags|knowledgeBaseIds)$/.test(path)

/** Fields of actions that hold ids of the account. Without an essential one, the action can do nothing. */
const idFields: { readonly [Kind in ManifestAction['kind']]?: { essential?: string[]; others?: string[] } } = {
  'trigger-workflow': { essential: ['workflowIds'] },
  'update-contact-field': { essential: ['fieldId'] },
  'book-appointment': { essential: ['calendarId', 'calendars'], others: ['workflowIds', 'transferToAgentId'] },
  'hand-over': { others: ['assigneeId'] },
  'transfer-bot': { essential: ['toAgentId'] },
}

/** Whether a value is `null`, empty or missing. It says that there is nothing. */
export const isNone = (value: unknown): boolean =>
  value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0)

/** Whether a field of an action holds ids that mean nothing in another account. */
function holdsIds(kind: ManifestAction['kind'], field: string): boolean {
  const { essential = [], others = [] } = idFields[kind] ?? {}
  return essential.includes(field) || others.includes(field)
}

export interface Portable {
  action: ManifestAction
  /** The paths below the action that were taken out, with their values. */
  withheld: { path: string; value: JsonValue }[]
  /** Whether the action can do nothing without them. */
  isUseless: boolean
}

/** An action without the ids of another account. */
export function withoutIds(action: ManifestAction): Portable {
  const withheld: Portable['withheld'] = []
  const kept: Record<string, unknown> = {}
  for (const [field, value] of Object.entries(action)) {
    if (holdsIds(action.kind, field) && !isNone(value)) withheld.push({ path: field, value })
    else if (field === 'steps')
      kept[field] = (value as Record<string, JsonValue>[]).map(({ workflowId, ...step }, index) => {
        if (!isNone(workflowId)) withheld.push({ path: `steps[${index}].workflowId`, value: workflowId as JsonValue })
        return workflowId === undefined || !isNone(workflowId) ? step : { ...step, workflowId }
      })
    else kept[field] = value
  }
  const essential = idFields[action.kind]?.essential ?? []
  return {
    action: kept as unknown as ManifestAction,
    withheld,
    isUseless: withheld.some(({ path }) => essential.includes(path)),
  }
}

/** A part of a manifest as plain JSON. */
export const json = (value: unknown): JsonValue => value as JsonValue

/** The value at a path such as `limits.pause.durationMs`. `undefined`: the manifest does not mention it. */
export function valueAt(manifest: AgentManifest, path: string): JsonValue | undefined {
  let value: unknown = manifest
  for (const step of path.split('.')) value = (value as Record<string, unknown> | undefined)?.[step]
  return value as JsonValue | undefined
}

/** Sets the value at a path, with the objects on the way. */
export function setAt(target: Record<string, unknown>, path: string, value: unknown): void {
  const steps = path.split('.')
  const last = steps.pop() as string
  let place = target
  for (const step of steps) {
    place[step] ??= {}
    place = place[step] as Record<string, unknown>
  }
  place[last] = value
}

/**
 * Whether the agent has what is wanted. An empty string is no value. A part of an object that is not wanted is not compared,
 * because the manifest does not mention it.
 */
export function isSame(path: string, wanted: unknown, actual: unknown): boolean {
  if (isSet(path) && Array.isArray(wanted) && Array.isArray(actual))
    return covers([...new Set(wanted)].sort(), [...new Set(actual)].sort())
  return covers(wanted, actual)
}

function covers(wanted: unknown, actual: unknown): boolean {
  if (Array.isArray(wanted))
    return (
      Array.isArray(actual) &&
      wanted.length === actual.length &&
      wanted.every((each, index) => covers(each, actual[index]))
    )
  if (isRecord(wanted))
    return isRecord(actual) && Object.entries(wanted).every(([key, value]) => covers(value, actual[key]))
  return (wanted === '' ? null : wanted) === (actual === '' || actual === undefined ? null : actual)
}

/** An item of a list with what finds it again and its path for people. */
export interface Keyed<Item> {
  key: string
  path: string
  item: Item
}

/** Names the items of a list: `actions[hand-over "Help"]`. Of several with one name, the later ones have a number. */
function keyed<Item>(
  items: readonly Item[],
  list: string,
  nameOf: (item: Item) => readonly [kind: string, label: string],
  contentOf?: (item: Item) => string,
): Keyed<Item>[] {
  const taken = new Map<string, number>()
  return items.map((item) => {
    const [kind, label] = nameOf(item)
    const name = `${kind} ${JSON.stringify(cutText(label, 60))}`
    const count = (taken.get(name) ?? 0) + 1
    taken.set(name, count)
    const full = JSON.stringify([kind, label, count])
    return { key: contentOf?.(item) ?? full, path: `${list}[${name}${count > 1 ? ` #${count}` : ''}]`, item }
  })
}

export const keyedActions = (actions: readonly ManifestAction[] = []): Keyed<ManifestAction>[] =>
  keyed(actions, 'actions', ({ kind, name }) => [kind, name])

export const keyedKnowledge = (items: readonly ManifestKnowledge[] = []): Keyed<ManifestKnowledge>[] =>
  keyed(items, 'knowledge', (item) => [item.kind, labelOf(item)], knowledgeKey)

const labelOf = (item: ManifestKnowledge): string =>
  item.kind === 'website' ? item.url : item.kind === 'faq' ? item.question : item.title

/** What makes two items the same knowledge. */
export function knowledgeKey(item: ManifestKnowledge): string {
  if (item.kind === 'website')
    return JSON.stringify([item.kind, URL.canParse(item.url) ? new URL(item.url).href : item.url])
  if (item.kind === 'faq') return JSON.stringify([item.kind, item.question, item.answer])
  return JSON.stringify([item.kind, item.title, item.text])
}

/** The path of an omitted item. */
export const itemPath = (list: string, kind: string, label: string | null | undefined): string =>
  `${list}[${kind}${label ? ` ${JSON.stringify(cutText(label, 60))}` : ''}]`
