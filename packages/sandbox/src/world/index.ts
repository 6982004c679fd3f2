export { answer } from './answer.ts'
export { createWorld, defaultNow } from './create-world.ts'
export type { World } from './world.ts'
