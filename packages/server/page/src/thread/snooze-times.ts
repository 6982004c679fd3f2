const at = (day: Date, hour: number): Date => new Date(day.getFullYear(), day.getMonth(), day.getDate(), hour)
const after = (day: Date, days: number): Date => new Date(day.getFullYear(), day.getMonth(), day.getDate() + days)

/** The times until which people snooze most often, in the zone of the browser. `laterToday` is missing late in the day. */
export function snoozeTimes(now: Date): { laterToday?: Date; tomorrow: Date; nextWeek: Date } {
  const later = at(now, now.getHours() + 3)
  const isToday = later.getDate() === now.getDate()
  const daysToMonday = (8 - now.getDay()) % 7 || 7
  return {
    ...(isToday && { laterToday: later }),
    tomorrow: at(after(now, 1), 9),
    nextWeek: at(after(now, daysToMonday), 9),
  }
}

/** A time as `datetime-local` has it. */
export function localTime(time: Date): string {
  const two = (value: number): string => String(value).padStart(2, '0')
  const day = [time.getFullYear(), two(time.getMonth() + 1), two(time.getDate())].join('-')
  return `${day}T${two(time.getHours())}:${two(time.getMinutes())}`
}
