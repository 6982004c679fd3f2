import type { Attempt, Call } from '@parley/core'
import type { LeadConnectorClient } from './leadconnector-client.ts'
import { addEmailBodies } from './leadconnector-email-bodies.ts'
import { type LeadConnectorMessage, readMessagePage } from './leadconnector-message-page.ts'
import { leadConnectorPageSizes } from './leadconnector-page-sizes.ts'

/** How far this clock and the vendor's may be apart before an earlier message with the same text is mistaken for ours. */
const sameClockMs = 5_000
const otherClockMs = 120_000

/** Enough for whatever happened in a conversation since one message was sent. */
const mostPages = 20

/** What is looked at again and again is kept short: a question is among the newest messages. */
const pagesPerLook = 3

/** The messages since an instant, newest first. */
export const readSince = (
  client: LeadConnectorClient,
  call: Call,
  conversationId: string,
  since: number,
): Promise<LeadConnectorMessage[]> =>
  readUntil(client, call, conversationId, mostPages, ({ createdAt }) => !!createdAt && Date.parse(createdAt) < since)

/** The messages after a given one, newest first; `undefined` when it does not show. No clock is involved. */
export async function readAfter(
  client: LeadConnectorClient,
  call: Call,
  conversationId: string,
  messageId: string,
): Promise<LeadConnectorMessage[] | undefined> {
  let isThere = false
  const newer = await readUntil(client, call, conversationId, pagesPerLook, ({ id }) => {
    isThere ||= id === messageId
    return isThere
  })
  return isThere ? newer : undefined
}

async function readUntil(
  client: LeadConnectorClient,
  call: Call,
  conversationId: string,
  most: number,
  isEnd: (message: LeadConnectorMessage) => boolean,
): Promise<LeadConnectorMessage[]> {
  const messages: LeadConnectorMessage[] = []
  const limit = leadConnectorPageSizes.messages.default
  let lastMessageId: string | undefined
  for (let pages = 0; pages < most; pages++) {
    const page = await readMessagePage(client, call, { conversationId, limit, lastMessageId })
    for (const message of page.items) {
      if (isEnd(message)) return messages
      messages.push(message)
    }
    if (page.next === null || page.next === lastMessageId) break
    lastMessageId = page.next
  }
  return messages
}

/** From where on a message that was sent at this instant has to be looked for. */
export const earliest = ({ startedAt }: Attempt): number => Date.parse(startedAt) - otherClockMs

/** `unsure`: there is one with this text that may as well be an earlier one, or whose text is not known. */
export type FoundSent = { message: LeadConnectorMessage } | 'unsure' | 'absent'

const couldBe: Record<Attempt['kind'], (message: LeadConnectorMessage) => boolean> = {
  ask: ({ direction }) => direction === 'inbound',
  reply: ({ direction }) => direction === 'outbound',
  note: ({ type }) => type.value === 'note',
}

/** Finds what an attempt sent without knowing its id: by direction or type, time and text. */
export async function findSent(
  client: LeadConnectorClient,
  call: Call,
  messages: readonly LeadConnectorMessage[],
  attempt: Attempt,
): Promise<FoundSent> {
  const candidates = messages.filter(couldBe[attempt.kind])
  if (attempt.text === '') return candidates.length > 0 ? 'unsure' : 'absent'
  await addEmailBodies(client, call, candidates)
  const started = Date.parse(attempt.startedAt)
  const alike = candidates.filter((message) => message.text === undefined || saysTheSame(message, attempt.text))
  // The oldest that is not too old: a later one with the same words was written after it.
  const message = alike.findLast(
    ({ createdAt, text }) => text !== undefined && createdAt && Date.parse(createdAt) >= started - sameClockMs,
  )
  return message ? { message } : alike.length > 0 ? 'unsure' : 'absent'
}

/** An email may carry more than was written: a signature, the quoted thread. */
function saysTheSame({ text, type }: LeadConnectorMessage, wanted: string): boolean {
  const said = fold(text ?? '')
  return type.value === 'email' ? said.includes(fold(wanted)) : said === fold(wanted)
}

const fold = (text: string): string => text.replace(/\s+/g, ' ').trim()
