import { type Switches, sending } from '../../../test/end-to-end/support/switches.ts'

export const switches: Switches<'langGraph'> = {
  values: {
    ...sending,
    auth: ['none'],
    interruptIds: ['missing'],
    queueMs: [0],
    streamBreaks: [true],
    oddValues: ['none'],
  },
  outcomes: {
    'messages.ask': 'answered',
    'messages.stream': 'answered',
    'messages.reply': 'accepted',
    'conversations.update: unread': 'unsupported',
  },
  different: {},
}
