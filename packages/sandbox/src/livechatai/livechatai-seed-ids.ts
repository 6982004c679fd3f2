import type { World } from '../world/world.ts'
import { cuid } from './livechatai-ids.ts'

/** The vendor's id of something in the world: the same for the same seed. */
export const seededId = (world: World, kind: string, key: string): string =>
  cuid(`livechatai:${world.seed}:${kind}:${key}`)
