import { serverEvents } from '@parley/core/operations'

/**
 * Loads the code that a first stream loads in the middle of its request. A test clock that moves by itself takes the loading
 * for waiting, so on a busy machine the operation would run into its deadline.
 */
export async function loadStreamCode(): Promise<void> {
  for await (const event of serverEvents(nothing())) throw new Error(`An empty stream has an event: ${event.name}.`)
}

async function* nothing(): AsyncGenerator<string> {}
