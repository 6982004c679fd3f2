export * from './attempt.ts'
export { streamOnce } from './stream-once.ts'
