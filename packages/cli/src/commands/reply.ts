import { Command, Option } from 'commander'
import type { CreateCommand } from '../command.ts'
import { withLiveOptions } from '../everyday/open.ts'
import type { ReplyOptions } from '../everyday/reply.ts'
import { dryRunOption } from '../everyday/write.ts'
import { conversationArgument, seenRef } from '../input.ts'

export const replyCommand: CreateCommand = (run) =>
  withLiveOptions(
    new Command('reply')
      .description('reply to the contact of a conversation over the vendor, without a store')
      .addArgument(conversationArgument())
      .option('--text <text>', 'the text; default: the standard input')
      .addOption(
        new Option(
          '--expect <message>',
          'send nothing if there is a newer message than this one, the last that "messages" shows (none: no message)',
        ).argParser(seenRef),
      )
      .option('--operator <id>', 'the operator who replies: the vendor’s id; default: that of the account')
      .option('--take-over', 'take the conversation over first, if the vendor demands it')
      .addOption(dryRunOption()),
  )
    .addHelpText(
      'after',
      `
The contact receives a real message. Use "parley inbox reply" for a team and for scripts: it records the reply before it is sent, never
sends it twice (--key), finds out by itself how it ended, and knows who acted. This command only needs the account.
Ends with 0 if the vendor accepted it, 1 if it was certainly not sent, 3 if there is something newer than --expect or the vendor
refused it because of the state of the conversation, and 4 if it may have been sent, also at Ctrl-C: then do not send it again before
you know. The standard error has what "parley reconcile" takes to find out.`,
    )
    .action(async (ref: string, options: ReplyOptions) => {
      const { sendReply } = await import('../everyday/reply.ts')
      await sendReply(ref, options, run)
    })
