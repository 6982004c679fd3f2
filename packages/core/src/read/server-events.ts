/** One server-sent event. */
export interface ServerEvent {
  /** Its `event:` field; `message` without one. */
  name: string
  /** Its `data:` lines, with a line break between them. */
  data: string
  /** The stream ended within its last line, so that something may be missing. */
  isCut: boolean
}

/** Whether an answer says that it is a stream of server-sent events. */
export const isEventStream = (headers: Headers): boolean =>
  /^\s*text\/event-stream\b/i.test(headers.get('content-type') ?? '')

/**
 * The server-sent events in a stream, each as soon as it is complete, as the WHATWG reads them (HTML standard, section
 * 9.2.6). One difference: an event that the end of the stream ends is given too, because some servers leave out the last
 * empty line.
 *
 * @param text in pieces, cut anywhere, such as a `TextStream`.
 */
export async function* serverEvents(text: AsyncIterable<string>): AsyncGenerator<ServerEvent, void, undefined> {
  const { events, feed, end } = await collectEvents()
  for await (const piece of text) {
    feed(piece)
    yield* events.splice(0)
  }
  end()
  yield* events
}

/** The same for a text that somebody else reads: what is complete in the pieces gathers in `events`. */
export async function collectEvents(): Promise<{ events: ServerEvent[]; feed(piece: string): void; end(): void }> {
  // When the first stream comes: most programs have none.
  const { createParser } = await import('eventsource-parser')
  const events: ServerEvent[] = []
  let isCut = false
  let last = '\n'
  const parser = createParser({ onEvent: ({ event = 'message', data }) => events.push({ name: event, data, isCut }) })
  return {
    events,
    feed(piece) {
      last = piece.at(-1) ?? last
      parser.feed(piece)
    },
    end() {
      isCut = !/[\r\n]/.test(last)
      parser.feed('\n\n')
    },
  }
}
