import type { OpenDocAccount } from '../../../test/tools/doc-accounts.ts'
import { leadConnector } from '../src/index.ts'

export const openDocAccount: OpenDocAccount<'leadConnector'> = async ({ accountOptions, credentials, settings }) => {
  settings.rateLimit = false
  const { token, locationId } = accountOptions
  const clinic = leadConnector({ ...accountOptions, rate: false })
  const texts = await clinic.conversations.list({ channel: 'sms' })
  const calls = await clinic.messages.export({ channel: 'voice' })
  return {
    origins: ['https://services.leadconnectorhq.com'],
    headers: { authorization: `Bearer ${token}` },
    ids: {
      ...Object.fromEntries(['location', 'loc_1', 'location-1'].map((id) => [id, locationId])),
      agt_1: credentials['agentId'] ?? '',
      cnv_1: texts.items[0]?.id ?? '',
      conversation: texts.items[0]?.id ?? '',
      msg_1: calls.items.find(({ attachments }) => attachments?.length)?.id ?? '',
    },
    environment: {
      LEADCONNECTOR_TOKEN: 'token',
      LEADCONNECTOR_LOCATION_ID: 'location',
      LEADCONNECTOR_CLIENT_ID: credentials['clientId'] ?? '',
      LEADCONNECTOR_CLIENT_SECRET: credentials['clientSecret'] ?? '',
    },
  }
}
