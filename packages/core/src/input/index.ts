export {
  anyOf,
  checkId,
  checkInstant,
  checkLimit,
  checkOptionalText,
  checkText,
  checkUrl,
  checkWord,
  errorOf,
  flag,
  ignoreOptions,
  invalid,
  isNewConversation,
  type OptionRule,
  type OptionRules,
  object,
  optionalText,
  refuseSendAt,
  texts,
  vendorOptions,
} from './check.ts'
export { checkChange, checkContact, checkInput, checkOptions, checkQuery } from './fields.ts'
export { didYouMean } from './similar.ts'
