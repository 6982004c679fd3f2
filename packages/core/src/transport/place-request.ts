import type { Priority } from '../contract/priority.ts'

/** Who wants a place. */
export interface PlaceRequest {
  priority: Priority
  /** When it is too late, in milliseconds since the epoch. */
  deadline: number
  /** The longest time for which the vendor may have forbidden everything, in milliseconds. */
  longestBlock: number
  signal: AbortSignal | undefined
  warn(message: string): void
}

/**
 * Why there is no place. `blocked`: the vendor refused lately and asked for more time than there is. `day`: its daily
 * limit is used up. `deadline`: its turn would come, or came, too late. `limiter`: the shared limiter cannot be reached.
 */
export interface Refusal {
  refused: 'blocked' | 'day' | 'deadline' | 'limiter'
  /** In how many milliseconds it may be different. */
  waitMs: number
  /** How many with a higher priority went before it while it waited. */
  overtaken: number
}
