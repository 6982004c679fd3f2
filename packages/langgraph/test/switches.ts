import { type Switches, sending } from '../../../test/end-to-end/support/switches.ts'

const choice = { question: 'Which size?', choices: ['small', 'large'] }

/** A thread that waits for a person takes neither a question nor a reply. */
const waiting = ['messages.ask: needs-input without a text', 'messages.stream: conflict', 'messages.reply: conflict']

export const switches: Switches<'langGraph'> = {
  values: {
    ...sending,
    auth: ['none'],
    interruptIds: ['missing'],
    queueMs: [0],
    streamBreaks: [true],
    oddValues: ['none'],
    firstText: ['One moment.'],
    tools: [['track_order', 'search_articles']],
    interrupts: [[choice], [choice, 'For whom?']],
    emptyReplies: [true],
    failReplies: [true],
  },
  outcomes: {
    'messages.ask': 'answered',
    'messages.stream': 'answered',
    'messages.reply': 'accepted',
    'conversations.update: unread': 'unsupported',
  },
  different: {
    'interrupts=[{"question":"Which size?","choices":["small","large"]}]': waiting,
    'interrupts=[{"question":"Which size?","choices":["small","large"]},"For whom?"]': waiting,
    'emptyReplies=true': ['messages.ask: unanswered', 'messages.stream: unanswered'],
    'failReplies=true': ['messages.ask: failed without a text', 'messages.stream: failed without a text'],
  },
}
