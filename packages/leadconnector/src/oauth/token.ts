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
  /** Missing: the vendor did not say. */
  companyId?: string
  /** `null`: it is a company's. */
  locationId: string | null
  /** The person who installed the app. */
  userId?: string
  scopes?: string[]
  /** When the access token expires. It is refreshed automatically. Missing: the vendor did not say. */
  expiresAt?: Timestamp
  /** For a bulk installation: the locations that the app can access at once. */
  approvedLocations?: string[]
  /** Whether the app is also installed in locations that are created later. */
  installToFutureLocations?: boolean
  planId?: string
}

/** What is kept: the secrets and what they are for. Never leaves this folder but as a text for the store. */
export interface KeptToken {
  readonly accessToken: string
  /** Missing from the documented answer of the location token, though it is sent. */
  readonly refreshToken?: string
  readonly about: LeadConnectorInstallation
}

/**
 * Whose token was asked for. What the answer leaves away is taken from here; what it contradicts makes it unreadable.
 */
export interface Known {
  readonly userType?: LeadConnectorInstallation['userType']
  readonly companyId?: string | undefined
  readonly locationId?: string | undefined
}

/**
 * A token that lives longer has an end that was written as something else, such as a Unix time. In seconds: ten years.
 */
const longestLife = 315_360_000

/**
 * A token of an answer, in both dialects: `access_token` and `accessToken`.
 *
 * @param asked when the request went out, in milliseconds: the token's life is counted from there.
 * @throws DecodeError without an access token or somebody whose it is. An empty text, and `null`, say nothing.
 */
export function readTokenAnswer(body: unknown, reading: PayloadReader, asked: number, known: Known = {}): KeptToken {
  if (!isRecord(body)) throw new DecodeError('')
  const either = (snake: string, camel: string) => (body[snake] == null ? camel : snake)
  const text = (raw: Payload, key: string) => reading.text(raw, key)?.trim() || undefined
  // Whatever else stands there, such as `false`, is no secret.
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

/** Without an end a token is used until the vendor refuses it. */
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
 * A new token, with what its answer left unsaid as it was known before: what the token is for, and the refresh token,
 * which then goes on working. Not its end, which was that of the old one.
 */
export function withKnown(next: KeptToken, { about, refreshToken }: KeptToken): KeptToken {
  const { expiresAt: _, ...known } = about
  return compact<KeptToken>({ refreshToken, ...next, about: { ...known, ...next.about } })
}

export const writeKept = (token: KeptToken): string => JSON.stringify(token)

/** What a store gave back, which anybody may have written. `undefined`: it is no token. */
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
