import {
  compact,
  DecodeError,
  fromMilliseconds,
  isRecord,
  type Payload,
  type PayloadReader,
  readTimestamp,
  type Timestamp,
} from '@parley/core'

/** What a token gives access to and when it expires, without the token itself. */
export interface LeadConnectorInstallation {
  userType: 'Location' | 'Company'
  /** Missing: the response did not have it. */
  companyId?: string
  /** `null`: the token is a company's. */
  locationId: string | null
  /** The person who installed the app. */
  userId?: string
  scopes?: string[]
  /** When the access token expires. Parley refreshes it automatically. Missing: the response did not have it. */
  expiresAt?: Timestamp
  /** For a bulk installation: the locations that the app can access at once. */
  approvedLocations?: string[]
  /** Whether the app is also installed in locations that are created later. */
  installToFutureLocations?: boolean
  planId?: string
}

/** The stored token with its secrets. It leaves this folder only as a string for the store. */
export interface KeptToken {
  readonly accessToken: string
  /** The documented response of the location token omits it, but live responses have it. */
  readonly refreshToken?: string
  readonly about: LeadConnectorInstallation
}

/**
 * The owner of the requested token. Fills in what the response omits. A response that names another owner is an error.
 */
export interface Known {
  readonly userType?: LeadConnectorInstallation['userType']
  readonly companyId?: string | undefined
  readonly locationId?: string | undefined
}

/** The longest plausible lifetime: ten years, in seconds. A larger number is another format, such as a Unix time. */
const longestLife = 315_360_000

/**
 * Reads a token response in both dialects: `access_token` and `accessToken`.
 *
 * @param asked when the request was sent, in milliseconds. The token's lifetime starts there.
 * @throws DecodeError for a response without an access token or an owner. Empty strings and `null` count as missing.
 */
export function readTokenAnswer(body: unknown, reading: PayloadReader, asked: number, known: Known = {}): KeptToken {
  if (!isRecord(body)) throw new DecodeError('')
  const either = (snake: string, camel: string) => (body[snake] == null ? camel : snake)
  const text = (raw: Payload, key: string) => reading.text(raw, key)?.trim() || undefined
  // Other values, such as `false`, are no secret.
  const secret = (key: string) => (typeof body[key] === 'string' ? text(body, key) : undefined)
  const accessToken = secret(either('access_token', 'accessToken'))
  if (accessToken === undefined) throw new DecodeError('access_token')
  const userType = text(body, either('user_type', 'userType')) ?? known.userType
  const companyId = text(body, 'companyId') ?? known.companyId
  const locationId = userType === 'Company' ? undefined : (text(body, 'locationId') ?? known.locationId)
  // The token of another location would show one customer the messages of another.
  const isOther = known.locationId !== undefined && locationId !== known.locationId
  if (isOther || (locationId === undefined && companyId === undefined)) throw new DecodeError('locationId')
  if (known.companyId !== undefined && companyId !== known.companyId) throw new DecodeError('companyId')
  if (known.userType === 'Company' && locationId !== undefined) throw new DecodeError('userType')
  return compact<KeptToken>({
    accessToken,
    refreshToken: secret(either('refresh_token', 'refreshToken')),
    about: compact<LeadConnectorInstallation>({
      userType: locationId === undefined ? 'Company' : 'Location',
      companyId,
      locationId: locationId ?? null,
      userId: text(body, 'userId'),
      scopes: text(body, 'scope')
        ?.split(/[\s,]+/)
        .filter(Boolean),
      expiresAt: endOf(body, either('expires_in', 'expiresIn'), reading, asked),
      approvedLocations: reading.texts(body, 'approvedLocations'),
      installToFutureLocations: reading.flag(body, 'installToFutureLocations'),
      planId: text(body, 'planId'),
    }),
  })
}

/** The expiry of a token. A token without one is used until the vendor refuses it. */
function endOf(body: Payload, key: string, reading: PayloadReader, asked: number): Timestamp | undefined {
  const life = reading.number(body, key)
  if (life === undefined || life === null) return undefined
  if (life > 0 && life <= longestLife) return fromMilliseconds(asked + life * 1000)
  reading.warn(
    'unreadable-field',
    `${reading.vendor} sent a ${key} that is not a valid token lifetime; the field is omitted.`,
    {
      path: key,
    },
  )
  return undefined
}

/**
 * A new token, completed from the previous one: its owner, and the refresh token, which keeps working. The expiry is
 * not copied, because it belongs to the old token.
 */
export function withKnown(next: KeptToken, { about, refreshToken }: KeptToken): KeptToken {
  const { expiresAt: _, ...known } = about
  return compact<KeptToken>({ refreshToken, ...next, about: { ...known, ...next.about } })
}

export const writeKept = (token: KeptToken): string => JSON.stringify(token)

/** Reads a string from the store, which may contain anything. `undefined`: it is no token. */
export function readKept(text: string): KeptToken | undefined {
  let kept: unknown
  try {
    kept = JSON.parse(text)
  } catch {
    return undefined
  }
  if (!isRecord(kept) || !isRecord(kept['about'])) return undefined
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
      scopes: stringsIn(about['scopes']),
      expiresAt,
      approvedLocations: stringsIn(about['approvedLocations']),
      installToFutureLocations: flagOf(about['installToFutureLocations']),
      planId: textOf(about['planId']),
    }),
  })
}

const isText = (value: unknown): value is string => typeof value === 'string' && value !== ''
const textOf = (value: unknown): string | undefined => (isText(value) ? value : undefined)
const stringsIn = (value: unknown): string[] | undefined => (Array.isArray(value) ? value.filter(isText) : undefined)
const flagOf = (value: unknown): boolean | undefined => (typeof value === 'boolean' ? value : undefined)
