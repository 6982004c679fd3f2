export { createNative } from './create-native.ts'
export type * from './endpoint.ts'
