import { type AttachmentInput, need } from '@parley/core'
import type { Bench } from '../bench.ts'
import type { Check } from '../check.ts'
import { ensure } from '../support/ensure.ts'
import { ensureIsSample, sampleFile, sendFile, uploaded } from '../support/files.ts'

const roundTrip = (
  name: string,
  fileFor: (bench: Bench) => (conversationId: string) => AttachmentInput | Promise<AttachmentInput>,
): Check => ({
  group: 'files',
  name,
  needs: ['attachments.upload', 'attachments.read', 'messages.reply', 'messages.list'],
  async run(bench) {
    const attachment = await sendFile(bench, `A colleague here: ${name}.`, fileFor(bench))
    const { fileName, contentType } = attachment
    ensure(!fileName || fileName.endsWith('.png'), `The file is called "${fileName}".`)
    ensure(!contentType || contentType === 'image/png', `The file is said to be ${contentType}.`)
    const read = await need(bench.adapter, 'attachments.read')(attachment)
    ensureIsSample(read.bytes)
  },
})

export const uploadsArrive: Check = roundTrip(
  'a file that was uploaded and then sent is read back with the same bytes',
  uploaded,
)

export const contentArrives: Check = roundTrip(
  'a file that is given with a message by its bytes is read back with the same bytes',
  () => sampleFile,
)
