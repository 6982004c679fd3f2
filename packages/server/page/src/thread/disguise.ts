/**
 * A name or the text of a link without the characters that change the direction of the text. With them, `moc.knab` looks like
 * `bank.com`, and a program like a picture.
 */
export const withoutDirection = (text: string): string =>
  text.replaceAll(/[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '')

/** Of the text of a link. What stands further behind does not look like its address. */
const mostRead = 2_000

// Each repetition has a limit, so that the time grows only with the length of the text.
const hosts = /(?:[\p{L}\p{N}-]{1,63}\.){1,8}\p{L}{2,24}|\d{1,3}(?:\.\d{1,3}){3}/gu

/**
 * What a link must say besides its text: the real host or email, where the text looks like another one.
 * `undefined`: the text disguises nothing.
 */
export function realTarget(text: string, address: string): string | undefined {
  if (!URL.canParse(address)) return undefined
  const { protocol, host } = new URL(address)
  const isSite = protocol === 'http:' || protocol === 'https:'
  const real = isSite ? host : address.slice(protocol.length).replace(/\?.*$/s, '')
  // Other characters for the full stop, and those that are not seen, look the same to a reader.
  const read = withoutDirection(text.slice(0, mostRead))
    .normalize('NFKC')
    .replaceAll(/[\u00ad\u200b-\u200d\u2060\ufeff]/g, '')
    .replaceAll(/[\u3002\uff61]/g, '.')
    .trim()
  const named = read.match(hosts) ?? []
  if (named.length === 0) return undefined
  if (isSite ? siteOf(read) === bare(host) : read === real) return undefined
  return isSite && named.every((name) => siteOf(name) === bare(host)) ? undefined : real
}

const bare = (host: string): string => host.replace(/^www\./, '')

/** The host of a text that is nothing but an address. One with a name of a user looks like another one. */
function siteOf(text: string): string | undefined {
  const address = /^https?:\/\//i.test(text) ? text : `https://${text}`
  if (/\s/.test(text) || !URL.canParse(address)) return undefined
  const { host, username, password } = new URL(address)
  return username || password ? undefined : bare(host)
}
