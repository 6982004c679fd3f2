export * from './check.ts'
export * from './invalid.ts'
export * from './vendor-options.ts'
