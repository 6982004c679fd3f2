import type { Raw } from '@parley/core'
import type { LeadConnectorWebhookOptions, LeadConnectorWebhookScope } from './leadconnector-webhook.ts'
import { fieldsOf } from './leadconnector-webhook-event.ts'

/** The account that a payload is about. */
export function leadConnectorAccount(
  account: LeadConnectorWebhookOptions['account'],
): (payload: Raw) => string | undefined {
  if (typeof account === 'string') return () => account
  return (payload) => {
    const { locationId, companyId } = fieldsOf(payload)
    const scope: LeadConnectorWebhookScope = {}
    if (typeof locationId === 'string') scope.locationId = locationId
    if (typeof companyId === 'string') scope.companyId = companyId
    return account(scope)
  }
}
