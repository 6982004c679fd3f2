/** One `data:` line of server-sent events. */
export interface DataLine {
  data: string
  /** Whether it begins its event; the others go on with it, on a new line. */
  isFirst: boolean
}

/**
 * The `data:` lines of server-sent events, each as soon as it is complete. Comments and other fields are left away.
 *
 * @param text in pieces, cut anywhere.
 */
export async function* dataLines(text: AsyncIterable<string>): AsyncGenerator<DataLine, void, undefined> {
  let isFirst = true
  for await (const line of lines(text)) {
    if (line === '') isFirst = true
    const [found, data = ''] = /^data(?:: ?(.*))?$/s.exec(line) ?? []
    if (found === undefined) continue
    yield { data, isFirst }
    isFirst = false
  }
}

/** Lines as they end in any system. What has no end yet may go on with the next piece, a line break too. */
async function* lines(text: AsyncIterable<string>): AsyncGenerator<string, void, undefined> {
  let rest = ''
  for await (const piece of text) {
    const mayEnd = /[\r\n]/.test(piece) || rest.endsWith('\r')
    rest += piece
    if (!mayEnd) continue
    const complete = rest.split(/\r\n|\n|\r(?!$)/)
    rest = complete.pop() as string
    yield* complete
  }
  if (rest !== '') yield rest.replace(/\r$/, '')
}
