let segmenter: Intl.Segmenter | undefined

/** What ends beyond this many units after the limit is no character that a reader would miss. */
const room = 64

/**
 * The beginning of a text, cut between two characters as readers see them (a letter with its accents, a flag, a family),
 * so that no half of one is left. Where the first one alone is too long, the cut is between two code points.
 *
 * @param most how long the result may be, in what `sizeOf` counts: UTF-16 units by default, as `length` does.
 * @param sizeOf the size of a piece of text. No UTF-16 unit may count less than one.
 */
export function cutText(
  text: string,
  most: number,
  sizeOf: (piece: string) => number = (piece) => piece.length,
): string {
  if (text.length <= most && sizeOf(text) <= most) return text
  // No unit counts less than one, so what lies far behind the limit need not be looked at.
  const start = text.slice(0, Math.max(0, most) + room)
  segmenter ??= new Intl.Segmenter()
  return fitting(charactersOf(segmenter, start), most, sizeOf) || fitting(start, most, sizeOf)
}

function* charactersOf(by: Intl.Segmenter, text: string): Generator<string> {
  for (const { segment } of by.segment(text)) yield segment
}

function fitting(pieces: Iterable<string>, most: number, sizeOf: (piece: string) => number): string {
  let cut = ''
  let size = 0
  for (const piece of pieces) {
    size += sizeOf(piece)
    if (size > most) break
    cut += piece
  }
  return cut
}
