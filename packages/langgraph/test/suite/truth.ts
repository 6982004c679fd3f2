import type { Expectations } from '@parley/conformance'
import type { AuthorKind } from '@parley/core'
import type { World } from '@parley/sandbox'
import { iso, told } from '../../../../test/conformance/support/told.ts'
import { seedState } from '../../../sandbox/src/langgraph/seed.ts'
import {
  type Interrupt,
  type Json,
  operatorName,
  type StoredMessage,
  type StoredThread,
  textOf,
} from '../../../sandbox/src/langgraph/state.ts'

/** What the server has, told by its own records. */
export function truth(world: World): Expectations {
  const { assistants, threads } = seedState({ world, now: () => world.now })
  const all = [...threads.values()]
  return {
    agents: [...assistants.values()].map(({ id, name, description, createdAt, updatedAt }) => ({
      ...{ id, name, createdAt: iso(createdAt), updatedAt: iso(updatedAt) },
      ...told({ description }),
      status: { value: 'active' as const },
    })),
    conversations: all.map(conversationOf),
    messages: Object.fromEntries(
      all
        .filter((_, index) => index % 4 === 0)
        .map((thread) => [thread.id, (thread.messages ?? []).map((message) => messageOf(message, thread))]),
    ),
  }
}

function conversationOf({ id, metadata, status, interrupts, messages = [], createdAt, updatedAt }: StoredThread) {
  const { contact, title, assistant_id: agentId, channel } = metadata as Record<string, string>
  const waiting = Object.values(interrupts ?? {}).flat()
  const last = messages.findLast((message) => !isOfTool(message))
  return {
    id,
    ...told({ title, agentId }),
    status: { value: 'open' as const },
    contact: { id: contact },
    control:
      status === 'interrupted'
        ? {
            holder: 'operator' as const,
            native: status,
            inputRequests: waiting.map(requestOf),
          }
        : { holder: 'agent' as const, native: status },
    ...(last && { lastMessage: { text: textOf(last), author: authorOf(last) } }),
    customFields: { channel: channel as string },
    createdAt: iso(createdAt),
    updatedAt: iso(updatedAt),
    lastActivityAt: iso(updatedAt),
  }
}

const kinds: Readonly<Record<string, AuthorKind>> = { human: 'contact', ai: 'agent', tool: 'agent', system: 'system' }

const authorOf = ({ type, name }: StoredMessage): AuthorKind =>
  type === 'ai' && name === operatorName ? 'operator' : (kinds[type] ?? 'unknown')

const isOfTool = (message: StoredMessage): boolean =>
  message.type === 'tool' || (textOf(message) === '' && (message.tool_calls ?? []).length > 0)

/** What a person sees of what a graph waits for. */
function requestOf({ id, value }: Interrupt) {
  if (typeof value === 'string') return { id, text: value }
  const { question, choices, action_requests: actions, review_configs: reviews } = value as Asked
  if (question !== undefined && !choices) return { id, text: question }
  if (question !== undefined)
    return {
      ...{ id, text: question },
      choices: choices?.map((one) => (typeof one === 'string' ? { value: one, label: one } : one)),
    }
  const words = reviews?.[0]?.allowed_decisions.filter((word) => word !== 'edit') ?? []
  return {
    ...{ id, text: actions?.[0]?.description ?? null },
    choices: words.map((type) => ({ value: { decisions: [{ type }] }, label: type })),
  }
}

/** The values of the seeded interrupts. */
interface Asked {
  readonly question?: string
  readonly choices?: readonly (string | { readonly value: string; readonly label: string })[]
  readonly action_requests?: readonly { readonly description: string }[]
  readonly review_configs?: readonly { readonly allowed_decisions: readonly string[] }[]
}

const typeOf = (kind: AuthorKind) =>
  kind === 'system' ? ('activity' as const) : kind === 'unknown' ? kind : ('text' as const)

function messageOf(stored: StoredMessage, { id: conversationId, metadata }: StoredThread) {
  const { id, type, name, content, tool_calls: calls = [] } = stored
  const kind = authorOf(stored)
  const isOperator = kind === 'operator'
  const isTool = isOfTool(stored)
  const operatorId = (stored['additional_kwargs'] as Json)['operator_id'] as string | undefined
  const parts = Array.isArray(content) ? (content as readonly Json[]) : []
  const files = parts.filter((part) => part['type'] === 'image_url' || part['type'] === 'image')
  const reasoning = parts.flatMap((part) => (part['type'] === 'reasoning' ? String(part['reasoning']) : []))
  const words = { agent: 'outbound', operator: 'outbound', contact: 'inbound', system: 'internal' } as const
  return {
    ...{ id, conversationId },
    type: { value: isTool ? ('tool' as const) : typeOf(kind), native: type },
    text: isTool && textOf(stored) === '' ? calls.map((call) => call.name).join(', ') : textOf(stored),
    direction: isTool ? ('internal' as const) : (words[kind as keyof typeof words] ?? ('unknown' as const)),
    author: {
      kind,
      ...told({ name }),
      ...(isOperator && told({ id: operatorId })),
      ...(kind === 'agent' && { id: metadata['assistant_id'] as string }),
    },
    ...((kind === 'contact' || kind === 'operator') && { externalId: id }),
    ...(files.length > 0 && {
      attachments: files.map((part) => ({
        url: String(part['url'] ?? (part['image_url'] as Json)['url']),
        ...told({ contentType: part['mime_type'] as string | undefined }),
      })),
    }),
    ...(reasoning.length > 0 && { reasoning }),
  }
}
