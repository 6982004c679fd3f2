/**
 * Where tokens are kept that change: those of OAuth, whose refresh token works once and is then replaced. Implement it
 * over any database; a value is a text of at most a few kilobytes, opaque to the store, and secret.
 *
 * What is written must be read by every process that shares the store, so no method may answer from a cache.
 */
export interface TokenStore {
  /** What was set last. `undefined` or `null`: nothing. */
  get(key: string): Promise<string | null | undefined>
  /** Resolves when the value would survive a crash: a token is used only after that. */
  set(key: string, value: string): Promise<void>
  /** Deleting what is not there is no error. */
  delete(key: string): Promise<void>
  /**
   * Runs `work` while nobody else, in this process or another one that shares the store, runs any under the same key.
   * Waits for its turn; gives what `work` gives and throws what it throws. `work` calls `get`, `set` and `delete`, and
   * may lock another key.
   *
   * A holder that dies must not be waited for for ever: its lock ends with its connection, or as a lease that runs out,
   * best within ten seconds (`lockByLease`). A holder that only sleeps may so lose its lock without knowing. That does
   * no lasting harm: whoever uses the store looks again before it replaces something.
   */
  lock<T>(key: string, work: () => Promise<T>): Promise<T>
}
