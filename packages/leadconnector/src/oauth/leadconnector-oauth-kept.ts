import { compact, isRaw, readTimestamp } from '@parley/core'
import type { KeptToken, LeadConnectorInstallation } from './leadconnector-oauth-token.ts'

export const writeKept = (token: KeptToken): string => JSON.stringify(token)

/** What a store gave back, which anybody may have written. `undefined`: it is no token. */
export function readKept(text: string): KeptToken | undefined {
  let kept: unknown
  try {
    kept = JSON.parse(text)
  } catch {
    return undefined
  }
  if (!isRaw(kept) || !isRaw(kept['about'])) return undefined
  const { accessToken, refreshToken, about } = kept
  const { userType, locationId } = about
  const isOwned = userType === 'Location' ? isText(locationId) : userType === 'Company' && locationId === null
  if (!isText(accessToken) || !(refreshToken === undefined || isText(refreshToken)) || !isOwned) return undefined
  const expiresAt = about['expiresAt'] === undefined ? undefined : readTimestamp(about['expiresAt'])
  if (about['expiresAt'] !== undefined && expiresAt === undefined) return undefined
  return compact<KeptToken>({
    accessToken,
    refreshToken,
    about: compact<LeadConnectorInstallation>({
      userType: userType as LeadConnectorInstallation['userType'],
      companyId: textOf(about['companyId']),
      locationId: locationId as string | null,
      userId: textOf(about['userId']),
      scopes: textsOf(about['scopes']),
      expiresAt,
      approvedLocations: textsOf(about['approvedLocations']),
      installToFutureLocations: flagOf(about['installToFutureLocations']),
      planId: textOf(about['planId']),
    }),
  })
}

const isText = (value: unknown): value is string => typeof value === 'string' && value !== ''
const textOf = (value: unknown): string | undefined => (isText(value) ? value : undefined)
const textsOf = (value: unknown): string[] | undefined => (Array.isArray(value) ? value.filter(isText) : undefined)
const flagOf = (value: unknown): boolean | undefined => (typeof value === 'boolean' ? value : undefined)
