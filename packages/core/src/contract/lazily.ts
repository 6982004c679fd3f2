/**
 * An operation whose code is loaded when it is first used, so that a program that only reads and answers does not begin
 * with all of an adapter.
 *
 * ```ts
 * const create = lazily(async () => (await import('./acme-agent-write.ts')).createAgent(client))
 * ```
 */
export const lazily =
  <Args extends unknown[], Result>(
    load: () => Promise<(...args: Args) => Promise<Result>>,
  ): ((...args: Args) => Promise<Result>) =>
  async (...args) =>
    (await load())(...args)
