import { idFrom } from '../leadconnector-ids.ts'
import type { State } from './leadconnector-state.ts'

/** The id of something that a client made. */
export function newId(state: State, kind: string, length = 20): string {
  state.made += 1
  return idFrom(`${state.context.world.seed}:${kind}:made:${state.made}`, length)
}
