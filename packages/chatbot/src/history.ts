import type { Message, MessageOperations, OperationOptions } from '@parley/core'
import type { History } from './chatbot.ts'
import type { Memory, Time } from './memory.ts'

/** The newest messages of a visitor's chat in its conversation, which may have older messages. */
export async function chatIn(
  list: NonNullable<MessageOperations['list']>,
  { conversationId, began, beganAt, asked }: Memory & { conversationId: string },
  limit: number,
  time: Time<OperationOptions>,
): Promise<History> {
  let newestFirst: Message[] = []
  const warnings: History['warnings'] = []
  const since = beganAt == null ? undefined : Date.parse(beganAt)
  const isOlder = ({ createdAt }: Message) => since !== undefined && !!createdAt && Date.parse(createdAt) < since
  const isNewer = ({ createdAt }: Message) => since !== undefined && !!createdAt && Date.parse(createdAt) > since
  for (let cursor: string | undefined; ; ) {
    const page = await list(conversationId, cursor === undefined ? {} : { cursor }, time.options())
    warnings.push(...page.warnings)
    const first = began === null ? -1 : page.items.findIndex(({ id }) => id === began)
    const end = first < 0 ? page.items.findIndex(isOlder) : first
    newestFirst.push(...(end < 0 ? page.items : page.items.slice(0, end)))
    const isWhole = end >= 0 || page.next === null
    if (isWhole && began !== null && first < 0) {
      // That message is gone. By the clock nothing of what came before it is shown, or else by the first known question.
      const isOwn = ({ id }: Message) => asked.some(({ attempt }) => attempt.messageId === id)
      newestFirst =
        since === undefined ? newestFirst.slice(0, newestFirst.findLastIndex(isOwn) + 1) : newestFirst.filter(isNewer)
    }
    const shown = newestFirst.filter(isShown)
    // Until the first message is found, or is known to come later, these may be from before the chat.
    const isCertain = isWhole || began === null || (page.items.at(-1) !== undefined && page.items.every(isNewer))
    if (isWhole || (isCertain && shown.length > limit))
      return { messages: shown.slice(0, limit).reverse(), hasMore: shown.length > limit, warnings }
    cursor = page.next as string
  }
}

/** What staff and tools write among themselves is not for the visitor. */
const isShown = ({ type, direction }: Message): boolean =>
  direction !== 'internal' && !['note', 'activity', 'tool'].includes(type.value)
