import type { Payload, PayloadReader } from '../read/reading.ts'
import { cutText } from '../read/text.ts'

/** The limit of most file systems, in bytes of UTF-8. */
const longest = 255
/** A longer part after the last dot is not a real file extension, so it may be cut. */
const longestEnding = 32

/**
 * Makes an untrusted file name safe to show, store and send. The result is the last part of the path. It has no
 * characters that control, hide or change the direction of text. Characters that Windows reserves (`<>:|?*`) become
 * `_`, and device names get a prefix (`con.txt` becomes `_con.txt`). It has no trailing dots and spaces, and at most
 * 255 bytes, cut before the extension and never inside a character.
 *
 * Quotation marks are kept, because they cannot change which file a name refers to.
 *
 * @returns `undefined` when nothing is left, as for `..`.
 */
export function cleanFileName(given: string): string | undefined {
  if (simple.test(given) && !device.test(given)) return given
  const last =
    given
      .replace(/\p{Surrogate}/gu, '\ufffd')
      .replace(unseen, '')
      .split(/[/\\]/)
      .filter(hasName)
      .at(-1) ?? ''
  const name = shortened(last.replace(/[<>:|?*]/g, '_').trim())
    .trim()
    .replace(/[.\s]+$/, '')
  if (!hasName(name)) return undefined
  return device.test(name) ? shortened(`_${name}`) : name
}

/** A fast path: almost every real name matches. */
const simple = /^[\w-](?:[\w .()-]{0,62}[\w)-])?$/

const hasName = (part: string): boolean => /[^.\s]/.test(part)

/**
 * Controls; line and paragraph separators; marks, embeddings, overrides and isolates of direction; what is invisible.
 * The joiners U+200C and U+200D stay, which Persian and emoji are written with.
 */
const unseen = /[\p{Cc}\u00ad\u061c\u115f\u1160\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/gu

/** Names that Windows opens as a device, with any extension. */
const device = /^(?:con|prn|aux|nul|com[\d¹²³]|lpt[\d¹²³]|conin\$|conout\$)\s*(?:\.|$)/i

const encoder = new TextEncoder()
const bytesOf = (text: string): number => encoder.encode(text).length

function shortened(name: string): string {
  if (name.length <= longest / 4 || bytesOf(name) <= longest) return name
  const dot = name.lastIndexOf('.')
  const ending = dot > 0 && bytesOf(name.slice(dot)) <= longestEnding ? name.slice(dot) : ''
  const stem = ending ? name.slice(0, dot) : name
  return cutText(stem, longest - bytesOf(ending), bytesOf).replace(/[.\s]+$/, '') + ending
}

/**
 * The cleaned file name in `Content-Disposition` (RFC 6266). The encoded form takes precedence, because the other one
 * may be a fallback.
 */
export function dispositionName(disposition: string): string | undefined {
  const [, charset = '', encoded] = /(?:^|[;\s])filename\*\s*=\s*"?([\w-]+)'[^']*'([^;"]+)/i.exec(disposition) ?? []
  const [, quoted, plain] = /(?:^|[;\s])filename\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^;\s]+))/i.exec(disposition) ?? []
  const decoded = encoded && decode(encoded.trim(), charset)
  return cleanFileName(decoded || '') ?? cleanFileName(quoted?.replace(/\\(.)/g, '$1') || plain || '')
}

function decode(encoded: string, charset: string): string | undefined {
  try {
    if (/^utf-8$/i.test(charset)) return decodeURIComponent(encoded)
    if (!/^iso-8859-1$/i.test(charset)) return undefined
    return encoded.replace(/%([\da-f]{2})/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
  } catch {
    return undefined
  }
}

/** A file name of a payload, made safe with `cleanFileName`, because it may contain anything. */
export function readFileName(reading: PayloadReader, raw: Payload, key: string): string | null | undefined {
  const value = reading.text(raw, key)
  return value ? (cleanFileName(value) ?? reading.unreadable(key, 'a file name')) : value
}
