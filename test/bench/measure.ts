/** One way to do a job. Its result is discarded. */
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
 * The cost of two ways to do one job, round by round. The ways take turns within a round, and the order changes from
 * round to round, so that a machine that slows down slows both.
 *
 * @param runs how often each way runs in one round.
 */
export async function pairs(
  ours: Way,
  theirs: Way,
  runs: number,
  rounds = 21,
): Promise<{ ours: Cost; theirs: Cost }[]> {
  for (const { run } of [ours, theirs]) for (let count = 0; count < runs * 2; count++) await run()
  const list: { ours: Cost; theirs: Cost }[] = []
  for (let round = 0; round < rounds; round++) {
    const first = await costOf(round % 2 === 0 ? ours : theirs, runs)
    const second = await costOf(round % 2 === 0 ? theirs : ours, runs)
    list.push(round % 2 === 0 ? { ours: first, theirs: second } : { ours: second, theirs: first })
  }
  return list
}

async function costOf({ run }: Way, runs: number): Promise<Cost> {
  const cpu = process.cpuUsage()
  const start = performance.now()
  for (let count = 0; count < runs; count++) await run()
  const wall = performance.now() - start
  const { user, system } = process.cpuUsage(cpu)
  return { cpu: (user + system) / runs, wall: (wall * 1000) / runs }
}

/** The value below which the given part of the numbers lies: 0.5 is the median. */
export const quantile = (numbers: readonly number[], part: number): number =>
  numbers.toSorted((a, b) => a - b)[Math.floor((numbers.length - 1) * part)] ?? Number.NaN

const median = (numbers: readonly number[]): number => quantile(numbers, 0.5)

/** One line of the result. `ratio` is ours divided by theirs: below 1 we are cheaper. */
export interface Row {
  name: string
  ours: number
  theirs: number
  ratio: number
  /** The quartiles of the rounds' ratios, if the comparison has rounds: half of the ratios are between them. */
  spread?: [number, number]
  /** What the ratio, or a size, should not exceed. */
  target?: number
  /** What the ratio should reach. */
  atLeast?: number
}

const rounded = (ratio: number): number => Number(ratio.toFixed(2))

export const row = (name: string, ours: number, theirs: number, target?: number): Row => ({
  name,
  ours: Math.round(ours),
  theirs: Math.round(theirs),
  ratio: rounded(ours / theirs),
  ...(target !== undefined && { target }),
})

/** The median of the rounds' ratios. Each ratio compares two measurements that were taken one after the other. */
export function pairedRow(name: string, rounds: readonly { ours: number; theirs: number }[], target?: number): Row {
  const ratios = rounds.map(({ ours, theirs }) => ours / theirs)
  return {
    ...row(name, median(rounds.map(({ ours }) => ours)), median(rounds.map(({ theirs }) => theirs)), target),
    ratio: rounded(median(ratios)),
    spread: [rounded(quantile(ratios, 0.25)), rounded(quantile(ratios, 0.75))],
  }
}
