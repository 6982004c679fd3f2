import { open } from '@parley/core'
import { type LeadConnector, leadConnector, leadConnectorDefinition } from '@parley/leadconnector'
import { configSuite } from '@parley/testkit'
import { expect, it } from 'vitest'

configSuite({
  name: 'leadConnector',
  create: leadConnector as never,
  definition: leadConnectorDefinition as never,
  label: 'LeadConnector (HighLevel)',
  env: { token: 'LEADCONNECTOR_TOKEN', locationId: 'LEADCONNECTOR_LOCATION_ID' },
  required: { token: 't', locationId: 'loc_1' },
  json: { token: { env: 'CLINIC_TOKEN' }, locationId: 'loc_1', version: { contacts: 'v3' } },
  environment: { CLINIC_TOKEN: 'token' },
  wrong: [
    ['token', '', 'LEADCONNECTOR_TOKEN'],
    ['token', 7, 'LEADCONNECTOR_TOKEN'],
    ['token', ['planted']],
    ['locationId', '', 'LEADCONNECTOR_LOCATION_ID'],
    ['version', 'v3', 'must be an object of versions'],
    ['version', { contact: 'v3' }, 'contacts'],
    ['version', { contacts: 'v 3' }, 'must be an object of versions'],
  ],
  baseUrls: [
    ['https://proxy.example/lc/', 'https://proxy.example/lc'],
    ['https://services.leadconnectorhq.com//', 'https://services.leadconnectorhq.com'],
    ['http://127.0.0.1:4010', 'http://127.0.0.1:4010'],
  ],
  read: {
    path: '/conversation-ai/agents/a',
    answer: { id: 'a' },
    payload: { id: 'a' },
    call: (adapter) => (adapter as LeadConnector).agents.get('a'),
  },
})

it('leadConnector takes a function as the token', () => {
  const config = { vendor: 'leadconnector', token: () => 't', locationId: 'loc_1' }
  expect(() => open(config, [leadConnectorDefinition])).not.toThrow()
})
