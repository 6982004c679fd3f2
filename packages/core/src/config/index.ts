export { type AdapterDefinition, open } from './open.ts'
export {
  checkFunctionOptions,
  clockOption,
  credentialOption,
  flagOption,
  functionOption,
  numberOption,
  type OptionCheck,
  optional,
  optionSchema,
  patternOption,
  signalOption,
  textOption,
} from './option-schema.ts'
export { baseUrlOf, type Environment, resolveConfig, resolveOptions } from './resolve.ts'
