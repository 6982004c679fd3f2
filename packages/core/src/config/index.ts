export type { AdapterDefinition } from './definition.ts'
export { open } from './open.ts'
export { type Environment, resolveConfig, resolveOptions } from './resolve.ts'
