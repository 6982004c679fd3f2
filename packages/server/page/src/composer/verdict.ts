import type { Problem, Send } from '../api.ts'

/** What came back for a request to send. */
export type Answer =
  | { is: 'send'; send: Send }
  | { is: 'problem'; status: number; problem: Problem | undefined }
  /** No server answered, or something that is no server of ours. */
  | { is: 'nothing' }

/**
 * `recorded`: the server has the send and answers for it. `refused`: it has nothing, and the same request would be refused again.
 * `again`: it may have something, or may accept it later. With the same key, repeating the request is safe. `signed-out`: only a
 * person can go on.
 */
export type Verdict = 'recorded' | 'refused' | 'again' | 'signed-out'

/** Answers of a server or a proxy that is busy. */
const busy: ReadonlySet<number> = new Set([408, 425, 429])

/** What to do after an answer to a request to send. */
export function verdictOf(answer: Answer): Verdict {
  if (answer.is === 'send') return 'recorded'
  if (answer.is === 'nothing') return 'again'
  const { status, problem } = answer
  if (status === 401) return 'signed-out'
  // The database went away while the send was recorded.
  if (problem?.outcome === 'unknown') return 'again'
  // A person decides what happens then, because a retry is never made without one.
  if (problem?.outcome !== undefined) return 'refused'
  if (status < 500) return busy.has(status) ? 'again' : 'refused'
  return problem?.retryable === false || problem?.code === 'configuration' ? 'refused' : 'again'
}

const pauses = [1_000, 2_000, 4_000, 8_000, 15_000, 30_000] as const
const longestPause = 300_000

/** How long to wait before the next request, in milliseconds. */
export function pauseAfter(tries: number, answer: Answer): number {
  const asked = answer.is === 'problem' ? (answer.problem?.retryAfterMs ?? 0) : 0
  const usual = pauses[Math.min(Math.max(0, tries - 1), pauses.length - 1)] as number
  return Math.min(longestPause, Math.max(usual, asked))
}
