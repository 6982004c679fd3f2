import type { Raw } from '@parley/core'
import type { WebhookProtocol } from '@parley/core/webhook'
import type { LeadConnectorWebhookOptions, LeadConnectorWebhookScope } from './leadconnector-webhook.ts'
import { isDeliveryRequest } from './leadconnector-webhook-delivery.ts'
import { fieldsOf, isEventName } from './leadconnector-webhook-event.ts'

/**
 * Binds the receiver to its location and app. The vendor's key signs the events of everybody, so a right signature says
 * nothing about whose event it is.
 */
export function leadConnectorAccount(
  options: LeadConnectorWebhookOptions,
): Pick<WebhookProtocol, 'accountOf' | 'describeForeign'> {
  return {
    accountOf(payload) {
      const scope = scopeOf(payload)
      if (options.appId !== undefined && scope.appId !== options.appId && !lacksAppId(payload)) return undefined
      if (typeof options.account === 'function') return options.account(scope)
      return scope.locationId === options.locationId ? options.account : undefined
    },
    describeForeign(payload) {
      const { type, ...ids } = scopeOf(payload)
      return { native: isEventName(type) ? type : null, ids: { ...ids } }
    },
  }
}

/** What goes to the delivery URL of a conversation provider has no envelope, so it names no app. */
const lacksAppId = (payload: Raw): boolean => {
  const fields = fieldsOf(payload)
  return fields['appId'] === undefined && !isEventName(fields['type']) && isDeliveryRequest(fields)
}

function scopeOf(payload: Raw): LeadConnectorWebhookScope {
  const fields = fieldsOf(payload)
  const scope: LeadConnectorWebhookScope = {}
  for (const name of ['type', 'locationId', 'companyId', 'appId'] as const) {
    const value = fields[name]
    if (typeof value === 'string' && value !== '') scope[name] = value
  }
  return scope
}
