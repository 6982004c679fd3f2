/** `2025-03-04T09:15:00Z`: conversation lists, contact lists and suggestions show no milliseconds. */
export const isoSeconds = (at: number): string => `${new Date(at).toISOString().slice(0, 19)}Z`

/** `2025-03-04T09:15:00.000Z`: everywhere else. */
export const isoMilliseconds = (at: number): string => new Date(at).toISOString()

const formatters = new Map<string, Intl.DateTimeFormat>()

/** The calendar day, `YYYY-MM-DD`, that an instant falls on in a time zone. Throws a RangeError for an unknown zone. */
export function dayIn(timezone: string, at: number): string {
  let formatter = formatters.get(timezone)
  if (!formatter) {
    formatter = new Intl.DateTimeFormat('en-CA', {
      timeZone: timezone,
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
    })
    formatters.set(timezone, formatter)
  }
  return formatter.format(at)
}

/** A day some days away from another; both `YYYY-MM-DD`. */
export function addDays(day: string, days: number): string {
  const date = new Date(`${day}T00:00:00Z`)
  date.setUTCDate(date.getUTCDate() + days)
  return date.toISOString().slice(0, 10)
}

export function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false
  const at = Date.parse(`${text}T00:00:00Z`)
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(text)
}
