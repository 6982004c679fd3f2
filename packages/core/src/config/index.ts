export { checkFunctionOptions } from './check-options.ts'
export type { AdapterDefinition } from './definition.ts'
export { open } from './open.ts'
export {
  clockOption,
  credentialOption,
  flagOption,
  functionOption,
  numberOption,
  type OptionCheck,
  optional,
  optionSchema,
  patternOption,
  textOption,
} from './option-schema.ts'
export { type Environment, resolveConfig, resolveOptions } from './resolve.ts'
