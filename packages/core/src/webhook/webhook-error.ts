import { ConfigurationError } from '../errors/kinds.ts'

/** The error for an option that shows only in use that it is wrong. */
export const wrongWebhookOption = (
  vendor: string,
  path: string,
  problem: string,
  cause?: unknown,
): ConfigurationError => wrongOptions(vendor, [{ path, problem }], cause)

/** The error for options of which each is named. */
export function wrongOptions(
  vendor: string,
  fields: readonly { path: string; problem: string }[],
  cause?: unknown,
): ConfigurationError {
  const sentences = fields.map(({ path, problem }) => (path ? `option "${path}" ${problem}` : problem))
  return new ConfigurationError({ vendor, message: `${vendor} webhook: ${sentences.join('; ')}.`, fields, cause })
}
