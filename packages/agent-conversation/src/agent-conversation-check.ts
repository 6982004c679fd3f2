import { type AttachmentInput, type Call, checkText, invalid } from '@parley/core'

export function optionalObject<T extends object>(call: Call, value: T | undefined, path: string): T | undefined {
  if (value === undefined || value === null) return undefined
  if (typeof value !== 'object' || Array.isArray(value)) throw invalid(call, path, 'must be an object')
  return value
}

/** Files that were uploaded before; this vendor fetches none from a URL ("Message files"). */
export function filesOf(
  call: Call,
  attachments: readonly AttachmentInput[] | undefined,
): { fileName: string; storagePath: string }[] | undefined {
  if (attachments === undefined || attachments === null) return undefined
  if (!Array.isArray(attachments)) throw invalid(call, 'attachments', 'must be a list')
  if (attachments.length === 0) return undefined
  return attachments.map((attachment: AttachmentInput | null, index) => {
    const path = `attachments[${index}]`
    if (attachment?.uploadId === undefined && attachment?.url !== undefined)
      throw invalid(call, `${path}.url`, 'cannot be sent: this vendor takes only uploads (uploadId and fileName)')
    return {
      fileName: checkText(call, attachment?.fileName, `${path}.fileName`),
      storagePath: checkText(call, attachment?.uploadId, `${path}.uploadId`),
    }
  })
}
