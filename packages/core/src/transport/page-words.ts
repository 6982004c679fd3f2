import { loadNames } from '../read/character-names.ts'
import { cutText } from '../read/cut-text.ts'
import { htmlToText, isHtml } from '../read/html.ts'
import type { Problem, VendorAnswer } from './protocol.ts'

/** Enough of a page to find its first words in. */
const searched = 50_000

const looksLikePage = (body: string): boolean => /^\s*</.test(body) || isHtml(body)

/**
 * What a body says that should have been JSON, on one line of at most 200 characters: of a page only the words, with the
 * names of characters (`&amp;`) as they are, which the transport decodes.
 *
 * @returns `undefined` when it says nothing.
 */
export function pageWords(body: string): string | undefined {
  const start = body.slice(0, searched)
  const text = looksLikePage(start) ? htmlToText(start, (same) => same) : start
  return cutText(text.replace(/\s+/g, ' ').trim(), 200) || undefined
}

/** The problem that a page tells of, with characters for their names. */
export async function decodedProblem(problem: Problem, { body }: VendorAnswer): Promise<Problem> {
  const { vendorMessage } = problem
  if (typeof body !== 'string' || !vendorMessage?.includes('&') || !looksLikePage(body.slice(0, searched)))
    return problem
  const decode = await loadNames()
  return { ...problem, vendorMessage: decode(vendorMessage).replace(/\s+/g, ' ').trim() }
}
