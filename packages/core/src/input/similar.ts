/** Letters and digits alone: `apikey`, `api_key` and `apiKey` are one word. */
export const plain = (name: string): string => name.toLowerCase().replace(/[^a-z\d]/g, '')

/**
 * The end of an error about a name that does not exist: ` (did you mean "status"?)` when one of the names is spelled nearly
 * like it, otherwise nothing.
 */
export function didYouMean(name: string, names: readonly string[]): string {
  // Longer than every name of ours. Comparing it would cost time and find nothing.
  if (name.length > 99) return ''
  const given = plain(name)
  let most = Math.min(2, Math.round(given.length / 3))
  let nearest = ''
  for (const candidate of names) {
    const distance = distanceOf(given, plain(candidate))
    if (candidate === name || distance > most) continue
    nearest = candidate
    most = distance - 1
  }
  return nearest && ` (did you mean "${nearest}"?)`
}

/** How many letters have to be inserted, removed or replaced (Levenshtein). */
function distanceOf(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, column) => column)
  for (const [index, letter] of [...a].entries()) {
    const next = [index + 1]
    for (const [column, other] of [...b].entries()) {
      const replaced = (row[column] as number) + (letter === other ? 0 : 1)
      next.push(Math.min(replaced, (row[column + 1] as number) + 1, (next[column] as number) + 1))
    }
    row = next
  }
  return row[b.length] as number
}
