// What a vendor does with the fields of the models. It stands apart because only comparisons of vendors need it.

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
