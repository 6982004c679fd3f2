/**
 * An id of the same form that nobody has: the last letters and digits of a real one, each replaced by its neighbour, so
 * that a vendor which checks the form still looks for it.
 */
export function otherId(id: string): string {
  const characters = [...id]
  for (let index = Math.max(0, characters.length - 6); index < characters.length; index++)
    characters[index] = neighbour(characters[index] as string)
  return characters.join('')
}

function neighbour(character: string): string {
  if (/[a-eA-E0-8]/.test(character)) return String.fromCharCode(character.charCodeAt(0) + 1)
  if (character === 'f') return 'a'
  if (character === '9') return '0'
  if (/[g-yF-Y]/.test(character)) return String.fromCharCode(character.charCodeAt(0) + 1)
  return character === 'z' ? 'g' : character === 'Z' ? 'A' : character
}
