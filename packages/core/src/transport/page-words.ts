import { htmlToText, isHtml, loadNames } from '../read/html.ts'
import { cutText } from '../read/text.ts'

/** Enough of a page to find its first words in. */
const searched = 50_000

/**
 * What a body says that should have been JSON, on one line of at most 200 characters; of a page only the words.
 *
 * @returns `undefined` when it says nothing.
 */
export async function pageWords(body: string): Promise<string | undefined> {
  const start = body.slice(0, searched)
  const isPage = /^\s*</.test(start) || isHtml(start)
  const text = isPage ? htmlToText(start, start.includes('&') ? await loadNames() : (same) => same) : start
  return cutText(text.replace(/\s+/g, ' ').trim(), 200) || undefined
}
