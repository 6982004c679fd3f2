import { type Answer, type AnswerPart, isRecord, type Payload, type VendorReply } from '@parley/core'
import { isTextStream } from '@parley/core/operations'

/** The words of an answer as they come, and at last everything that was said. */
export async function* readPieces(
  { body }: VendorReply,
  conclude: (whole: Payload) => Promise<Answer>,
): AsyncGenerator<AnswerPart, void, undefined> {
  if (!isTextStream(body)) return
  let rest = ''
  for await (const text of body) {
    const lines = (rest + text).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) {
      const part: unknown = JSON.parse(line)
      if (!isRecord(part)) yield { type: 'text', text: String(part) }
      else {
        const answer = await conclude(part)
        if (answer.sources.length > 0) yield { type: 'sources', sources: answer.sources }
        yield { type: 'finish', answer }
      }
    }
  }
}
