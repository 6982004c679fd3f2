import { type Answer, type AnswerPart, isRaw, isTextStream, type Raw, type VendorReply } from '@parley/core'

/** The words of an answer as they come, and at last everything that was said. */
export async function* readPieces(
  { body }: VendorReply,
  conclude: (whole: Raw) => Promise<Answer>,
): AsyncGenerator<AnswerPart, void, undefined> {
  if (!isTextStream(body)) return
  let rest = ''
  for await (const text of body) {
    const lines = (rest + text).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) {
      const part: unknown = JSON.parse(line)
      if (!isRaw(part)) yield { type: 'text', text: String(part) }
      else {
        const answer = await conclude(part)
        if (answer.sources.length > 0) yield { type: 'sources', sources: answer.sources }
        yield { type: 'finish', answer }
      }
    }
  }
}
