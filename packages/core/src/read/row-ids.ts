/** A part of a vendor's row that is a question and its answer at once. */
export type RowPart = 'question' | 'answer'

const pattern = /^(.+)#(question|answer)$/s

/**
 * The id of one of the two messages of a row, where a vendor keeps a question and its answer under one id. Both messages
 * then have ids and refs of their own. Pass the id of the question as `inReplyTo` of the answer.
 */
export const rowMessageId = (rowId: string, part: RowPart): string => `${rowId}#${part}`

/** Takes such an id apart. `undefined`: the id is not of this form, so it belongs to no row. */
export function rowPartOf(messageId: string): { rowId: string; part: RowPart } | undefined {
  const [, rowId, part] = pattern.exec(messageId) ?? []
  return rowId === undefined ? undefined : { rowId, part: part as RowPart }
}
