import { type Attachment, type AttachmentInput, can, type Message, need, type UploadInput } from '@parley/core'
import type { Bench } from '../bench.ts'
import { ensure } from './ensure.ts'
import { threadOf } from './sample.ts'
import { speakingId } from './speak.ts'

/** The smallest picture there is. */
const picture = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='

const sampleBytes: Uint8Array<ArrayBuffer> = Uint8Array.from(atob(picture), (letter) => letter.charCodeAt(0))

export const sampleFile = (): UploadInput => ({
  fileName: 'conformance.png',
  contentType: 'image/png',
  content: new Blob([sampleBytes], { type: 'image/png' }),
})

/** The bytes have to be those of the file. An adapter without types may give anything. */
export function ensureIsSample(bytes: unknown): void {
  ensure(bytes instanceof Uint8Array, 'What was read has no bytes.')
  const isSame = bytes.length === sampleBytes.length && bytes.every((byte, index) => byte === sampleBytes[index])
  ensure(isSame, `It has ${bytes.length} bytes instead of ${sampleBytes.length}, or others than were sent.`)
}

/** Sends a file to the contact, and gives it as the thread has it. */
export async function sendFile(
  bench: Bench,
  text: string,
  fileFor: (conversationId: string) => AttachmentInput | Promise<AttachmentInput>,
): Promise<Attachment> {
  const { adapter, harness } = bench
  const id = await speakingId(bench)
  if (can(adapter, 'control.takeOver')) await adapter.control.takeOver(id)
  const attachments = [await fileFor(id)]
  const sent = await need(adapter, 'messages.reply')(id, { text, attachments, ...harness.use?.reply })
  ensure(sent.outcome === 'accepted', `The message with the file was "${sent.outcome}" instead of accepted.`)
  const isIt = (message: Message) => message.id === sent.messageId || message.text === text
  const message = (await threadOf(adapter, id)).find(isIt)
  ensure(message, 'The message with the file is not in the thread.')
  const [attachment, ...more] = message.attachments ?? []
  ensure(attachment && more.length === 0, `In the thread it has ${message.attachments?.length ?? 'no'} files.`)
  return attachment
}

/** An upload that goes with a message, where the adapter has one. */
export const uploaded = ({ adapter }: Bench) => {
  const upload = need(adapter, 'attachments.upload')
  return (conversationId: string): Promise<AttachmentInput> => upload(conversationId, sampleFile())
}
