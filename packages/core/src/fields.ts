// What a vendor does with the fields of the models, and its traits. It stands apart because only comparisons of vendors need it.

export {
  droppedField,
  fieldLevels,
  fieldSupport,
  fieldTableFrom,
  hiddenField,
  isWholeModel,
  missingField,
  partialField,
  portableFields,
} from './contract/fields.ts'
export {
  conversationFilters,
  type TraitDescription,
  traitDescriptions,
  traitNames,
} from './contract/trait-descriptions.ts'
