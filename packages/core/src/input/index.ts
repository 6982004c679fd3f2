export * from './check.ts'
export * from './invalid.ts'
export { didYouMean } from './similar.ts'
export * from './vendor-options.ts'
