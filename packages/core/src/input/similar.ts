/** Only the letters and digits of a name, in lower case: `apikey`, `api_key` and `apiKey` are the same. */
export const plain = (name: string): string => name.toLowerCase().replace(/[^a-z\d]/g, '')

/**
 * The end of an error about an unknown name: ` (did you mean "status"?)` if a known name has nearly the same spelling,
 * otherwise an empty string.
 */
export function didYouMean(name: string, names: readonly string[]): string {
  // This is longer than every known name, so comparing it would find nothing.
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

/** How many letters must be inserted, removed or replaced to turn `a` into `b` (Levenshtein distance). */
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
