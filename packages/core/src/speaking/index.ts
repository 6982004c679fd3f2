export * from './attempt.ts'
