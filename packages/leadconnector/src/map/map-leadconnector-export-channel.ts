const channels: ReadonlyMap<string, string> = new Map([
  ['sms', 'SMS'],
  ['email', 'Email'],
  ['voice', 'Call'],
  ['whatsapp', 'WhatsApp'],
  ['instagram', 'Instagram'],
  ['messenger', 'Facebook'],
])

/** The `channel` of the export; `undefined` for one that it cannot be narrowed to. */
export const exportChannelOf = (channel: string): string | undefined => channels.get(channel)
