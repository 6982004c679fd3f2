export { answer } from './answer.ts'
export { createWorld, defaultNow } from './create-world.ts'
export type { Article, Bot, BotAnswer, Dialogue, Operator, Person, Turn, World, WorldChannel } from './world.ts'
