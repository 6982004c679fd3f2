/** One way of doing a job; what it returns is thrown away. */
export interface Way {
  name: string
  run(): Promise<unknown>
}

export interface Cost {
  /** Microseconds of processor time of this process, per run. */
  cpu: number
  /** Microseconds from start to end, per run. */
  wall: number
}

/**
 * Measures several ways of one job in turn, round by round, so that a machine that slows down slows all of them; gives
 * the median of the rounds.
 */
export async function compare(ways: readonly Way[], runs: number, rounds = 9): Promise<Map<string, Cost>> {
  for (const { run } of ways) for (let count = 0; count < runs; count++) await run()
  const costs = new Map<string, Cost[]>(ways.map(({ name }) => [name, []]))
  for (let round = 0; round < rounds; round++) {
    for (const { name, run } of ways) {
      const cpu = process.cpuUsage()
      const start = performance.now()
      for (let count = 0; count < runs; count++) await run()
      const { user, system } = process.cpuUsage(cpu)
      costs.get(name)?.push({ cpu: (user + system) / runs, wall: ((performance.now() - start) * 1000) / runs })
    }
  }
  return new Map(
    [...costs].map(([name, list]) => [
      name,
      { cpu: median(list.map(({ cpu }) => cpu)), wall: median(list.map(({ wall }) => wall)) },
    ]),
  )
}

export const median = (numbers: readonly number[]): number =>
  numbers.toSorted((a, b) => a - b)[numbers.length >> 1] ?? Number.NaN

/** One line of the result. `ratio` is ours divided by theirs: below 1 we are cheaper. */
export interface Row {
  name: string
  ours: number
  theirs: number
  ratio: number
  /** What the ratio, or a size, should stay below. */
  target?: number
  /** What the ratio should reach. */
  atLeast?: number
}

export const row = (name: string, ours: number, theirs: number, target?: number): Row => ({
  name,
  ours: Math.round(ours),
  theirs: Math.round(theirs),
  ratio: Number((ours / theirs).toFixed(2)),
  ...(target !== undefined && { target }),
})
