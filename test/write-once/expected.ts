import { type Adapter, filterSupport, supports, type Traits } from '@parley/core'
import { expect } from 'vitest'
import type { Transcript } from './program.ts'

const hours =
  'The shop at 14 Canal Street is open Monday to Friday from 9:00 to 18:30 and Saturday from 10:00 to 16:00. We are closed on Sunday and on public holidays.'
const visits =
  'Book a workshop appointment online, by phone or in this chat. Puncture repairs for 18 euro are done while you wait.'

/**
 * What the program tells at any vendor. Every difference between two vendors is here, with the trait, the operation or the
 * filter that announces it: whoever reads those knows beforehand what the program will see.
 */
export async function expected(adapter: Adapter): Promise<Transcript> {
  const traits = (await adapter.traits?.()) as Required<Traits>
  const canTakeOver = traits.handOff.value === 'operation'
  const isAnsweredAfterReply =
    supports(adapter, 'control.release') ||
    // A pause by the agent's own settings is over the next day.
    /^(?:no|configured)$/.test(traits.replyTakesControl.value)
  const answered = { outcome: 'answered', hasRefs: true }
  const operator = traits.replyOperator.value === 'ignored' ? 'automation' : 'operator'
  const turn = ['contact', 'agent']
  return {
    'the first question': { ...answered, text: hours },
    'the answer’s sources': traits.answerSources.value !== 'none',
    'the second question': { ...answered, text: visits },
    'goes on in the same conversation': true,
    'two questions at once': ['answered', 'answered'],
    'two questions at once are in one conversation': 1,
    'each visitor has a conversation of their own': true,
    'the streamed answer': { ...answered, text: hours },
    'its parts are the answer': true,
    'it came in several parts': traits.streaming.value === 'parts',
    ...(canTakeOver && {
      'who is in control after the take-over': 'operator',
      'a question to the operator': traits.questionToOperator.value,
    }),
    'the operator’s reply': 'accepted',
    ...(canTakeOver && {
      'who is in control after the release': 'agent',
      'the agent answers again': { ...answered, text: expect.stringContaining('within 30 days') },
    }),
    'the next day it goes on': true,
    'the same contact': true,
    'conversations of the visitor': [true],
    'listed as open': true,
    'not answerable: open': traits.statusRead.value === 'no' ? ['status'] : [],
    'not answerable: unread': filterSupport(adapter, 'unread') === 'unanswerable' ? ['unread'] : [],
    'a search for nonsense': 0,
    'who spoke': [
      ...[...turn, ...turn, ...turn],
      ...(canTakeOver ? ['contact', operator, ...turn] : [operator]),
      ...(isAnsweredAfterReply ? turn : ['contact']),
    ],
    'what the visitor said': [true, true, true],
    'what the operator said': [true],
    'every message has a time': traits.messageTimes.value === 'yes',
  }
}
