import { htmlToText, isHtml, loadNames } from '../read/html.ts'
import { cutText } from '../read/text.ts'

/** How many characters of a page are searched for its first words. */
const searched = 50_000

/**
 * The text of a body that should be JSON and is not, on one line of at most 200 characters. HTML is removed.
 *
 * @returns `undefined` if there is no text.
 */
export async function pageWords(body: string): Promise<string | undefined> {
  const start = body.slice(0, searched)
  const isPage = /^\s*</.test(start) || isHtml(start)
  const text = isPage ? htmlToText(start, start.includes('&') ? await loadNames() : (same) => same) : start
  return cutText(text.replace(/\s+/g, ' ').trim(), 200) || undefined
}
