import { characters, createRandom, uuid } from '../kit/random.ts'

const streamOf = (seed: number, key: string) => createRandom(seed, `agent-conversation/${key}`)

/** The vendor's id for a record of the world: the same for the same seed, whatever else is seeded. */
export const idOf = (seed: number, key: string): string => uuid(streamOf(seed, key))

/** Letters and digits for keys and for the ids of the model behind the vendor. */
export const tokenOf = (seed: number, key: string, length: number): string =>
  characters(streamOf(seed, `token/${key}`), length, 'abcdefghijkmnpqrstuvwxyz23456789')
