import type { Transport } from '@parley/core'
import { createNative } from '@parley/core/operations'
import type { LeadConnectorVersions } from '../config.ts'
import type { LeadConnectorEndpoints, LeadConnectorNative } from './types.ts'

/** The table of endpoints is loaded by the first request. */
export const createNativeApi = (transport: Transport, versions: Required<LeadConnectorVersions>): LeadConnectorNative =>
  createNative<LeadConnectorEndpoints>(
    transport,
    async () => (await import('./endpoints.ts')).endpoints,
    (path) => ({ version: versions[familyOf(path)] }),
  )

const families: Readonly<Record<string, keyof LeadConnectorVersions>> = {
  'conversation-ai': 'conversationAI',
  contacts: 'contacts',
  users: 'users',
  'knowledge-bases': 'knowledgeBases',
}

/** By the first part of the path. Files have no page of their own and belong to conversations. */
const familyOf = (path: string): keyof LeadConnectorVersions => families[path.split('/')[1] ?? ''] ?? 'conversations'
