import {
  type Adapter,
  type Conversation,
  isParleyError,
  requireOperation,
  supports,
  unsupportedReason,
} from '@parley/core'
import { sourceRow } from './read.ts'
import type { Asked, Replied } from './report.ts'

/** Channels that need no phone number or email address, best first. */
const quietChannels = ['web', 'api', 'sms']

/** Asks the agent as the contact of an open conversation in which the agent is in control. */
export async function ask(adapter: Adapter, question: string): Promise<Asked> {
  const conversation = await findConversation(adapter)
  const answer = await requireOperation(adapter, 'messages.ask')(conversation, { text: question }, { timeout: 20_000 })
  let { sources } = answer
  if (
    sources.length === 0 &&
    answer.message &&
    answer.sourcesState === 'fetchable' &&
    supports(adapter, 'sources.list')
  ) {
    sources = (await adapter.sources.list(answer.message)).items
  }
  return {
    account: `${adapter.vendor}:${adapter.account}`,
    outcome: answer.outcome,
    text: answer.text,
    sources: sources.map(sourceRow),
  }
}

/** Replies as an operator. Takes the conversation over first if the vendor requires it. */
export async function reply(adapter: Adapter, text: string): Promise<Replied> {
  const steps: string[] = []
  const conversation = await findConversation(adapter)
  const send = requireOperation(adapter, 'messages.reply')
  const say = async () => {
    const sent = await send(conversation, { text })
    steps.push(`Reply ${sent.outcome}${sent.message?.status ? ` (${sent.message.status.value})` : ''}: "${text}"`)
  }
  try {
    await say()
  } catch (error) {
    if (!isParleyError(error) || error.code !== 'conflict' || !supports(adapter, 'control.takeOver')) throw error
    steps.push('The vendor refused the reply while its agent was in control, so the demo took over first.')
    const { holder } = await adapter.control.takeOver(conversation)
    steps.push(`Taken over: the ${holder} is in control.`)
    await say()
    if (supports(adapter, 'control.release')) {
      const released = await adapter.control.release(conversation)
      steps.push(`Released: the ${released.holder} is in control again.`)
    }
  }
  const reason = unsupportedReason(adapter, 'control.takeOver')
  if (reason) steps.push(`Take-over is not supported: ${reason}`)
  return { account: `${adapter.vendor}:${adapter.account}`, steps }
}

/**
 * A recent, open conversation that the agent still answers. Nobody else has just written in it, because this would
 * pause the agent.
 */
async function findConversation(adapter: Adapter): Promise<Conversation> {
  const { items } = await requireOperation(adapter, 'conversations.list')({ limit: 25 })
  const open = items.filter(({ control, status }) => control.holder !== 'operator' && status.value !== 'closed')
  const rank = ({ channel }: Conversation): number => (quietChannels.indexOf(channel?.value ?? 'api') + 9) % 9
  for (const conversation of open.toSorted((a, b) => rank(a) - rank(b))) {
    const { items: messages } = await requireOperation(adapter, 'messages.list')(conversation, { limit: 20 })
    const authors = messages.map(({ author }) => author.kind)
    if (authors.includes('contact') && !authors.includes('operator')) return conversation
  }
  return items[0] as Conversation
}
