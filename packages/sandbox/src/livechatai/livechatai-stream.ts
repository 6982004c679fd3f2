import { wait } from '../kit/clock.ts'
import { errorEnvelope } from './livechatai-errors.ts'
import type { LiveChatAISettings } from './livechatai-settings.ts'

/**
 * An answer piece by piece. The reference documents only the flag, so both framings are guesses: server-sent events
 * with JSON in each `data`, or nothing but the text. The text is cut by bytes, as a network would, also within a letter.
 */
export function streamAnswer(
  settings: LiveChatAISettings,
  text: string,
  data: Readonly<Record<string, unknown>>,
): Response {
  const pieces = settings.streaming === 'sse' ? events(settings, text, data) : slices(text)
  const breaks = settings.streaming === 'text' && settings.streamBreaks
  let next = 0
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      if (breaks && next === Math.min(4, pieces.length - 1)) {
        // Long enough for what was sent to arrive: a client sees an answer that stops, not one that never began.
        await wait(5)
        return controller.error(new Error('The stream broke, as its setting says'))
      }
      const piece = pieces[next++]
      if (piece) controller.enqueue(piece)
      else controller.close()
    },
  })
  const contentType = settings.streaming === 'sse' ? 'text/event-stream' : 'text/plain'
  return new Response(body, {
    headers: { 'content-type': `${contentType}; charset=utf-8`, 'cache-control': 'no-cache' },
  })
}

/** Words as events, then the ids and links, then the end; or an error envelope in the place of all that follows. */
function events(settings: LiveChatAISettings, text: string, data: Readonly<Record<string, unknown>>): Uint8Array[] {
  const event = (value: object): string => `data: ${JSON.stringify(value)}\n\n`
  const words = (text.match(/\s*\S+\s*$|\s*\S+/g) ?? []).map((response) => event({ response }))
  const { response: _, ...rest } = data
  const end = [...(settings.streamIds ? [event(rest)] : []), 'data: [DONE]\n\n']
  const failure = event(errorEnvelope(500, 'The answer could not be completed'))
  const all = settings.streamBreaks ? [...words.slice(0, 3), failure] : [...words, ...end]
  return [': stream opened\n\n', ...all].map((part) => new TextEncoder().encode(part))
}

function slices(text: string): Uint8Array[] {
  const bytes = new TextEncoder().encode(text)
  return Array.from({ length: Math.ceil(bytes.length / 7) }, (_, index) => bytes.slice(index * 7, index * 7 + 7))
}
