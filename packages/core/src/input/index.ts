export {
  checkChange,
  checkContact,
  checkId,
  checkInput,
  checkInstant,
  checkLimit,
  checkOptionalText,
  checkOptions,
  checkQuery,
  checkText,
  checkUrl,
  checkWord,
  ignoreOptions,
  invalid,
  isNewConversation,
  optionalText,
} from './check.ts'
export { didYouMean } from './similar.ts'
export * from './vendor-options.ts'
