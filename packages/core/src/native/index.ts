export * from './endpoint.ts'
export { createNative } from './native.ts'
