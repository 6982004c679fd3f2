import { type Adapter, type Message, type OperationOptions, parseRef, requireOperation, supports } from '@parley/core'
import type { Run } from '../command.ts'
import { textOf } from '../inbox/reply-input.ts'
import { lines, messageLines } from '../rows.ts'
import { asJson, forPeople, wrap } from '../text.ts'
import { type LiveOptions, withLiveAccount } from './open.ts'
import { noteWarnings, printOne } from './print.ts'
import { watchSend } from './sending.ts'
import { printPlan } from './write.ts'

export interface ReplyOptions extends LiveOptions {
  text?: string
  expect?: string
  operator?: string
  takeOver?: true
  dryRun?: boolean
}

/** Replies, and prints what became of it. */
export async function sendReply(ref: string, options: ReplyOptions, run: Run): Promise<void> {
  const { terminal } = run
  const text = await textOf(options, terminal)
  const { id } = parseRef(ref)
  await withLiveAccount(run, options, ref, async (adapter, { signal, operatorIds }) => {
    const reply = requireOperation(adapter, 'messages.reply')
    const newer = await newestOf(adapter, id, options.expect, { signal })
    if (newer.unseen.length > 0) {
      run.exitCode = 3
      terminal.note('There is something newer than --expect. Nothing was sent.\n')
      return terminal.print(
        options.json
          ? asJson({ conflict: { newer: newer.unseen } })
          : forPeople(lines(newer.unseen.flatMap((message) => messageLines(message, terminal.width)))),
      )
    }
    const operatorId = options.operator ?? operatorIds[`${adapter.vendor}:${adapter.account}`]
    const input = {
      text,
      ...(newer.after !== undefined && { after: newer.after }),
      ...(operatorId !== undefined && { operatorId }),
    }
    if (options.dryRun)
      return printPlan(run, options, {
        action: 'reply',
        sentences: [
          `It sends ${text.length} characters to the contact of ${ref}.`,
          ...(options.takeOver ? ['It takes the conversation over first, if the vendor demands it.'] : []),
        ],
        input: { conversation: ref, ...input },
      })
    const sending = watchSend(adapter, 'The reply', signal, run)
    const sent = await reply(id, input, {
      ...sending.options,
      ...(options.takeOver && { takeOver: 'if-needed' as const }),
    }).catch((error: unknown) => {
      throw sending.failure(error)
    })
    if (sent.outcome === 'unknown') {
      run.exitCode = 4
      sending.noteAttempt()
    }
    noteWarnings(sent.warnings, terminal)
    await printOne(run, options, sent, ({ outcome, message, messageId }, width) => {
      if (outcome === 'unknown')
        return lines(wrap('The reply may have been sent. Do not send it again before you know.', width))
      return lines(['The vendor accepted the reply.', message?.ref ?? messageId ?? ref])
    })
  })
}

/**
 * The newest message, so that a reply whose outcome is unknown can be told from older ones.
 *
 * @param expected the newest message that the person has seen. Default: whatever is the newest.
 */
async function newestOf(
  adapter: Adapter,
  conversation: string,
  expected: string | undefined,
  options: OperationOptions,
): Promise<{ after?: string; unseen: Message[] }> {
  if (!supports(adapter, 'messages.list')) return { unseen: [] }
  const limit = expected === undefined ? 1 : 20
  const { items } = await adapter.messages.list(conversation, { limit }, options)
  const after = items[0]?.id
  const seen = items.findIndex(({ ref }) => ref === expected)
  const unseen = expected === undefined ? [] : items.slice(0, seen < 0 ? undefined : seen).toReversed()
  return { ...(after !== undefined && { after }), unseen }
}
