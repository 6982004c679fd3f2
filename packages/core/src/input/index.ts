export * from './check.ts'
export * from './vendor-options.ts'
