import { type AttachmentInput, type Call, checkWord, invalid } from '@parley/core'

/**
 * What is sent, a text or an image. There is no upload, and the documentation does not say what an image's text has to
 * be; its address is the likeliest.
 */
export function messageTypeOf(
  call: Call,
  given: 'TEXT' | 'IMAGE' | undefined,
  text: string,
  attachments: readonly AttachmentInput[] | undefined,
): 'TEXT' | 'IMAGE' {
  const type = checkWord(call, given, 'messageType', ['TEXT', 'IMAGE']) ?? 'TEXT'
  if (attachments !== undefined && attachments !== null && (!Array.isArray(attachments) || attachments.length > 0))
    throw invalid(call, 'attachments', 'cannot be sent; for an image, send its https address with messageType IMAGE')
  if (type === 'IMAGE' && !/^https:\/\/\S+$/i.test(text))
    throw invalid(call, 'text', 'must be an https address when messageType is IMAGE')
  return type
}
