/** What comes before the slash in every ref of an account. */
const prefixOf = (ref: string): string => ref.slice(0, ref.indexOf('/'))

/**
 * An id as it stands in a ref. `encodeURIComponent` leaves five of the characters that a ref encodes, and throws for half of a
 * surrogate pair, which a ref writes as `%ud83d`.
 */
const encoded = (id: string): string =>
  id.replaceAll(/[^\w.~-]/gu, (character) => {
    if (/^[\ud800-\udfff]$/.test(character)) return `%u${character.charCodeAt(0).toString(16)}`
    return encodeURIComponent(character).replace(
      /^[!'()*]$/,
      (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`,
    )
  })

const decoded = (part: string): string =>
  part
    .split(/%u(d[89a-f][\da-f]{2})/)
    .map((piece, index) =>
      index % 2 === 0 ? decodeURIComponent(piece) : String.fromCharCode(Number.parseInt(piece, 16)),
    )
    .join('')

/** The ref of something in the account of another ref. */
export const refBeside = (ref: string, kind: 'agent', id: string): string => `${prefixOf(ref)}/${kind}/${encoded(id)}`

/** The name of the account, as the server takes it, and the id in a ref. */
export function partsOf(ref: string): { account: string; id: string } {
  const [account = '', , id = ''] = ref.split('/')
  return { account, id: decoded(id) }
}
