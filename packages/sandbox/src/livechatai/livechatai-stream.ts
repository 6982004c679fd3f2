import { holdRequest } from '../kit/idle.ts'
import { errorEnvelope } from './livechatai-errors.ts'
import type { LiveChatAISettings } from './livechatai-settings.ts'

/**
 * An answer piece by piece. The reference documents only the flag, so all framings are guesses: server-sent events with
 * JSON or with text in each `data`, or nothing but the text. Bare text is cut by bytes, as a network would, also within
 * a letter.
 */
export function streamAnswer(
  settings: LiveChatAISettings,
  text: string,
  data: Readonly<Record<string, unknown>>,
): Response {
  const isText = settings.streaming === 'text'
  const pieces = isText ? slices(text) : events(settings, text, data)
  const breaks = isText && settings.streamBreaks
  const begun = Math.min(4, pieces.length - 1)
  let next = 0
  let release: (() => void) | undefined
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      // Nothing more is given, and nothing is closed: whoever reads waits until it leaves.
      if (settings.streamHangs && next === begun) {
        release = holdRequest()
        return new Promise(() => {})
      }
      if (breaks && next === begun) {
        // Long enough for what was sent to arrive: a client sees an answer that stops, not one that never began.
        await new Promise((resolve) => setTimeout(resolve, 5))
        return controller.error(new Error('The stream broke, as its setting says'))
      }
      const piece = pieces[next++]
      if (piece) controller.enqueue(piece)
      else controller.close()
    },
    cancel: () => release?.(),
  })
  const contentType = isText ? 'text/plain' : 'text/event-stream'
  return new Response(body, {
    headers: { 'content-type': `${contentType}; charset=utf-8`, 'cache-control': 'no-cache' },
  })
}

/**
 * Words as events, then the ids and links where the framing has room for them, then the end; or an error in the
 * place of all that follows.
 */
function events(settings: LiveChatAISettings, text: string, data: Readonly<Record<string, unknown>>): Uint8Array[] {
  const event = (value: object): string => `data: ${JSON.stringify(value)}\n\n`
  const isJson = settings.streaming === 'sse'
  // A line break within a text begins a further `data` line of the same event.
  const said = (word: string): string =>
    isJson ? event({ response: word }) : `data: ${word.replaceAll('\n', '\ndata: ')}\n\n`
  const words = (text.match(/\s*\S+\s*$|\s*\S+/g) ?? []).map(said)
  const { response: _, ...rest } = data
  const end = [...(isJson && settings.streamIds ? [event(rest)] : []), 'data: [DONE]\n\n']
  const sentence = 'The answer could not be completed'
  // Among events of text only its name tells an error from a word of the answer.
  const failure = isJson ? event(errorEnvelope(500, sentence)) : `event: error\ndata: ${sentence}\n\n`
  const all = settings.streamBreaks ? [...words.slice(0, 3), failure] : [...words, ...end]
  return [': stream opened\n\n', ...all].map((part) => new TextEncoder().encode(part))
}

function slices(text: string): Uint8Array[] {
  const bytes = new TextEncoder().encode(text)
  return Array.from({ length: Math.ceil(bytes.length / 7) }, (_, index) => bytes.slice(index * 7, index * 7 + 7))
}
