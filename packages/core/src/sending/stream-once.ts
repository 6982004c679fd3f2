import type { Answer, AnswerPart } from '../contract/results.ts'
import type { Warning } from '../contract/warning.ts'

/**
 * `messages.stream` for a vendor without streaming: asks when the iteration begins and gives the whole answer as one
 * part, after a warning that says so.
 */
export async function* streamOnce(
  ask: () => Promise<Answer>,
  place: Pick<Warning, 'vendor' | 'account'>,
): AsyncGenerator<AnswerPart, void, undefined> {
  const warning: Warning = {
    ...place,
    code: 'no-streaming',
    message: `${place.vendor} does not stream: the answer comes whole.`,
    operation: 'messages.stream',
  }
  yield { type: 'warning', warning }
  const given = await ask()
  const answer = { ...given, warnings: [warning, ...given.warnings] }
  if (answer.text) yield { type: 'text', text: answer.text }
  if (answer.sources.length > 0) yield { type: 'sources', sources: answer.sources }
  yield { type: 'finish', answer }
}
