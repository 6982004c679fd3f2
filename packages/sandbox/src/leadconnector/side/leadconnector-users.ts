import type { LocationCall, LocationEndpoint } from '../http/leadconnector-endpoint.ts'
import { readQuery } from '../http/leadconnector-query.ts'
import { badRequest, invalid, ok, otherLocation, type Reply } from '../http/leadconnector-reply.ts'
import { needed, number, optional, string, violations } from '../http/leadconnector-rules.ts'
import { type Json, numberOf, textOf } from '../leadconnector-json.ts'
import type { UserRecord } from '../state/leadconnector-records.ts'
import type { LocationState } from '../state/leadconnector-state.ts'

const read = { family: 'users', scope: 'users.readonly', method: 'GET' } as const

export const userEndpoints: readonly LocationEndpoint[] = [
  { ...read, path: '/users/search', handle: searchUsers },
  { ...read, path: '/users/', handle: listUsers },
  { ...read, path: '/users/:userId', handle: getUser },
]

function showUser(location: LocationState, { id, firstName, lastName, email }: UserRecord): Json {
  const roles = { type: 'account', role: 'user', locationIds: [location.id] }
  return { id, name: `${firstName} ${lastName}`, firstName, lastName, email, phone: '', roles, deleted: false }
}

function getUser({ location, params }: LocationCall): Reply {
  const user = location.users.get(params['userId'] ?? '')
  return user ? ok(showUser(location, user)) : badRequest(`User with id ${params['userId']} not found`)
}

/** Wants the company even from a token that has a location. Its numbers are texts. */
function searchUsers(call: LocationCall): Reply {
  const { location, state } = call
  const query = readQuery(call.query, ['skip', 'limit'])
  const broken = violations({ companyId: needed(string), skip: optional(number(0)), limit: optional(number(1)) }, query)
  if (broken.length > 0) return invalid(broken)
  if (query['companyId'] !== state.companyId) return otherLocation()
  const ids = textOf(query['ids'])?.split(',')
  const wanted = textOf(query['query'])?.toLowerCase() ?? ''
  const found = [...location.users.values()].filter(
    ({ id, firstName, lastName, email }) =>
      (!ids || ids.includes(id)) && `${firstName} ${lastName} ${email}`.toLowerCase().includes(wanted),
  )
  const skip = numberOf(query['skip']) ?? 0
  const users = found.slice(skip, skip + (numberOf(query['limit']) ?? 25)).map((user) => showUser(location, user))
  return ok({ users, count: found.length })
}

function listUsers({ location, query }: LocationCall): Reply {
  const broken = violations({ locationId: needed(string) }, query)
  if (broken.length > 0) return invalid(broken)
  return ok({ users: [...location.users.values()].map((user) => showUser(location, user)) })
}
