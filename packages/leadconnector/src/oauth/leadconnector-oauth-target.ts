import { type Call, checkInput, checkText } from '@parley/core'

/** Whose token: a location's (sub-account's) or a company's (agency's). */
export type LeadConnectorTokenOwner =
  | {
      locationId: string
      /** Only needed for a location that has no token yet, and whose company has one to mint it with. */
      companyId?: string
    }
  | { companyId: string; locationId?: never }

/** Whose token, and where it lies in the store. */
export interface TokenPlace {
  readonly key: string
  readonly companyId: string | undefined
  /** `undefined`: the company's own. */
  readonly locationId: string | undefined
  /** For messages. */
  readonly owner: string
}

/** An app's tokens are its own; parts are encoded, so that no two owners share a key. */
export function placeOf(clientId: string, { companyId, locationId }: Omit<TokenPlace, 'key' | 'owner'>): TokenPlace {
  const [kind, id] = locationId === undefined ? ['company', companyId ?? ''] : ['location', locationId]
  const key = ['leadconnector', clientId, kind, id].map(encodeURIComponent).join('/')
  return { key, companyId, locationId, owner: `${kind} ${id}` }
}

/** @throws InvalidRequestError */
export function checkOwner(call: Call, clientId: string, owner: LeadConnectorTokenOwner): TokenPlace {
  const { companyId, locationId } = checkInput(call, owner, 'owner')
  const isLocation = locationId !== undefined
  return placeOf(clientId, {
    locationId: isLocation ? checkText(call, locationId, 'owner.locationId') : undefined,
    companyId: isLocation && companyId === undefined ? undefined : checkText(call, companyId, 'owner.companyId'),
  })
}
