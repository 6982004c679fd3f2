import { oneOf, optional, type Shape, string } from '../http/leadconnector-rules.ts'

/** The `call` object of added calls. */
export const callRule: Shape = {
  to: optional(string),
  from: optional(string),
  status: optional(oneOf('pending', 'completed', 'answered', 'busy', 'no-answer', 'failed', 'canceled', 'voicemail')),
}
