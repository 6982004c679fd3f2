const withoutZone = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)$/

/** Like `Date.parse`, which takes an instant without a zone for one of this machine's; here it is UTC everywhere. */
export const parseInstant = (text: string): number => Date.parse(text.replace(withoutZone, '$1T$2Z'))
