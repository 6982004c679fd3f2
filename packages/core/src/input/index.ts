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
  errorOf,
  ignoreOptions,
  invalid,
  isNewConversation,
  optionalText,
  refuseSendAt,
} from './check.ts'
export { didYouMean } from './similar.ts'
export * from './vendor-options.ts'
