/**
 * The same JSON in other words: keys the other way round, every character beyond ASCII and every slash escaped, whole
 * numbers with an exponent. Whoever parses it and writes it again gets other bytes, and with them another signature.
 */
export function respellJson(value: unknown): string {
  if (typeof value === 'string') return respellText(value)
  if (typeof value === 'number' && Number.isInteger(value) && !Object.is(value, -0)) return `${value}.0e0`
  if (Array.isArray(value)) return `[ ${value.map(respellJson).join(' , ')} ]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null'
  const members = Object.entries(value).filter(([, member]) => member !== undefined)
  return `{ ${members
    .reverse()
    .map(([key, member]) => `${respellText(key)} : ${respellJson(member)}`)
    .join(' , ')} }`
}

const respellText = (text: string): string =>
  JSON.stringify(text)
    .replaceAll('/', '\\/')
    .replace(/[\u007f-\uffff]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`)
