/** One server-sent event. */
export interface ServerEvent {
  /** Its `event:` field; `message` without one. */
  name: string
  /** Its `data:` lines, with a line break between them. */
  data: string
  /** The stream ended in the middle of its last line, so something may be missing. */
  isCut: boolean
}

/** Whether a response declares itself a stream of server-sent events. */
export const isEventStream = (headers: Headers): boolean =>
  /^\s*text\/event-stream\b/i.test(headers.get('content-type') ?? '')

/**
 * Yields the server-sent events of a stream, each as soon as it is complete, by the rules of the WHATWG (HTML standard,
 * section 9.2.6), with two differences. An event at the end of the stream is complete, because some servers omit the
 * last empty line. An event with a name and no data is also yielded, because the name may be `error`.
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

/** The same for text that the caller passes in pieces. Complete events are collected in `events`. */
export async function collectEvents(): Promise<{ events: ServerEvent[]; feed(piece: string): void; end(): void }> {
  // Loaded with the first stream, because most programs have none.
  const { createParser } = await import('eventsource-parser')
  const events: ServerEvent[] = []
  let isCut = false
  let line = ''
  let name = ''
  let hasData = false
  const parser = createParser({ onEvent: ({ event = 'message', data }) => events.push({ name: event, data, isCut }) })
  const read = (whole: string) => {
    parser.feed(`${whole}\n`)
    if (whole === '') {
      if (name !== '' && !hasData) events.push({ name, data: '', isCut })
      name = ''
      hasData = false
    } else if (/^data(?::|$)/.test(whole)) hasData = true
    else name = /^event: ?(.*)/.exec(whole)?.[1] ?? name
  }
  return {
    events,
    feed(piece) {
      line += piece
      if (!/[\r\n]/.test(piece) && !line.includes('\r')) return
      // A carriage return at the end may be half of a line break.
      const lines = line.split(/\r\n|\n|\r(?!$)/)
      line = lines.pop() as string
      lines.forEach(read)
    },
    end() {
      isCut = /^[^\r:]/.test(line) && !line.endsWith('\r')
      const known = events.length
      if (line !== '') read(line.replace('\r', ''))
      read('')
      if (isCut && events.length === known) events.push({ name: 'message', data: '', isCut })
    },
  }
}
