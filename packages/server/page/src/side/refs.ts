/** What comes before the slash in every ref of an account. */
export const prefixOf = (ref: string): string => ref.slice(0, ref.indexOf('/'))

/** An id as it stands in a ref. `encodeURIComponent` leaves five of the characters that a ref encodes. */
const encoded = (id: string): string =>
  encodeURIComponent(id).replaceAll(/[!'()*]/g, (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`)

/** The ref of something in the account of another ref. */
export const refBeside = (ref: string, kind: 'agent', id: string): string => `${prefixOf(ref)}/${kind}/${encoded(id)}`

/** The name of the account, as the server takes it, and the id in a ref. */
export function partsOf(ref: string): { account: string; id: string } {
  const [account = '', , id = ''] = ref.split('/')
  return { account, id: decodeURIComponent(id) }
}
