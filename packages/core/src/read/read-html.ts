import { decodeCommonNames, hasRareNames, loadNames } from './character-names.ts'
import { htmlToText } from './html.ts'
import type { Reading } from './reading.ts'

/**
 * Reads HTML as plain text: see `htmlToText`. Nearly always the text is set at once; where it holds a name of a character
 * that is not one of the common few, the names are loaded first, and it is set when `reading.settled` is over.
 */
export function readHtml(reading: Reading, html: string, set: (text: string) => void): void {
  if (!hasRareNames(html)) set(htmlToText(html, decodeCommonNames))
  else reading.later(async () => set(htmlToText(html, await loadNames())))
}
