import {
  type AttachmentInput,
  type Call,
  checkFile,
  checkFileName,
  checkInput,
  checkUrl,
  type GivenFile,
  invalid,
} from '@parley/core'

/** "Upload file attachments": five files of 5 MB each, with one of these endings. */
const mostFiles = 5
const mostBytes = 5 * 1024 * 1024
const endings =
  /\.(?:jpe?g|png|gif|svg|heic|ai|mp4|mpeg|3gp|mp3|wave?|aif[fc]?|gsm|ulaw|ogg|aac|m4a|amr|pdf|docx?|txt|csv|xlsx?|pptx?|odt|zip|rar|vcf|vcard|ics)$/i

/** A file of a message: one that has an address, or one to be uploaded first. */
export type GivenAttachment = (AttachmentInput & { url: string }) | (GivenFile & { url?: undefined })

/** @throws InvalidRequestError */
export function checkAttachments(call: Call, given: readonly AttachmentInput[] | undefined): GivenAttachment[] {
  if (given === undefined || given === null) return []
  if (!Array.isArray(given)) throw invalid(call, 'attachments', 'must be a list')
  const attachments = given.map((attachment: AttachmentInput, index): GivenAttachment => {
    const path = `attachments[${index}]`
    const { url, content, fileName } = checkInput(call, attachment, path)
    if (url === undefined && content !== undefined) return checkUpload(call, attachment, path)
    const named = fileName == null ? {} : { fileName: checkFileName(call, fileName, `${path}.fileName`) }
    return { ...attachment, ...named, url: checkUrl(call, url, `${path}.url`) }
  })
  if (attachments.filter(({ url }) => url === undefined).length > mostFiles)
    throw invalid(call, 'attachments', `must have at most ${mostFiles} files to upload`)
  return attachments
}

/** @throws InvalidRequestError */
export function checkUpload(call: Call, input: AttachmentInput, path = ''): GivenFile {
  const file = checkFile(call, input, path, mostBytes)
  if (!endings.test(file.fileName))
    throw invalid(call, path ? `${path}.fileName` : 'fileName', 'must have a file extension that can be uploaded')
  return file
}
