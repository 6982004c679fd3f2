/** The names that nearly all mail does with. */
const common: Readonly<Record<string, string>> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&apos;': "'",
  '&#39;': "'",
  '&nbsp;': '\u00a0',
}

/** Whether a text has other names of characters than the common ones, so that the library is needed. */
export const hasRareNames = (html: string): boolean => /&(?!(?:amp|lt|gt|quot|apos|#39|nbsp);)/.test(html)

/** Decodes the common names; the others stay. */
export const decodeCommonNames = (html: string): string =>
  html.replace(/&(?:amp|lt|gt|quot|apos|#39|nbsp);/g, (name) => common[name] as string)

/**
 * Decodes every name of HTML. As in attributes, which is how people write: `&copy 2024` is a character without its
 * semicolon, but `?a=1&copy=2` is an address.
 */
export const loadNames = async (): Promise<(html: string) => string> =>
  (await import('entities/decode')).decodeHTMLAttribute
