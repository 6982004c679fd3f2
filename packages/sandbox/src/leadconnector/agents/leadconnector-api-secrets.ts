import { isJson, type Json } from '../leadconnector-json.ts'

/** What stands in place of a secret, and keeps the stored one when it is sent back. */
const placeholder = '********'

const plain = new Set(['type', 'in', 'name', 'headerName', 'username'])

export function redactDetails(details: Json): Json {
  const config = details['apiConfig']
  if (!isJson(config) || !isJson(config['authentication'])) return details
  const shown = Object.entries(config['authentication']).map(([key, value]) => [
    key,
    plain.has(key) ? value : placeholder,
  ])
  return { ...details, apiConfig: { ...config, authentication: Object.fromEntries(shown) } }
}

/** One level deep: what was sent replaces, what was left out stays, and an unchanged secret is never overwritten. */
export function mergeApiDetails(stored: Json, sent: Json): Json {
  const before = isJson(stored['apiConfig']) ? stored['apiConfig'] : {}
  if (!isJson(sent['apiConfig'])) return { ...sent, apiConfig: before }
  const config: Json = { ...before, ...sent['apiConfig'] }
  const secrets = isJson(before['authentication']) ? before['authentication'] : {}
  if (isJson(config['authentication']) && sent['apiConfig']['authentication'] !== undefined) {
    const given = Object.entries(config['authentication']).filter(([, value]) => value !== placeholder)
    const sameKind = config['authentication']['type'] === secrets['type']
    config['authentication'] = { ...(sameKind && secrets), ...Object.fromEntries(given) }
  }
  return { ...sent, apiConfig: config }
}
