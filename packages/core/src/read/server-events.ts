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
 * 9.2.6). Two differences: an event that the end of the stream ends is given too, because some servers leave out the last
 * empty line; so is one that has a name and no data, because the name may be `error`.
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
