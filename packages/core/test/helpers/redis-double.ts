/**
 * A client that answers as Redis would to the one script that `rate-limiter-flexible` runs: `SET key 0 EX seconds NX`,
 * `INCRBY`, `PTTL`, all at once. It shows that whole seconds are dealt with; that a Redis works, it cannot show.
 */
export function redisDouble() {
  const keys = new Map<string, { points: number; until: number }>()
  return {
    defineCommand() {},
    async rlflxIncr([key, points, seconds]: [string, string, string]): Promise<[number, number]> {
      const now = Date.now()
      const known = keys.get(key)
      const entry = known && known.until > now ? known : { points: 0, until: now + Number(seconds) * 1000 }
      if (!/^[1-9]\d*$/.test(seconds)) throw new Error('ERR value is not an integer or out of range')
      entry.points += Number(points)
      keys.set(key, entry)
      return [entry.points, entry.until - now]
    },
  }
}
