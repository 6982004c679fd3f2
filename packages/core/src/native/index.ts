export { createNative, type NativeEndpoints } from './create-native.ts'
export type * from './endpoint.ts'
